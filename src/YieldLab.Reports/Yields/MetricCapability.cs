using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Yields;

/// <summary>Cp and Cpk of a metric that has a specification.</summary>
/// <param name="Column">The metric.</param>
/// <param name="Limits">Its limits.</param>
/// <param name="Dies">Dies that have the metric.</param>
/// <param name="Inside">Of these, dies within the limits.</param>
/// <param name="Capability">Null where there is none.</param>
/// <param name="Normality">Null where there is no capability.</param>
/// <param name="Missing">Why there is none; null where there is one.</param>
public sealed record MetricCapability(
    Column Column,
    MetricLimits Limits,
    long Dies,
    long Inside,
    Capability? Capability,
    Normality? Normality,
    string? Missing
)
{
    internal static MetricCapability Of(PointColumns point, MetricLimits limits, YieldConfidence confidence)
    {
        Column column = point.Metric(limits.Metric);
        double[] values = point.Sorted(column);
        Spec[] specs = [.. point.Specs.Where(spec => spec.Metric == limits.Metric)];
        long inside = values.LongCount(value => specs.All(spec => spec.IsMetBy(value)));
        string? missing = WhyNone(values, limits);
        return missing is null
            ? new(
                column,
                limits,
                values.Length,
                inside,
                Capability.Of(values, limits.Lower, limits.Upper, confidence.Confidence),
                Normality.Of(values),
                null
            )
            : new(column, limits, values.Length, inside, null, null, missing);
    }

    private static string? WhyNone(double[] ascending, MetricLimits limits) =>
        limits.Contradict ? "no value is within both limits"
        : ascending.Length < Capability.Fewest
            ? $"{Counted.Of(ascending.Length, "die has", "dies have")} it; an interval of its capability needs {Capability.Fewest}"
        : !double.IsFinite(ascending[^1]) || !double.IsFinite(ascending[0])
            ? $"{Counted.Of(ascending.Count(value => !double.IsFinite(value)), "die never gets there and has", "dies never get there and have")} no finite value"
        : ascending[0] == ascending[^1] ? "all dies have the same value"
        : null;
}
