using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class YieldSigmaTests
{
    // R: qnorm(y) and qnorm((1 + y)/2), 16 digits; 1 - y is formed in either and costs 1e-16/(1 - y) of it.
    [Theory]
    [InlineData(0.606, 0.2689086244537097, 0.8523857979575747)]
    [InlineData(0.9973, 2.782150453784602, 2.999976992703401)]
    [InlineData(0.5, 0, 0.6744897501960817)]
    [InlineData(0.0001, -3.71901648545568, 0.0001253314140596531)]
    public void Sigma_is_the_normal_quantile_of_R(double yield, double one, double two)
    {
        var interval = new ProportionInterval(yield, yield);
        Assert.Equal(one, YieldSigma.OneSided(yield, interval).Value, 1e-12);
        Assert.Equal(two, YieldSigma.TwoSided(yield, interval).Value, 1e-12);
    }

    [Fact]
    public void Ends_are_mapped_alike_and_none_and_all_have_no_finite_sigma()
    {
        YieldSigma all = YieldSigma.OneSided(1, new(0.9973, 1));
        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (all.Value, all.Upper));
        Assert.Equal(2.782150453784602, all.Lower, 1e-12);
        Assert.Equal(double.PositiveInfinity, YieldSigma.TwoSided(1, new(0.5, 1)).Value);
        Assert.Equal(double.NegativeInfinity, YieldSigma.OneSided(0, new(0, 0.1)).Value);
        Assert.Equal(0, YieldSigma.TwoSided(0, new(0, 0.1)).Value);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void What_is_no_yield_is_refused(double yield) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => YieldSigma.OneSided(yield, new(0, 1)));
}
