using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Yields;

/// <summary>What is asked of the dies of a point.</summary>
public sealed record YieldQuestions
{
    /// <summary>What makes the intervals of proportions where the number of independent dies was fixed; null: Wilson's. The
    /// yields of a run that a rule ended or whose dies are points of a design have the run's own intervals.</summary>
    public ProportionMethod? Method { get; init; }

    /// <summary>Of all intervals and bounds; null: that of the run, 95 % unless its study says otherwise.</summary>
    public double? Confidence { get; init; }

    /// <summary>Metrics of quantiles and bounds; null: those that have a specification.</summary>
    public IReadOnlyList<Column>? Metrics { get; init; }

    /// <summary>Probabilities of quantiles, in (0, 1).</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [0.01, 0.5, 0.99];

    /// <summary>Of dies, beyond tolerance bounds.</summary>
    public double Share { get; init; } = 0.99;

    /// <summary>Half of the width to which a yield is wanted.</summary>
    public double HalfWidth { get; init; } = 0.01;
}
