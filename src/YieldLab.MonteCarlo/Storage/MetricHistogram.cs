using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Distributions;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>How a metric lies over the dies of a point, in bins between which the limits of its specifications are edges.</summary>
/// <param name="Column">The metric.</param>
/// <param name="Specs">Its specifications.</param>
/// <param name="Bins">Of the dies that have a finite value.</param>
/// <param name="Never">Dies that never do what is counted.</param>
/// <param name="Without">Dies that failed or lack the metric.</param>
public sealed record MetricHistogram(Column Column, IReadOnlyList<Spec> Specs, Histogram Bins, long Never, long Without)
{
    /// <summary>Most bins, to which the limits of several specifications may add a few.</summary>
    public const int MostBins = 24;

    /// <summary>The histogram of a metric; takes one pass.</summary>
    /// <param name="column">The metric.</param>
    /// <param name="ascending">Values of the dies that have it, sorted; infinity for those that never get there.</param>
    /// <param name="dies">All dies.</param>
    /// <param name="specs">Specifications of any metric.</param>
    public static MetricHistogram Of(
        Column column,
        ReadOnlySpan<double> ascending,
        long dies,
        IReadOnlyList<Spec> specs
    )
    {
        int finite = ascending.Length;
        while (finite > 0 && double.IsPositiveInfinity(ascending[finite - 1]))
            finite--;
        Spec[] own = [.. specs.Where(spec => spec.Metric == column.Name)];
        Histogram bins = Histogram.Of(ascending[..finite], MostBins, [.. own.Select(spec => spec.Edge)]);
        return new(column, own, bins, ascending.Length - finite, dies - ascending.Length);
    }
}
