using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Reports.Shapes;

/// <summary>What a reader of a shape must know.</summary>
internal static class ShapeNotes
{
    public static IEnumerable<string> Of(
        StoredPointDies point,
        MetricValues values,
        GroupedSample? grouped,
        bool tied,
        bool varies
    )
    {
        if (values.Failed > 0)
            yield return $"{Counted.Dies(values.Failed)} failed and {Left(values.Failed)}";
        if (values.Missing > 0)
            yield return $"{Counted.Of(values.Missing, "more die has no value", "more dies have no value")} and {Left(values.Missing)}";
        if (values.Never > 0)
            yield return $"{Counted.Of(values.Never, "die never gets there", "dies never get there")} and {Left(values.Never)}";
        if (point.Run.Rule is not EstimateRule.Fixed)
            yield return point.Run.Rule is EstimateRule.Replicated
                ? "the dies are of a design: errors are those of as many independent dies, tests do not hold"
                : "the number of dies was not fixed beforehand: errors do not hold that";
        if (values.Ascending.Length == 0)
            yield return "no die has a value";
        else if (!varies)
            yield return "one value: no shape";
        else if (tied)
            yield return grouped is null
                ? "many dies have the same value: no density, no tests"
                : "values have a step: laws are fitted to cells, no density";
    }

    private static string Left(int dies) => dies == 1 ? "is left out" : "are left out";
}
