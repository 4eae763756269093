using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class QuantileRanksTests
{
    // How many of n independent values lie below their p-quantile is binomial: each end misses with a probability that is a
    // finite sum, and the next rank inwards would miss more often than allowed.
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(10, 0.1587)]
    [InlineData(100, 0.02275)]
    [InlineData(741, 0.00135)]
    [InlineData(1000, 0.99865)]
    [InlineData(10_000, 0.00135)]
    [InlineData(10_000, 0.5)]
    public void Each_end_misses_no_more_than_its_tail_and_is_the_nearest_that_does_not(int n, double p)
    {
        foreach (double confidence in new[] { 0.90, 0.95, 0.99 })
        {
            double tail = (1 - confidence) / 2;
            QuantileRanks found = QuantileRanks.Of(n, p, confidence);
            int lower = found.Lower ?? 0;
            int upper = found.Upper ?? n + 1;
            Assert.InRange(Fewer(lower), 0, tail);
            Assert.True(Fewer(lower + 1) > tail);
            Assert.InRange(1 - Fewer(upper), 0, tail + 1e-12);
            Assert.True(1 - Fewer(upper - 1) > tail);
        }

        // P(fewer than k values below the quantile).
        double Fewer(int k) => k <= 0 ? 0 : Enumerable.Range(0, Math.Min(k, n + 1)).Sum(i => Binomial.PMF(p, n, i));
    }

    // ln(0.025)/ln(1 - 0.001349898) = 2730.9: the first number of dies whose smallest value bounds -3 sigma from below.
    [Fact]
    public void Fewest_dies_for_both_ends_at_three_sigma()
    {
        double p = Normal.CDF(0, 1, -3);
        Assert.Null(QuantileRanks.Of(2730, p).Lower);
        Assert.Equal(1, QuantileRanks.Of(2731, p).Lower);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => QuantileRanks.Of(0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuantileRanks.Of(5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuantileRanks.Of(5, 0.5, 1));
    }
}
