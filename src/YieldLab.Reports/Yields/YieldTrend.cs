using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Yields;

/// <summary>The yield of dies that are neighbours in a column, such as those of about the same temperature.</summary>
/// <param name="At">Median of the column over them.</param>
/// <param name="Yield">Of all specifications, with the interval of this group alone. Of a design it is that of independent dies.
/// </param>
public sealed record YieldTrend(double At, YieldEstimate Yield)
{
    // An interval of fewer dies is so wide that it tells nothing.
    private const int FewestDies = 50;
    private const int MostGroups = 10;

    /// <summary>Groups of about as many dies each, ascending; dies with the same value are in one group. None where there would
    /// be only one.</summary>
    /// <param name="point">The dies.</param>
    /// <param name="by">What they are ordered by.</param>
    /// <param name="confidence">Of the intervals.</param>
    public static IReadOnlyList<YieldTrend> Of(StoredPointDies point, Column by, YieldConfidence confidence)
    {
        var columns = new PointColumns(point);
        bool[] passed = columns.PassedAll();
        double[] stored = point.Dies.Reals(by.Name);
        int[] dies = [.. Enumerable.Range(0, stored.Length).Where(die => double.IsFinite(stored[die]))];
        double[] places = [.. dies.Select(die => stored[die])];
        Array.Sort(places, dies);
        int size = Math.Max(FewestDies, (dies.Length + MostGroups - 1) / MostGroups);
        return [.. Neighbours.Of(places, size, FewestDies).Select(group => Of(places[group], dies[group]))];

        YieldTrend Of(double[] at, int[] group) =>
            new(
                Quantile.OfSorted(at, 0.5),
                Estimate(
                    group.Count(die => passed[die]),
                    group.Count(die => columns.Failed[die]),
                    group.Length,
                    confidence
                )
            );
    }

    private static YieldEstimate Estimate(int passed, int unknown, int dies, YieldConfidence confidence) =>
        new(
            "all specs",
            passed,
            unknown,
            dies,
            new(confidence.OfSome(passed, dies).Lower, confidence.OfSome(passed + unknown, dies).Upper),
            confidence.Rule is EstimateRule.AnyTime ? confidence.Rule.Name : confidence.Method.Name(),
            confidence.Confidence
        );
}
