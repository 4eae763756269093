using Xunit;
using YieldLab.Statistics.Comparison;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class PairedProportionsTests
{
    // R 4.2.2: binom.test(b, b + c) for the p and, as i/(1 - i) of its interval, the odds; the mid-p is
    // min(1, 2*pbinom(min(b, c), b + c, 0.5) - dbinom(min(b, c), b + c, 0.5)). Fifteen digits are printed; the incomplete
    // beta functions agree to 1e-12.
    [Theory]
    [InlineData(29, 3, 2.55601480603218e-06, 1.40117481350899e-06, 2.99637208249272, 49.5889050048469)]
    [InlineData(8, 0, 0.0078125, 0.00390625, 1.70697058896627, double.PositiveInfinity)]
    [InlineData(5, 5, 1, 1, 0.230142468938108, 4.345134579524)]
    [InlineData(120, 160, 0.0196067272902815, 0.0168692963401439, 0.586925576108018, 0.956258619068665)]
    [InlineData(1, 9, 0.021484375, 0.01171875, 0.002534988461897, 0.801854127087875)]
    public void Test_and_odds_are_those_of_R(
        long gained,
        long lost,
        double exact,
        double mid,
        double lower,
        double upper
    )
    {
        var pairs = new PairedProportions(500, lost, gained, 77);
        Same(exact, pairs.ExactP);
        Same(mid, pairs.MidP);
        var odds = pairs.Odds()!.Value;
        Same((double)gained / lost, odds.Odds);
        Same(lower, odds.Lower);
        Same(upper, odds.Upper);

        static void Same(double expected, double found) =>
            Assert.True(
                expected.Equals(found) || Math.Abs(found / expected - 1) < 1e-12,
                $"{expected:r} expected, {found:r} found"
            );
    }

    // SciPy 1.10: scipy.stats.beta.ppf for the ends of each share, the formula of ShareDifference in Python for the rest.
    [Theory]
    [InlineData(3, 29, 800, 0.90, 0.02065049555052657, 0.04566714435501289)]
    [InlineData(3, 29, 800, 0.95, 0.018584842447643815, 0.04821775330591763)]
    [InlineData(3, 29, 800, 0.99, 0.01455556883290408, 0.053414922466801365)]
    [InlineData(0, 8, 300, 0.90, 0.010041123710983809, 0.04760007441497145)]
    [InlineData(0, 8, 300, 0.99, 0.00153451618751951, 0.060841578788686485)]
    [InlineData(0, 0, 20, 0.95, -0.1684334709830853, 0.1684334709830853)]
    [InlineData(5, 5, 10, 0.95, -0.625827943105203, 0.625827943105203)]
    [InlineData(0, 10, 10, 0.99, 0.4183396450287782, 1)]
    public void Interval_is_that_of_the_formula_in_SciPy(
        long lost,
        long gained,
        long dies,
        double confidence,
        double lower,
        double upper
    )
    {
        Difference found = new PairedProportions(dies - lost - gained, lost, gained, 0).Difference(confidence);
        Assert.Equal((double)(gained - lost) / dies, found.Value, 1e-15);
        Assert.Equal(lower, found.Lower, 1e-12);
        Assert.Equal(upper, found.Upper, 1e-12);
    }

    // What the documentation says: at or above nominal from 30 dies on, to the first decimal of a per cent. Of 10 dies the
    // lowest is where every die changes sides.
    [Theory]
    [InlineData(10, 0.90, 0.90)]
    [InlineData(10, 0.95, 0.92)]
    [InlineData(10, 0.99, 0.98)]
    [InlineData(30, 0.90, 0.90)]
    [InlineData(30, 0.95, 0.9495)]
    [InlineData(30, 0.99, 0.99)]
    [InlineData(100, 0.90, 0.90)]
    [InlineData(100, 0.95, 0.95)]
    [InlineData(100, 0.99, 0.99)]
    public void Interval_covers_by_exact_sums_over_the_trinomial(int dies, double confidence, double least)
    {
        foreach (var (onlyFirst, onlySecond) in DifferenceCoverage.Changes)
        {
            double coverage = DifferenceCoverage.Paired(dies, onlyFirst, onlySecond, confidence);
            Assert.True(
                coverage >= least,
                $"{dies} dies, {onlyFirst} and {onlySecond}, {confidence}: {coverage:0.0000}"
            );
        }
    }

    [Fact]
    public void Dies_are_counted_by_the_sides_that_they_are_on()
    {
        bool[] first = [true, true, true, false, false, true];
        bool[] second = [true, true, false, true, true, false];
        Assert.Equal(new PairedProportions(2, 2, 2, 0), PairedProportions.Of(first, second));
        Assert.Throws<ArgumentException>(() => PairedProportions.Of(first, [true]));
        Assert.Throws<ArgumentException>(() => PairedProportions.Of([], []));
    }

    [Fact]
    public void Where_no_die_changes_sides_there_are_no_odds_and_nothing_to_test()
    {
        var pairs = new PairedProportions(90, 0, 0, 10);
        Assert.Equal((1, 1), (pairs.ExactP, pairs.MidP));
        Assert.Null(pairs.Odds());
        Assert.Equal(0, pairs.Difference().Value);
        // One of 100 dies may change either way and not have been seen.
        Assert.Equal(ClopperPearsonInterval.Of(0, 100).Upper, pairs.Difference().Upper, 1e-15);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        var half = new ProportionInterval(0.4, 0.6);
        Assert.Throws<ArgumentException>(() => ShareDifference.Of(0.7, half, 0.5, half));
        Assert.Throws<ArgumentException>(() => ShareDifference.Of(0.5, half, double.NaN, half));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShareDifference.Of(0.5, half, 0.5, half, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedProportions(1, 1, 1, 1).Difference(1));
    }
}
