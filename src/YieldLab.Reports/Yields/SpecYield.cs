using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Yields;

/// <summary>The yield of a specification, or of all together.</summary>
/// <param name="Estimate">Counted, with its interval; failed dies pass nothing.</param>
/// <param name="OneSided">In sigma of a normal metric with one limit.</param>
/// <param name="TwoSided">In sigma of a normal metric with two limits.</param>
/// <param name="AtLeast">With the confidence, at least this share of all dies meets it: a one-sided bound, higher than the lower
/// end of the interval.</param>
public sealed record SpecYield(YieldEstimate Estimate, YieldSigma OneSided, YieldSigma TwoSided, double AtLeast)
{
    internal static SpecYield Of(YieldEstimate estimate, YieldConfidence confidence) =>
        new(
            estimate,
            YieldSigma.OneSided(estimate.Value, estimate.Interval),
            YieldSigma.TwoSided(estimate.Value, estimate.Interval),
            confidence.AtLeast(estimate)
        );
}
