using System.Numerics;
using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class ConfidenceSequenceTests
{
    // With integers alone: B(s + 1/2, f + 1/2)/B(1/2, 1/2) = (2s)! (2f)!/(4^n s! f! n!), and p = k/64. The logarithm of a
    // ratio of such integers has an error of 1e-13 at most (numbers up to 2^700, ln of either below 500, 1.1e-16 each);
    // that of the evidence, of at most 20 terms below 300, is of the same size.
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(57)]
    [InlineData(63)]
    public void Evidence_is_the_ratio_of_likelihoods_in_exact_integers(int k)
    {
        for (int n = 1; n <= 50; n++)
        for (int passed = 0; passed <= n; passed++)
        {
            var (numerator, denominator) = Evidence(passed, n, k);
            double exact = BigInteger.Log(numerator) - BigInteger.Log(denominator);
            Assert.Equal(exact, ConfidenceSequence.LogEvidence(passed, n, k / 64.0), 5e-13);
        }
    }

    // What makes it a fair game: whatever has happened so far, the mean of the next value is the present one. In integers,
    // so no tolerance.
    [Fact]
    public void Evidence_is_a_martingale_in_exact_integers()
    {
        const int k = 57;
        for (int n = 1; n <= 30; n++)
        for (int passed = 0; passed <= n; passed++)
        {
            var now = Evidence(passed, n, k);
            var up = Evidence(passed + 1, n + 1, k);
            var down = Evidence(passed, n + 1, k);
            BigInteger mean = k * up.Numerator * down.Denominator + (64 - k) * down.Numerator * up.Denominator;
            Assert.Equal(mean * now.Denominator, 64 * now.Numerator * up.Denominator * down.Denominator);
        }
    }

    // Every series of 16 dies, one by one: the probability of those that ever miss p, summed.
    [Theory]
    [InlineData(0.5, 0.90)]
    [InlineData(0.9, 0.90)]
    [InlineData(0.97, 0.95)]
    public void Series_that_ever_miss_p_have_at_most_the_probability_alpha_by_enumeration(double p, double confidence)
    {
        const int dies = 16;
        double missed = 0;
        for (int series = 0; series < 1 << dies; series++)
        {
            bool misses = false;
            for (int n = 1; n <= dies && !misses; n++)
                misses = !ConfidenceSequence.At(PassedOf(series, n), n, confidence).Holds(p);
            int passed = PassedOf(series, dies);
            missed += misses ? Math.Pow(p, passed) * Math.Pow(1 - p, dies - passed) : 0;
        }
        Assert.Equal(new PassBounds(p, dies, At(confidence)).ProbabilityOfEverMissing(), missed, 1e-12);
        Assert.InRange(missed, 0, 1 - confidence);
    }

    // The same for thousands of dies, as a sum over the numbers of passes. Some of the promise stays unused: what the last
    // value exceeds 1/alpha by, and what would happen later. At least a tenth of it is used, or the interval were far too
    // wide.
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    [InlineData(0.999)]
    public void Probability_of_ever_missing_p_is_below_alpha_by_exact_sums(double p)
    {
        foreach (double confidence in new[] { 0.90, 0.95, 0.99 })
        {
            double missed = new PassBounds(p, 4000, At(confidence)).ProbabilityOfEverMissing();
            Assert.InRange(missed, 0.1 * (1 - confidence), 1 - confidence);
        }
    }

    // That the test above can fail: Wilson's interval promises one look.
    [Fact]
    public void Wilson_interval_ever_misses_p_far_too_often_by_exact_sums()
    {
        double missed = new PassBounds(0.9, 4000, (s, n) => WilsonInterval.Of(s, n)).ProbabilityOfEverMissing();
        Assert.InRange(missed, 0.3, 1);
    }

    // By hand: where every die passes, M(p) = (1/2)(3/4)(5/6)...((2n - 1)/(2n))/p^n = 1/alpha.
    [Fact]
    public void Lower_end_where_every_die_passes_has_a_closed_form()
    {
        double product = 1;
        for (int n = 1; n <= 3000; n++)
        {
            product *= (2.0 * n - 1) / (2.0 * n);
            ProportionInterval all = ConfidenceSequence.At(n, n, 0.95);
            ProportionInterval none = ConfidenceSequence.At(0, n, 0.95);
            Assert.Equal(Math.Pow(0.05 * product, 1.0 / n), all.Lower, 1e-14);
            Assert.Equal((1, 0), (all.Upper, none.Lower));
            Assert.Equal(1 - all.Lower, none.Upper);
        }
    }

    [Theory]
    [InlineData(20, 0.5)]
    [InlineData(20, 0.95)]
    [InlineData(77, 0.99)]
    public void Interval_is_where_a_grid_of_p_finds_little_evidence(int n, double confidence)
    {
        const int points = 20_000;
        for (int passed = 0; passed <= n; passed++)
        {
            double mixture = Enumerable.Range(0, n).Sum(i => Math.Log(Factor(passed, i)));
            double[] inside =
            [
                .. Enumerable
                    .Range(1, points - 1)
                    .Select(i => i / (double)points)
                    .Where(p =>
                        mixture - passed * Math.Log(p) - (n - passed) * Math.Log(1 - p) < -Math.Log(1 - confidence)
                    ),
            ];
            ProportionInterval interval = ConfidenceSequence.At(passed, n, confidence);
            Assert.Equal(inside.Min(), interval.Lower, 1.0 / points);
            Assert.Equal(inside.Max(), interval.Upper, 1.0 / points);
        }

        // Laplace's rule for Beta(1/2, 1/2): the next of i dies, s of them passed, passes with (s + 1/2)/(i + 1). First
        // all passes, then all failures: the product does not depend on the order.
        static double Factor(int passed, int i) => (i < passed ? i + 0.5 : i - passed + 0.5) / (i + 1);
    }

    // In 28 digits, at the double that was given. It may be the next one to the true end, which moves the evidence by its
    // slope, n |p - s/n|/(p (1 - p)); 1e-13 of the evidence itself is rounding on the way. Half of the threshold would be
    // seen as well as a digit lost at a billion dies.
    [Theory]
    [InlineData(1, 2)]
    [InlineData(7, 10)]
    [InlineData(1, 1000)]
    [InlineData(873, 1000)]
    [InlineData(999, 1000)]
    [InlineData(999_999, 1_000_000)]
    [InlineData(1, 1_000_000_000)]
    [InlineData(500_000_000, 1_000_000_000)]
    [InlineData(990_000_000, 1_000_000_000)]
    [InlineData(999_999_999, 1_000_000_000)]
    [InlineData(0, 1_000_000_000)]
    public void Ends_solve_their_equation_in_28_digits(long passed, long total)
    {
        foreach (double confidence in new[] { 0.5, 0.95, 0.999999 })
        {
            ProportionInterval interval = ConfidenceSequence.At(passed, total, confidence);
            double threshold = -Math.Log(1 - confidence);
            foreach (double end in new[] { interval.Lower, interval.Upper }.Where(end => end is > 0 and < 1))
            {
                double evidence = (double)LongEvidence(passed, total, LongLogarithm.Digits(end));
                double slope = Math.Abs(passed - total * end) / (end * (1 - end));
                double tolerance =
                    slope * Math.Max(Math.BitIncrement(end) - end, 1.2e-16) * 2 + 1e-13 * (threshold + 15);
                Assert.True(
                    Math.Abs(evidence - threshold) < tolerance,
                    $"{passed} of {total} at {confidence}: evidence {evidence:R} at {end:R} instead of {threshold:R}"
                );
            }
        }
    }

    [Fact]
    public void Interval_of_the_failures_mirrors_that_of_the_passes_and_ends_rise_with_the_passes()
    {
        foreach (int n in new[] { 1, 2, 5, 40, 333 })
        {
            var before = new ProportionInterval(-1, -1);
            for (int passed = 0; passed <= n; passed++)
            {
                ProportionInterval interval = ConfidenceSequence.At(passed, n, 0.9);
                ProportionInterval mirrored = ConfidenceSequence.At(n - passed, n, 0.9);
                Assert.Equal(
                    (interval.Lower, interval.Upper),
                    (mirrored.Upper == 1 ? 0 : interval.Lower, 1 - mirrored.Lower)
                );
                Assert.Equal(1 - interval.Lower, mirrored.Upper);
                Assert.True(interval.Holds((double)passed / n));
                Assert.True(interval.Lower >= 0 && interval.Upper <= 1);
                Assert.True(before.Lower < interval.Lower && before.Upper <= interval.Upper);
                ProportionInterval surer = ConfidenceSequence.At(passed, n, 0.99);
                Assert.True(
                    surer.Lower <= interval.Lower && interval.Upper <= surer.Upper && surer.Width > interval.Width
                );
                before = interval;
            }
        }
    }

    // A die more that passes moves both ends up, one that fails both down, or what is stopped would hang on luck of the
    // arithmetic.
    [Theory]
    [InlineData(990_000_000, 1_000_000_000)]
    [InlineData(10_000, 1_000_000_000)]
    [InlineData(950_000, 1_000_000)]
    public void Ends_of_many_dies_move_with_a_single_one(long passed, long total)
    {
        ProportionInterval now = ConfidenceSequence.At(passed, total, 0.95);
        ProportionInterval up = ConfidenceSequence.At(passed + 1, total + 1, 0.95);
        ProportionInterval down = ConfidenceSequence.At(passed, total + 1, 0.95);
        Assert.True(down.Lower < now.Lower && now.Lower < up.Lower);
        Assert.True(down.Upper < now.Upper && now.Upper < up.Upper);
    }

    [Theory]
    [InlineData(0, 0, 0.95)]
    [InlineData(-1, 10, 0.95)]
    [InlineData(11, 10, 0.95)]
    [InlineData(5, 10, 0)]
    [InlineData(5, 10, 1)]
    [InlineData(5, 10, double.NaN)]
    public void Impossible_arguments_are_refused(long passed, long total, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceSequence.At(passed, total, confidence));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Evidence_against_an_impossible_probability_is_refused(double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceSequence.LogEvidence(5, 10, p));

    private static Func<long, long, ProportionInterval> At(double confidence) =>
        (passed, total) => ConfidenceSequence.At(passed, total, confidence);

    private static int PassedOf(int series, int dies) => int.PopCount(series & ((1 << dies) - 1));

    private static (BigInteger Numerator, BigInteger Denominator) Evidence(int passed, int n, int k)
    {
        int failed = n - passed;
        return (
            Factorial(2 * passed) * Factorial(2 * failed) * BigInteger.Pow(64, n),
            BigInteger.Pow(4, n)
                * Factorial(passed)
                * Factorial(failed)
                * Factorial(n)
                * BigInteger.Pow(k, passed)
                * BigInteger.Pow(64 - k, failed)
        );
    }

    private static BigInteger Factorial(int n) => Enumerable.Range(1, n).Aggregate(BigInteger.One, (a, b) => a * b);

    private static decimal LongEvidence(decimal passed, decimal total, decimal p)
    {
        decimal failed = total - passed;
        return LongLogarithm.OfGamma(passed + 0.5m)
            + LongLogarithm.OfGamma(failed + 0.5m)
            - LongLogarithm.OfGamma(total + 1)
            - 2 * LongLogarithm.OfGamma(0.5m)
            - passed * LongLogarithm.Of(p)
            - failed * LongLogarithm.Of(1 - p);
    }
}
