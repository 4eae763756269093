using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class QuantileIntervalTests
{
    // R: l = max(which(pbinom((1:n) - 1, n, p) <= a)), u = min(which(1 - pbinom((1:n) - 1, n, p) <= a)), a = (1 - c)/2;
    // coverage pbinom(u - 1, n, p) - pbinom(l - 1, n, p).
    [Theory]
    [InlineData(1000, 0.01, 0.95, 4, 18, 0.97609476349798)]
    [InlineData(100, 0.5, 0.9, 42, 59, 0.91137391988593)]
    [InlineData(10000, 0.99, 0.99, 9873, 9926, 0.99234193466262)]
    [InlineData(400, 0.01, 0.95, 1, 9, 0.96128088706652)]
    public void Ranks_and_coverage_are_those_of_R(
        int dies,
        double p,
        double confidence,
        long lower,
        long upper,
        double coverage
    )
    {
        QuantileInterval found = QuantileInterval.Of(Ascending(dies), p, confidence);
        Assert.Equal((lower, upper), (found.LowerRank, found.UpperRank));
        Assert.Equal((lower, upper), ((long)found.Lower!.Value, (long)found.Upper!.Value));
        Assert.Equal(coverage, found.Coverage, 1e-11);
    }

    // Where both ends exist: the number of dies below the quantile is binomial, so the coverage is the sum of its
    // probabilities from l to u - 1. It is at least nominal, and one rank less on either side misses alpha/2 there.
    [Theory]
    [InlineData(0.9)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void Coverage_is_the_binomial_sum_and_never_below_nominal(double confidence)
    {
        double tail = (1 - confidence) / 2;
        foreach (int dies in new[] { 10, 30, 100, 1000 })
        foreach (double p in new[] { 0.001, 0.01, 0.1, 0.25, 0.5, 0.9, 0.999 })
        {
            QuantileInterval found = QuantileInterval.Of(Ascending(dies), p, confidence);
            double Sum(long from, long to) =>
                Enumerable.Range(0, dies + 1).Where(k => from <= k && k <= to).Sum(k => Binomial.PMF(p, dies, k));
            Assert.Equal(Sum(found.LowerRank, found.UpperRank - 1), found.Coverage, 1e-11);
            Assert.True(found.Coverage >= confidence, $"{dies} dies at {p}: {found.Coverage}");
            Assert.True(Sum(0, found.LowerRank) > tail && Sum(found.UpperRank - 1, dies) > tail);
            bool enough = dies >= QuantileInterval.DiesFor(p, confidence);
            Assert.Equal(enough, found.Lower is not null && found.Upper is not null);
        }
    }

    [Theory]
    [InlineData(0.01, 0.95, 368)]
    [InlineData(0.99, 0.95, 368)]
    [InlineData(0.5, 0.95, 6)]
    [InlineData(0.001, 0.99, 5296)]
    public void Fewest_dies_have_both_ends_and_one_less_has_not(double p, double confidence, int dies)
    {
        Assert.Equal(dies, QuantileInterval.DiesFor(p, confidence));
        QuantileInterval enough = QuantileInterval.Of(Ascending(dies), p, confidence);
        QuantileInterval few = QuantileInterval.Of(Ascending(dies - 1), p, confidence);
        Assert.True(enough is { Lower: not null, Upper: not null });
        Assert.True(few.Lower is null || few.Upper is null);
    }

    [Fact]
    public void One_die_bounds_nothing_and_infinite_values_are_values()
    {
        QuantileInterval one = QuantileInterval.Of([3], 0.5);
        Assert.Equal((3, null, null, 1), (one.Estimate, one.Lower, one.Upper, one.Coverage));
        double[] values =
        [
            .. Enumerable.Range(0, 90).Select(i => (double)i),
            .. Enumerable.Repeat(double.PositiveInfinity, 10),
        ];
        QuantileInterval found = QuantileInterval.Of(values, 0.9);
        Assert.Equal(83, found.Lower);
        Assert.Equal(double.PositiveInfinity, found.Upper);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => QuantileInterval.Of([], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuantileInterval.Of([1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuantileInterval.Of([1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuantileInterval.Of([1], 0.5, 1));
    }

    // 1, 2, ..., n: the value of a die is its rank.
    private static double[] Ascending(int dies) => [.. Enumerable.Range(1, dies).Select(i => (double)i)];
}
