using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

/// <summary>Intervals of proportions beside R 4.2 and SciPy 1.10, which agree in the digits shown.</summary>
public class BinomialTestTests
{
    // R: binom.test(s, n, conf.level = c)$conf.int; SciPy: binomtest(s, n).proportion_ci(c, 'exact'). At the first pair the two
    // differ by 1e-13 (the value here is SciPy's): 1e-12, relative.
    [Theory]
    [InlineData(606, 1000, 0.95, 0.5749388017289369, 0.6364351902728785)]
    [InlineData(9999, 10000, 0.99, 0.999257225887604, 0.9999994987459433)]
    [InlineData(1, 10000, 0.999, 5.001250291760453e-08, 0.0009994179998953391)]
    [InlineData(7, 10, 0.9, 0.3933757838945865, 0.9127355660858497)]
    public void Clopper_Pearson_is_that_of_R(long passed, long total, double confidence, double lower, double upper)
    {
        ProportionInterval found = ClopperPearsonInterval.Of(passed, total, confidence);
        Assert.Equal(lower, found.Lower, 1e-12 * lower);
        Assert.Equal(upper, found.Upper, 1e-12 * upper);
    }

    // R: prop.test(s, n, conf.level = c, correct = FALSE)$conf.int.
    [Theory]
    [InlineData(606, 1000, 0.95, 0.5753643006840624, 0.6358244265169999)]
    [InlineData(9, 10, 0.9, 0.6522813326641417, 0.9773650912691326)]
    [InlineData(9999, 10000, 0.99, 0.9991488235317748, 0.9999882593447119)]
    public void Wilson_is_that_of_R(long passed, long total, double confidence, double lower, double upper)
    {
        ProportionInterval found = WilsonInterval.Of(passed, total, confidence);
        Assert.Equal(lower, found.Lower, 1e-14);
        Assert.Equal(upper, found.Upper, 1e-14);
    }

    // R: binom.test(s, n, alternative = "greater", conf.level = c)$conf.int[1].
    [Theory]
    [InlineData(606, 1000, 0.95, 0.5798758447963933)]
    [InlineData(990, 1000, 0.99, 0.9799573940991211)]
    public void One_sided_bound_is_that_of_R(long passed, long total, double confidence, double bound)
    {
        Assert.Equal(bound, ClopperPearsonInterval.LowerBound(passed, total, confidence), 1e-12);
        double both = ClopperPearsonInterval.Of(passed, total, 2 * confidence - 1).Lower;
        Assert.Equal(both, ClopperPearsonInterval.LowerBound(passed, total, confidence), 1e-12);
    }

    // With one pass the lower end solves 1 - (1 - p)^n = a: p = 1 - (1 - a)^(1/n) = -expm1(log1p(-a)/n), here by the first
    // terms of both series, a = 0.0005: 1e-15 of the number. The incomplete beta function has a relative error of 1e-12 there
    // however many dies there are.
    [Theory]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    [InlineData(100_000_000)]
    public void End_of_a_single_pass_is_the_closed_form_for_any_number_of_dies(double total)
    {
        const double a = 0.0005;
        double log = -a * (1 + a * (1 / 2.0 + a * (1 / 3.0 + a * (1 / 4.0 + a / 5)))) / total;
        double expected = -log * (1 + log * (1 / 2.0 + log / 6));
        Assert.Equal(expected, ClopperPearsonInterval.Of(1, total, 0.999).Lower, 1e-12 * expected);
    }

    [Fact]
    public void One_sided_bound_at_the_ends_is_the_closed_form()
    {
        Assert.Equal(0, ClopperPearsonInterval.LowerBound(0, 10));
        // The rule of three: 0.05^(1/n).
        Assert.Equal(Math.Pow(0.05, 1 / 299.0), ClopperPearsonInterval.LowerBound(299, 299), 1e-14);
    }

    [Fact]
    public void Methods_have_the_names_and_the_intervals_of_their_own()
    {
        Assert.Equal(["wilson", "clopper-pearson", "jeffreys"], ProportionMethods.All.Select(method => method.Name()));
        Assert.Equal(
            [WilsonInterval.Of(9, 10, 0.9), ClopperPearsonInterval.Of(9, 10, 0.9), JeffreysInterval.Of(9, 10, 0.9)],
            ProportionMethods.All.Select(method => method.Interval(9, 10, 0.9))
        );
    }
}
