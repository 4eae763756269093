using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class WilsonIntervalTests
{
    // R. G. Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3 (score without continuity correction), to
    // the four digits printed there.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Interval_matches_the_values_published_by_Newcombe(long passed, long total, double lower, double upper)
    {
        var interval = WilsonInterval.Of(passed, total);
        Assert.Equal(lower, interval.Lower, 0.00005);
        Assert.Equal(upper, interval.Upper, 0.00005);
    }

    // The ends are where |p - passed/n| = z sqrt(p (1 - p)/n), found here by bisection. Both ways lose a few digits of
    // 1.1e-16 to cancellation near the middle of the interval; 1e-13 is far below any use of the number.
    [Theory]
    [InlineData(1, 2, 0.95)]
    [InlineData(7, 10, 0.95)]
    [InlineData(873, 1000, 0.95)]
    [InlineData(873, 1000, 0.99)]
    [InlineData(1, 1000, 0.5)]
    [InlineData(999_999, 1_000_000, 0.95)]
    [InlineData(0, 5, 0.9)]
    [InlineData(5, 5, 0.9)]
    public void Ends_solve_the_score_equation_numerically(long passed, long total, double confidence)
    {
        double share = (double)passed / total;
        double z = Normal.InvCDF(0, 1, 0.5 + confidence / 2);
        double Excess(double p) => Math.Abs(p - share) - z * Math.Sqrt(p * (1 - p) / total);
        var interval = WilsonInterval.Of(passed, total, confidence);
        string given = $"{passed} of {total} at {confidence}";
        double lower = passed == 0 ? 0 : Root(Excess, share, 0);
        double upper = passed == total ? 1 : Root(Excess, share, 1);
        Assert.True(
            Math.Abs(interval.Lower - lower) < 1e-13,
            $"{given}: lower end {interval.Lower:R}, {lower:R} solves"
        );
        Assert.True(
            Math.Abs(interval.Upper - upper) < 1e-13,
            $"{given}: upper end {interval.Upper:R}, {upper:R} solves"
        );
    }

    // By hand: with no pass the score equation is p = z^2 (1 - p)/n, so p = z^2/(n + z^2); z^2 = 3.841458820694124. Many
    // totals, because for some the rounding of the general formula happens to give the end itself.
    [Fact]
    public void Ends_are_exactly_zero_and_one_where_no_die_or_every_die_passes()
    {
        for (long total = 1; total <= 3000; total++)
        {
            var none = WilsonInterval.Of(0, total);
            var all = WilsonInterval.Of(total, total);
            Assert.Equal((0, 1), (none.Lower, all.Upper));
            Assert.Equal(3.841458820694124 / (total + 3.841458820694124), none.Upper, 1e-14);
            Assert.Equal(1 - none.Upper, all.Lower, 1e-14);
        }
    }

    // The interval of the failures is that of the passes, mirrored.
    [Fact]
    public void Interval_of_the_failures_mirrors_that_of_the_passes()
    {
        for (long passed = 0; passed <= 40; passed++)
        {
            var interval = WilsonInterval.Of(passed, 40);
            var mirrored = WilsonInterval.Of(40 - passed, 40);
            Assert.Equal(interval.Lower, 1 - mirrored.Upper, 1e-14);
        }
    }

    // The probability that the interval holds p is a finite sum over the binomial distribution: no sampling, no luck.
    // Averaged over p it lies near the nominal value for Wilson's interval, to the order of 1/n (Brown, Cai, DasGupta,
    // Statistical Science 16 (2001) 101): within 0.01 for these n. Wald's interval misses by 0.05 at n = 20, one-sided z
    // by 0.05 everywhere.
    [Theory]
    [InlineData(20, 0.95)]
    [InlineData(100, 0.95)]
    [InlineData(100, 0.9)]
    [InlineData(400, 0.99)]
    public void Mean_coverage_by_exact_binomial_sums_is_near_nominal(int total, double confidence)
    {
        ProportionInterval[] intervals =
        [
            .. Enumerable.Range(0, total + 1).Select(passed => WilsonInterval.Of(passed, total, confidence)),
        ];
        double[] coverages = [.. Enumerable.Range(1, 199).Select(i => Coverage(intervals, i / 200.0))];
        Assert.Equal(confidence, coverages.Average(), 0.01);
    }

    [Theory]
    [InlineData(0, 0, 0.95)]
    [InlineData(-1, 10, 0.95)]
    [InlineData(11, 10, 0.95)]
    [InlineData(5, 10, 0)]
    [InlineData(5, 10, 1)]
    [InlineData(5, 10, double.NaN)]
    public void Impossible_arguments_are_refused(long passed, long total, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(passed, total, confidence));

    private static double Coverage(ProportionInterval[] intervals, double p) =>
        intervals
            .Select((interval, passed) => (interval, passed))
            .Where(x => x.interval.Holds(p))
            .Sum(x => Binomial.PMF(p, intervals.Length - 1, x.passed));

    // Between the share, where the excess is negative, and an end of [0, 1], where it is positive or the root itself.
    private static double Root(Func<double, double> excess, double inside, double outside)
    {
        for (int i = 0; i < 200; i++)
        {
            double middle = (inside + outside) / 2;
            if (excess(middle) <= 0)
                inside = middle;
            else
                outside = middle;
        }
        return inside;
    }
}
