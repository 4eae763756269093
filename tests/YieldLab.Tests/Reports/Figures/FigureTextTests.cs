using Xunit;
using YieldLab.Reports.Figures;

namespace YieldLab.Tests.Reports.Figures;

public class FigureTextTests
{
    [Theory]
    [InlineData(0.4, 0.6, "40.0 to 60.0 %")]
    [InlineData(double.NaN, double.NaN, "-")]
    [InlineData(double.NaN, 1, "-")]
    public void Interval_has_its_sign_once_and_none_is_a_dash(double lower, double upper, string text) =>
        Assert.Equal(text, FigureText.Interval(lower, upper));

    [Theory]
    [InlineData(0.9, 0.01, "0.9")]
    [InlineData(1000.0002, 0.0001, "1,000.0002")]
    [InlineData(-0.123456789, 1e-6, "-0.12345679")]
    [InlineData(0, 1e-6, "0")]
    [InlineData(double.NaN, 1, "-")]
    [InlineData(double.PositiveInfinity, 1, "never")]
    public void Neighbours_read_unlike(double value, double apart, string text) =>
        Assert.Equal(text, FigureText.Finely(value, apart));

    // As somebody wrote them: no digit is lost, none is added.
    [Theory]
    [InlineData(0.9973, "99.73 %")]
    [InlineData(0.95, "95 %")]
    [InlineData(0.999999, "99.9999 %")]
    public void Chosen_shares_are_exact(double share, string text) => Assert.Equal(text, FigureText.Exact(share));
}
