using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class JeffreysIntervalTests
{
    // R 4.2: qbeta(a, s + 0.5, n - s + 0.5) and qbeta(1 - a, ...), a = (1 - confidence)/2, printed with 16 digits. Relative
    // 1e-12 of either end.
    [Theory]
    [InlineData(1, 30, 0.95, 0.003620464373791665, 0.1454177773540201)]
    [InlineData(7, 10, 0.9, 0.4418732335153659, 0.8826706233197898)]
    [InlineData(990, 1000, 0.99, 0.9794152227986547, 0.9959721110672246)]
    [InlineData(9999, 10000, 0.999, 0.9991138708679147, 0.99999923603283)]
    [InlineData(1, 10000, 0.999, 7.639671699247503e-07, 0.0008861291320853129)]
    [InlineData(0, 100, 0.95, 0, 0.02474527001526994)]
    [InlineData(606, 1000, 0.95, 0.5754440459815179, 0.6359433571959814)]
    public void Ends_are_the_beta_quantiles_of_R(long passed, long total, double confidence, double lower, double upper)
    {
        ProportionInterval found = JeffreysInterval.Of(passed, total, confidence);
        Assert.Equal(lower, found.Lower, 1e-12 * lower + double.Epsilon);
        Assert.Equal(upper, found.Upper, 1e-12 * upper);
    }

    [Fact]
    public void Ends_are_zero_and_one_where_no_die_or_every_die_passes_of_any_effective_number()
    {
        ProportionInterval none = JeffreysInterval.Of(0, 12.5);
        ProportionInterval all = JeffreysInterval.Of(12.5, 12.5);
        Assert.Equal((0, 1), (none.Lower, all.Upper));
        Assert.Equal(1 - none.Upper, all.Lower, 1e-14);
    }

    // The interval lies within Clopper-Pearson's: I_p(s, f + 1) > I_p(s + 1/2, f + 1/2).
    [Fact]
    public void Interval_mirrors_and_lies_within_Clopper_Pearson()
    {
        for (int passed = 0; passed <= 40; passed++)
        {
            ProportionInterval found = JeffreysInterval.Of(passed, 40, 0.9);
            ProportionInterval exact = ClopperPearsonInterval.Of(passed, 40, 0.9);
            Assert.Equal(found.Lower, 1 - JeffreysInterval.Of(40 - passed, 40, 0.9).Upper, 1e-14);
            Assert.True(exact.Lower <= found.Lower && found.Upper <= exact.Upper, $"{passed} of 40");
        }
    }

    [Theory]
    [InlineData(0, 0, 0.95)]
    [InlineData(-1, 10, 0.95)]
    [InlineData(11, 10, 0.95)]
    [InlineData(double.NaN, 10, 0.95)]
    [InlineData(5, 10, 1)]
    public void Impossible_arguments_are_refused(double passed, double total, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JeffreysInterval.Of(passed, total, confidence));
}
