using Xunit;
using YieldLab.Statistics.Comparison;

namespace YieldLab.Tests.Statistics;

public class MeanDifferenceTests
{
    private static readonly double[] Differences = [0.952, -0.147, 1.022, 0.43, 0.62, 0.59, 0.49, -0.08, -0.01, 0.734];
    private static readonly double[] First = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    private static readonly double[] Second = [1.15, 0.88, 0.90, 0.74, 1.21];

    // R 4.2.2: t.test(d, conf.level = ...). Student's quantile is found to about 1e-12.
    [Theory]
    [InlineData(0.95, 0.162441900692932, 0.757758099307068)]
    [InlineData(0.99, 0.0324816690197133, 0.8877183309802866)]
    public void Paired_interval_is_that_of_R(double confidence, double lower, double upper)
    {
        Difference found = MeanDifference.Paired(Differences, confidence);
        Assert.Equal(0.4601, found.Value, 1e-14);
        Assert.Equal(lower, found.Lower, 1e-10);
        Assert.Equal(upper, found.Upper, 1e-10);
    }

    // R 4.2.2: t.test(b, a).
    [Fact]
    public void Independent_interval_is_Welchs_of_R()
    {
        Difference found = MeanDifference.Independent(First, Second);
        Assert.Equal(-0.337, found.Value, 1e-14);
        Assert.Equal(-0.693724996335104, found.Lower, 1e-10);
        Assert.Equal(0.019724996335104, found.Upper, 1e-10);
    }

    [Fact]
    public void Equal_differences_have_no_error_to_the_bit()
    {
        Assert.Equal(new Difference(0.1, 0.1, 0.1), MeanDifference.Paired([.. Enumerable.Repeat(0.1, 7)]));
        Difference constants = MeanDifference.Independent([0.3, 0.3], [0.7, 0.7, 0.7]);
        Assert.Equal((constants.Value, constants.Value), (constants.Lower, constants.Upper));
    }

    [Fact]
    public void One_value_has_no_interval()
    {
        Assert.Equal(3, MeanDifference.Paired([3]).Value);
        Assert.False(MeanDifference.Paired([3]).HasInterval);
        Assert.False(MeanDifference.Independent([1, 2, 3], [3]).HasInterval);
        Assert.True(MeanDifference.Independent([1, 2, 3], [3, 4]).HasInterval);
    }

    [Fact]
    public void Values_without_a_mean_are_refused()
    {
        Assert.Throws<ArgumentException>(() => MeanDifference.Paired([1, double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => MeanDifference.Independent([1, double.NaN], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanDifference.Paired([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanDifference.Paired([1, 2], 1));
    }
}
