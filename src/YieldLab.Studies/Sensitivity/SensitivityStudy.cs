using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Comparison;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Studies.Runs;

namespace YieldLab.Studies.Sensitivity;

/// <summary>Which groups a metric depends on.</summary>
/// <param name="Column">The metric.</param>
/// <param name="Rows">Rows that have it in every training.</param>
/// <param name="Indices">Null where these are too few, or the metric is the same in all.</param>
public sealed record MetricSensitivity(Column Column, int Rows, GroupSobol? Indices);

/// <summary>Which groups decide whether a die passes.</summary>
/// <param name="Name">The specification, or "all specs".</param>
/// <param name="Passed">Dies of the study, the first of each row, that pass.</param>
/// <param name="Dies">Rows.</param>
/// <param name="Indices">Of the indicator of passing; null where all dies pass or all fail.</param>
/// <param name="Gains">For each group, the passes of the same dies as they are (first) and if the group did not vary (second).</param>
public sealed record YieldSensitivity(
    string Name,
    int Passed,
    int Dies,
    GroupSobol? Indices,
    IReadOnlyList<PairedProportions> Gains
);

/// <summary>
/// Which groups of a study's draws its metrics and its yield depend on, by training dies again with one group taken from
/// other dies: <see cref="GroupSobol"/> of the study's first dies, as <c>run</c> has them.
/// </summary>
/// <param name="Study">The study, worked out.</param>
/// <param name="Dies">Rows: the study's first dies, each with another die from which groups are taken.</param>
/// <param name="Confidence">Of all intervals.</param>
/// <param name="Groups">Groups that vary, in the order of the indices.</param>
/// <param name="Still">Groups that do not vary: their indices are 0.</param>
/// <param name="Failures">Rows in which a die failed, by the reason of the first; metrics leave them out.</param>
/// <param name="Metrics">In the order that they were asked for.</param>
/// <param name="Yields">Of each specification, and of all together where there are several.</param>
public sealed record SensitivityStudy(
    PreparedStudy Study,
    int Dies,
    double Confidence,
    IReadOnlyList<VariationGroup> Groups,
    IReadOnlyList<VariationGroup> Still,
    IReadOnlyDictionary<string, int> Failures,
    IReadOnlyList<MetricSensitivity> Metrics,
    IReadOnlyList<YieldSensitivity> Yields
)
{
    /// <summary>Most trainings: each is a number of every metric in memory.</summary>
    public const long MostTrainings = 4_000_000;

    /// <summary>Trainings of all rows.</summary>
    public long Trainings => Dies * (long)SensitivityTable.Trainings(Groups.Count, Study.File.Study.Specs.Count > 0);
}
