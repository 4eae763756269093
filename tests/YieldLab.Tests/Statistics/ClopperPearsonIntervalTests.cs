using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class ClopperPearsonIntervalTests
{
    // R. G. Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 5, to the four digits printed there.
    [Theory]
    [InlineData(81, 263, 0.2527, 0.3676)]
    [InlineData(15, 148, 0.0578, 0.1617)]
    [InlineData(0, 20, 0.0000, 0.1684)]
    [InlineData(1, 29, 0.0009, 0.1776)]
    public void Interval_matches_the_values_published_by_Newcombe(long passed, long total, double lower, double upper)
    {
        ProportionInterval interval = ClopperPearsonInterval.Of(passed, total);
        Assert.Equal(lower, interval.Lower, 0.00005);
        Assert.Equal(upper, interval.Upper, 0.00005);
    }

    // At the lower end, so many passes or more have the probability alpha/2: the sum of n terms, each with an error of 1e-15.
    [Theory]
    [InlineData(1, 0.95)]
    [InlineData(12, 0.9)]
    [InlineData(60, 0.99)]
    public void Tails_at_the_ends_sum_to_half_of_alpha(int total, double confidence)
    {
        for (int passed = 0; passed <= total; passed++)
        {
            ProportionInterval interval = ClopperPearsonInterval.Of(passed, total, confidence);
            if (passed > 0)
                Assert.Equal((1 - confidence) / 2, Tail(passed, total, interval.Lower), 1e-12);
            if (passed < total)
                Assert.Equal((1 - confidence) / 2, Tail(total - passed, total, 1 - interval.Upper), 1e-12);
        }
    }

    [Fact]
    public void Ends_are_zero_and_one_where_no_die_or_every_die_passes_of_any_effective_number()
    {
        ProportionInterval none = ClopperPearsonInterval.Of(0, 12.5);
        ProportionInterval all = ClopperPearsonInterval.Of(12.5, 12.5);
        Assert.Equal((0, 1), (none.Lower, all.Upper));
        Assert.Equal(Math.Pow(0.025, 1 / 12.5), all.Lower, 1e-14);
        Assert.Equal(1 - all.Lower, none.Upper);
    }

    [Theory]
    [InlineData(0, 0, 0.95)]
    [InlineData(-1, 10, 0.95)]
    [InlineData(11, 10, 0.95)]
    [InlineData(double.NaN, 10, 0.95)]
    [InlineData(5, double.PositiveInfinity, 0.95)]
    [InlineData(5, 10, 1)]
    public void Impossible_arguments_are_refused(double passed, double total, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearsonInterval.Of(passed, total, confidence));

    private static double Tail(int least, int total, double p)
    {
        double sum = 0;
        double term = Math.Pow(1 - p, total);
        for (int i = 0; i <= total; i++)
        {
            sum += i >= least ? term : 0;
            term *= (total - i) / (i + 1.0) * p / (1 - p);
        }
        return sum;
    }
}
