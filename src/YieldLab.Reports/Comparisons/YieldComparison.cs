using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Comparison;

namespace YieldLab.Reports.Comparisons;

/// <summary>A yield of two points.</summary>
/// <param name="Name">A specification, or all of them.</param>
/// <param name="First">Passes and dies of the first.</param>
/// <param name="Second">Passes and dies of the second.</param>
/// <param name="Difference">Of the two shares, second less first.</param>
/// <param name="Method">What made the intervals that the difference's is made of.</param>
public sealed record YieldComparison(
    string Name,
    (long Passed, long Total) First,
    (long Passed, long Total) Second,
    Difference Difference,
    string Method
)
{
    /// <summary>Of an exact test that both yields are equal, McNemar's of pairs and Fisher's of independent dies; null of
    /// designs and of runs that ended by looking, for which neither holds.</summary>
    public double? ExactP { get; private init; }

    /// <summary>Of the pairs; null where there are none.</summary>
    public PairedProportions? Pairs { get; private init; }

    /// <summary>Of pairs, the dies that pass in the second alone.</summary>
    public IReadOnlyList<long> Gained { get; private init; } = [];

    /// <summary>Of pairs, the dies that pass in the first alone.</summary>
    public IReadOnlyList<long> Lost { get; private init; } = [];

    internal static YieldComparison Paired(string name, ComparedDies a, ComparedDies b, bool[] first, bool[] second)
    {
        var pairs = PairedProportions.Of(first, second);
        bool[] lost = [.. first.Zip(second, (x, y) => x && !y)];
        bool[] gained = [.. first.Zip(second, (x, y) => !x && y)];
        // The less is promised of one of the two, the less of the pairs.
        var rule = ShareIntervals.IsIndependent(a.Rule, a.Indices) ? b.Rule : a.Rule;
        return new(
            name,
            Counts(first),
            Counts(second),
            PairedProportions.Between(
                (double)pairs.OnlyFirst / pairs.Total,
                ShareIntervals.Of(rule, a.Indices, lost),
                (double)pairs.OnlySecond / pairs.Total,
                ShareIntervals.Of(rule, a.Indices, gained)
            ),
            ShareIntervals.Method(rule, a.Indices)
        )
        {
            ExactP = ShareIntervals.IsIndependent(rule, a.Indices) ? pairs.ExactP : null,
            Pairs = pairs,
            Gained = Where(a.Indices, gained),
            Lost = Where(a.Indices, lost),
        };
    }

    internal static YieldComparison Independent(
        string name,
        ComparedDies a,
        ComparedDies b,
        bool[] first,
        bool[] second
    )
    {
        var (x, y) = (Counts(first), Counts(second));
        string[] methods = [ShareIntervals.Method(a.Rule, a.Indices), ShareIntervals.Method(b.Rule, b.Indices)];
        bool fixedNumbers =
            ShareIntervals.IsIndependent(a.Rule, a.Indices) && ShareIntervals.IsIndependent(b.Rule, b.Indices);
        return new(
            name,
            x,
            y,
            ShareDifference.Of(
                (double)x.Passed / x.Total,
                ShareIntervals.Of(a.Rule, a.Indices, first),
                (double)y.Passed / y.Total,
                ShareIntervals.Of(b.Rule, b.Indices, second)
            ),
            string.Join(", ", methods.Distinct())
        )
        {
            ExactP = fixedNumbers ? new IndependentProportions(x.Passed, x.Total, y.Passed, y.Total).ExactP : null,
        };
    }

    private static (long Passed, long Total) Counts(bool[] passed) => (passed.LongCount(p => p), passed.Length);

    private static long[] Where(IReadOnlyList<long> dies, bool[] chosen) => [.. dies.Where((_, i) => chosen[i])];
}
