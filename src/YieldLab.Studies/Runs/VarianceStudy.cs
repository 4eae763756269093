using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics;
using YieldLab.Statistics.Estimation;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Runs;

/// <summary>Where the variance of one metric comes from.</summary>
/// <param name="Column">The metric.</param>
/// <param name="Dies">Dies that have it in every training.</param>
/// <param name="Components">Null where these are too few to tell.</param>
public sealed record MetricVariance(Column Column, int Dies, VarianceComponents? Components);

/// <summary>
/// Splits the variance of a study's metrics into silicon (all that is drawn for a die, its temperature included), order of
/// the examples, their interaction, and temporal noise. Every die is trained in every order and there with several noises;
/// the addresses of the draws keep the silicon the same throughout.
/// </summary>
/// <param name="Study">The study, worked out.</param>
/// <param name="Design">What was run.</param>
/// <param name="Failures">Dies that failed in at least one training, by the reason of the first; they are left out.</param>
/// <param name="Metrics">In the order that they were asked for.</param>
public sealed record VarianceStudy(
    PreparedStudy Study,
    VarianceDesign Design,
    IReadOnlyDictionary<string, int> Failures,
    IReadOnlyList<MetricVariance> Metrics
)
{
    /// <summary>Runs all trainings of a design, on independent dies whatever the study's sampling: what is estimated is the
    /// variance from die to die.</summary>
    /// <param name="study">The study; its examples are shuffled.</param>
    /// <param name="design">What to run.</param>
    /// <param name="metrics">Metrics of the study.</param>
    /// <param name="threads">At least 1; the results do not depend on it.</param>
    /// <exception cref="StudyException">The study has one order only, or too few dies are left.</exception>
    public static VarianceStudy Of(
        PreparedStudy study,
        VarianceDesign design,
        IReadOnlyList<Column> metrics,
        int threads
    )
    {
        if (study.File.Study.Training.Order == ExampleOrder.File)
            throw study.File.ErrorAt(
                "training.order",
                "in the order of the file there is one order only and nothing to split; expected shuffled"
            );
        if (design.Dies > study.Table?.Rows)
            throw new StudyException(
                $"--dies {design.Dies}: {study.File.Study.Sampling.Table} has {Counted.Dies(study.Table.Rows)}"
            );
        var table = new TrainingTable(design, metrics);
        table.Fill(study.WithIndependentDies(), threads);
        string?[] failures = [.. Enumerable.Range(0, design.Dies).Select(table.Failure)];
        int complete = failures.Count(failure => failure is null);
        if (complete < VarianceComponents.Fewest)
            throw new StudyException(
                $"{complete} of {design.Dies} dies did not fail in any training; expected at least {VarianceComponents.Fewest} (the first failed: {failures.First(failure => failure is not null)})"
            );
        return new(
            study,
            design,
            failures.OfType<string>().CountBy(reason => reason).ToDictionary(),
            [.. metrics.Select(table.Split)]
        );
    }
}
