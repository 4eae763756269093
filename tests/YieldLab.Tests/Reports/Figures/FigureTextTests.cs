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

    // As somebody wrote them: no digit is lost, none is added.
    [Theory]
    [InlineData(0.9973, "99.73 %")]
    [InlineData(0.95, "95 %")]
    [InlineData(0.999999, "99.9999 %")]
    public void Chosen_shares_are_exact(double share, string text) => Assert.Equal(text, FigureText.Exact(share));
}
