using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Reports.Shapes;

/// <summary>The values of a metric that have a shape, and how many dies have none.</summary>
/// <param name="Column">The metric.</param>
/// <param name="Ascending">Finite, sorted.</param>
/// <param name="Dies">All dies.</param>
/// <param name="Failed">Dies that failed.</param>
/// <param name="Missing">Dies that did not fail and lack the metric.</param>
/// <param name="Never">Dies that never do what the metric counts.</param>
public sealed record MetricValues(Column Column, double[] Ascending, int Dies, int Failed, int Missing, int Never)
{
    /// <summary>Reads a metric.</summary>
    public static MetricValues Of(StoredPointDies point, Column metric)
    {
        double[] all = point.Dies.Metric(metric);
        bool[] failed = point.Dies.Failed();
        double[] finite = [.. all.Where(double.IsFinite)];
        Array.Sort(finite);
        int failures = failed.Count(die => die);
        int never = all.Count(double.IsInfinity);
        return new(metric, finite, all.Length, failures, all.Length - finite.Length - failures - never, never);
    }
}
