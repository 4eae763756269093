using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Yields;

/// <summary>Quantiles of a metric over the dies that have it, with intervals that assume no distribution.</summary>
/// <param name="Column">The metric.</param>
/// <param name="Dies">Dies that have it; infinity counts, failed dies do not.</param>
/// <param name="Quantiles">One for each probability that was asked for; none where no die has the metric.</param>
public sealed record MetricQuantileIntervals(Column Column, long Dies, IReadOnlyList<QuantileInterval> Quantiles)
{
    internal static MetricQuantileIntervals Of(
        PointColumns point,
        Column column,
        IReadOnlyList<double> probabilities,
        YieldConfidence confidence
    )
    {
        double[] values = point.Sorted(column);
        return new(
            column,
            values.Length,
            values.Length == 0
                ? []
                : [.. probabilities.Select(p => QuantileInterval.Of(values, p, confidence.Confidence))]
        );
    }
}
