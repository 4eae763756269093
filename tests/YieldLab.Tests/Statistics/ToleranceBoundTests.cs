using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class ToleranceBoundTests
{
    // R: max(which(1 - pbinom((1:50) - 1, 1000, 0.01) >= 0.95)) is 5, with 0.971313600000996.
    [Fact]
    public void Bounds_are_those_of_R()
    {
        ToleranceBound above = ToleranceBound.Above(Ascending(1000), 0.99);
        Assert.Equal((5, null, 5, null), ((long)above.Lower!.Value, above.Upper, above.LowerRank, above.UpperRank));
        Assert.Equal(0.971313600000996, above.Confidence!.Value, 1e-11);
        ToleranceBound below = ToleranceBound.Below(Ascending(1000), 0.99);
        Assert.Equal((null, 996, 996), (below.Lower, (long)below.Upper!.Value, below.UpperRank));
        ToleranceBound between = ToleranceBound.Between(Ascending(1000), 0.99);
        Assert.Equal((2, 998), (between.LowerRank, between.UpperRank));
        Assert.Equal(above.Confidence, between.Confidence);
    }

    // The textbook numbers: 59 and 299 dies one-sided, 93 and 473 two-sided, at 95 % of 95 % and 99 %; ISO 16269-6, tables F.1
    // and G.1. R: min(which(sapply(1:3000, function(n) 1 - pbinom(9, n, 0.01)) >= 0.99)) is 1874.
    [Theory]
    [InlineData(1, 0.95, 0.95, 59)]
    [InlineData(1, 0.99, 0.95, 299)]
    [InlineData(2, 0.95, 0.95, 93)]
    [InlineData(2, 0.99, 0.95, 473)]
    [InlineData(10, 0.99, 0.99, 1874)]
    public void Fewest_dies_are_the_textbooks(long givenUp, double share, double confidence, long dies) =>
        Assert.Equal(dies, ToleranceBound.DiesFor(givenUp, share, confidence));

    [Fact]
    public void Too_few_dies_have_no_bound_and_are_told_how_many_do()
    {
        ToleranceBound few = ToleranceBound.Above(Ascending(298), 0.99);
        Assert.Equal((null, null, null, 299), (few.Lower, few.LowerRank, few.Confidence, few.DiesNeeded));
        Assert.Equal(1, ToleranceBound.Above(Ascending(299), 0.99).Lower);
        Assert.Equal(299, ToleranceBound.Below(Ascending(299), 0.99).Upper);
        Assert.Equal(
            (null, 473),
            (
                ToleranceBound.Between(Ascending(472), 0.99).Lower,
                ToleranceBound.Between(Ascending(472), 0.99).DiesNeeded
            )
        );
        ToleranceBound two = ToleranceBound.Between(Ascending(473), 0.99);
        Assert.Equal((1, 473), ((long)two.Lower!.Value, (long)two.Upper!.Value));
    }

    // Exact: the share above X(r) of a continuous metric is at least P if at least r of n dies lie below the quantile of
    // 1 - P; the share between X(r) and X(s) is Beta(s - r, n - s + r + 1), another law than the code asks.
    [Theory]
    [InlineData(0.9)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void Confidence_is_exact_and_never_below_nominal(double confidence)
    {
        foreach (int dies in new[] { 10, 30, 100, 1000 })
        foreach (double share in new[] { 0.05, 0.5, 0.8, 0.9, 0.95, 0.99 })
        {
            ToleranceBound above = ToleranceBound.Above(Ascending(dies), share, confidence);
            double AtLeast(long r) =>
                Enumerable.Range(0, dies + 1).Where(k => k >= r).Sum(k => Binomial.PMF(1 - share, dies, k));
            long rank = above.LowerRank ?? 0;
            if (rank > 0)
                Assert.Equal(AtLeast(rank), above.Confidence!.Value, 1e-11);
            Assert.True(above.Confidence is null || above.Confidence >= confidence);
            Assert.True(AtLeast(rank + 1) < confidence);
            ToleranceBound between = ToleranceBound.Between(Ascending(dies), share, confidence);
            if (between is not { LowerRank: { } r, UpperRank: { } s })
                continue;
            double exact = 1 - new Beta(s - r, dies - s + r + 1).CumulativeDistribution(share);
            Assert.Equal(exact, between.Confidence!.Value, 1e-10);
            Assert.True(exact >= confidence);
        }
    }

    // The bound at share P and the share at the bound are one statement: of n - r + 1 dies at or above X(r), the one-sided
    // Clopper-Pearson bound is just P or more.
    [Fact]
    public void Bound_and_share_are_inverse()
    {
        foreach (int dies in new[] { 60, 300, 5000 })
        {
            long rank = ToleranceBound.Above(Ascending(dies), 0.95).LowerRank!.Value;
            Assert.True(ClopperPearsonInterval.LowerBound(dies - rank + 1, dies) >= 0.95);
            Assert.True(ClopperPearsonInterval.LowerBound(dies - rank, dies) < 0.95);
        }
    }

    [Fact]
    public void Infinite_values_are_values_and_impossible_arguments_are_refused()
    {
        double[] values = [.. Enumerable.Repeat(double.NegativeInfinity, 6), .. Ascending(994)];
        Assert.Equal(double.NegativeInfinity, ToleranceBound.Above(values, 0.99).Lower);
        Assert.Throws<ArgumentOutOfRangeException>(() => ToleranceBound.Above([], 0.99));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToleranceBound.Above([1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToleranceBound.Between([1], 0.9, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToleranceBound.DiesFor(0, 0.9));
    }

    private static double[] Ascending(int dies) => [.. Enumerable.Range(1, dies).Select(i => (double)i)];
}
