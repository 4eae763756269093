using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Reports.Yields;

/// <summary>The limits that all specifications of one metric together set.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Lower">The largest of its lower limits, in its unit; null for none.</param>
/// <param name="Upper">The smallest of its upper limits; null for none.</param>
public sealed record MetricLimits(string Metric, double? Lower, double? Upper)
{
    /// <summary>Whether no value is within them.</summary>
    public bool Contradict => Lower >= Upper;

    /// <summary>Of each metric that has a specification, in the order in which they are named first. Whether a limit itself
    /// passes makes no difference here.</summary>
    public static IReadOnlyList<MetricLimits> Of(IReadOnlyList<Spec> specs) =>
        [
            .. specs
                .GroupBy(spec => spec.Metric)
                .Select(group => new MetricLimits(
                    group.Key,
                    group.Where(spec => spec.IsLower).Max(spec => (double?)spec.Limit),
                    group.Where(spec => !spec.IsLower).Min(spec => (double?)spec.Limit)
                )),
        ];
}
