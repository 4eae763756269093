using MathNet.Numerics.Statistics;
using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class QuantileTests
{
    // Both interpolate between the same two numbers, with three roundings each: 1e-15 of the largest value, which is 10.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(101)]
    [InlineData(1000)]
    public void Quantile_matches_MathNet_type_7(int count)
    {
        var random = new Random(count);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => 20 * random.NextDouble() - 10)];
        Array.Sort(values);
        for (int i = 0; i <= 1000; i++)
        {
            double p = i / 1000.0;
            double expected = SortedArrayStatistics.QuantileCustom(values, p, QuantileDefinition.R7);
            double actual = Quantile.OfSorted(values, p);
            Assert.True(Math.Abs(actual - expected) <= 1e-14, $"{count} values, p = {p}: {actual:R}, {expected:R}");
        }
    }

    [Fact]
    public void Quantile_of_1_to_5_is_that_of_the_definition()
    {
        double[] values = [1, 2, 3, 4, 5];
        Assert.Equal(1, Quantile.OfSorted(values, 0));
        Assert.Equal(1.5, Quantile.OfSorted(values, 0.125));
        Assert.Equal(3, Quantile.OfSorted(values, 0.5));
        Assert.Equal(5, Quantile.OfSorted(values, 1));
    }

    // Infinity stands for never. At 3 of 4 steps the quantile is the fourth value itself, beyond it there is no number.
    [Fact]
    public void Quantile_beyond_the_last_finite_value_is_infinite_and_never_NaN()
    {
        double[] values = [1, 2, 3, 4, double.PositiveInfinity, double.PositiveInfinity];
        Assert.Equal(4, Quantile.OfSorted(values, 0.6));
        Assert.Equal(double.PositiveInfinity, Quantile.OfSorted(values, 0.61));
        Assert.Equal(double.PositiveInfinity, Quantile.OfSorted(values, 0.9));
        Assert.Equal(double.PositiveInfinity, Quantile.OfSorted(values, 1));
    }

    [Fact]
    public void Quantile_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantile.OfSorted([], 0.5));
}
