using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Tests.Statistics;

/// <summary>Tests of fitted laws against R, SciPy and published percentage points.</summary>
public sealed class GoodnessOfFitTests
{
    // R 4.2: shapiro.test(x[1:n]), shapiro.test(y), and shapiro.test(qnorm(w)+0.3*w^4) of (1:5000*0.618...) %% 1. Of n = 3
    // the W is exact and R's p too.
    [Theory]
    [InlineData(3, 0.968571782792, 0.65962098338)]
    [InlineData(4, 0.9917689690861, 0.966350304137)]
    [InlineData(5, 0.9640057073343, 0.835563761878)]
    [InlineData(10, 0.9705498881785, 0.89589636087)]
    [InlineData(20, 0.9390451897988, 0.230006024968)]
    public void Shapiro_Wilk_is_that_of_R(int count, double w, double p)
    {
        var found = ShapiroWilk.Of(ShapeData.Sorted(ShapeData.X.Take(count)));
        ShapeData.AreClose(w, found.Statistic, 1e-11);
        ShapeData.AreClose(p, found.P, 1e-9);
    }

    [Fact]
    public void Shapiro_Wilk_of_more_values_is_that_of_R()
    {
        var uniform = ShapiroWilk.Of(ShapeData.Sorted(ShapeData.Y));
        ShapeData.AreClose(0.9547754908336, uniform.Statistic, 1e-11);
        ShapeData.AreClose(0.110770862137, uniform.P, 1e-9);
        double[] many = [.. ShapeData.Sequence(5000).Select(u => Normal.InvCDF(0, 1, u) + 0.3 * Math.Pow(u, 4))];
        var found = ShapiroWilk.Of(ShapeData.Sorted(many));
        ShapeData.AreClose(0.9986182187166, found.Statistic, 1e-11);
        // The digits of 1 - W that are left.
        ShapeData.AreClose(0.000266213259076, found.P, 1e-8);
        Assert.Throws<ArgumentOutOfRangeException>(() => ShapiroWilk.Of(new double[5001]));
    }

    [Fact]
    public void Kolmogorov_Smirnov_of_a_given_law_is_that_of_R()
    {
        // R 4.2: ks.test(x, "pnorm", 4, 2): D = 0.1368306511756, p = 0.800235886686; ks.test(x, "pexp", 0.3)$p.value
        double d = KolmogorovSmirnov.Statistic(ShapeData.Sorted(ShapeData.X), new NormalLaw(4, 2));
        ShapeData.AreClose(0.1368306511756, d, 1e-11);
        ShapeData.AreClose(0.800235886686, KolmogorovSmirnov.GivenLaw(20, d), 1e-10);
        double exponential = KolmogorovSmirnov.Statistic(ShapeData.Sorted(ShapeData.X), new WeibullLaw(1, 1 / 0.3));
        ShapeData.AreClose(0.104866203077755, KolmogorovSmirnov.GivenLaw(20, exponential), 1e-10);
        // ks.test(y^1.3, "punif"): D = 0.1172581700703, p = 0.599905270576
        ShapeData.AreClose(0.599905270576, KolmogorovSmirnov.GivenLaw(40, 0.1172581700703), 1e-10);
    }

    // Kolmogorov's limit from the exact law of many values: they differ by about 1/(6 n) of the slope.
    [Fact]
    public void Exact_law_and_limit_meet()
    {
        foreach (double k in new[] { 0.6, 0.9, 1.2, 1.6 })
            Assert.Equal(
                KolmogorovSmirnov.GivenLaw(1000, k / Math.Sqrt(1000)),
                KolmogorovSmirnov.GivenLaw(1001, k / Math.Sqrt(1001)),
                0.02
            );
    }

    [Fact]
    public void Anderson_Darling_statistic_is_that_of_SciPy()
    {
        // SciPy 1.10: stats.anderson(x, 'norm').statistic, which fits mean and sd; stats.anderson(log(x), 'gumbel_l'), whose
        // fit is the Weibull law of x and is solved to about 1e-8.
        FittedLaw normal = MaximumLikelihood.Of(Family.Normal, ShapeData.X).Fit!;
        FitTest found = Test(normal, ShapeData.X, GoodnessOfFit.AndersonDarlingName);
        ShapeData.AreClose(0.35923629579595584, found.Statistic, 1e-11);
        FittedLaw weibull = MaximumLikelihood.Of(Family.Weibull, ShapeData.X).Fit!;
        ShapeData.AreClose(
            0.11227378539160782,
            Test(weibull, ShapeData.X, GoodnessOfFit.AndersonDarlingName).Statistic,
            1e-6
        );
    }

    // Stephens 1986, table 4.7 (normal, both fitted) and Stephens 1977 (extreme value, both fitted): percentage points of the
    // modified statistic at infinite n. Read to three digits, whose rounding is up to 2 % of p.
    [Theory]
    [InlineData(0.10, 0.631, 0.637)]
    [InlineData(0.05, 0.752, 0.757)]
    [InlineData(0.025, 0.873, 0.877)]
    [InlineData(0.01, 1.035, 1.038)]
    public void Anderson_Darling_of_fitted_laws_has_the_published_points(double p, double normal, double weibull)
    {
        ShapeData.AreClose(p, AndersonDarling.FittedNormal(int.MaxValue, normal), 0.02);
        ShapeData.AreClose(p, AndersonDarling.FittedWeibull(int.MaxValue, weibull), 0.02);
    }

    // Marsaglia and Marsaglia 2004, section 2: 1.9330, 2.4924, 3.8781 at 10, 5 and 1 % (older tables have 3.857 at 1 %).
    // NumPy, 4e6 sums of chi2_j/(j (j + 1)) over 200 j: 0.0998, 0.0499, 0.01005.
    [Theory]
    [InlineData(0.10, 1.933)]
    [InlineData(0.05, 2.492)]
    [InlineData(0.01, 3.8781)]
    public void Anderson_Darling_of_a_given_law_has_the_published_points(double p, double statistic) =>
        ShapeData.AreClose(p, AndersonDarling.GivenLaw(100_000, statistic), 0.005);

    // Stephens 1986, table 4.7: 10, 5 and 1 % points of D (sqrt n - 0.01 + 0.85/sqrt n). Dallal and Wilkinson fitted other
    // simulations: the two published approximations differ by an eighth of p. The size is measured in SimulationTests.
    [Theory]
    [InlineData(0.10, 0.819)]
    [InlineData(0.05, 0.895)]
    [InlineData(0.01, 1.035)]
    public void Lilliefors_has_the_published_points(double p, double modified)
    {
        const int n = 100;
        double d = modified / (Math.Sqrt(n) - 0.01 + 0.85 / Math.Sqrt(n));
        ShapeData.AreClose(p, KolmogorovSmirnov.FittedNormal(n, d), 0.13);
    }

    [Fact]
    public void Tests_of_lognormal_values_are_those_of_their_logarithms()
    {
        double[] logarithms = [.. ShapeData.X.Select(x => Math.Log(x))];
        FitTest[] found =
        [
            .. GoodnessOfFit.Of(
                MaximumLikelihood.Of(Family.Lognormal, ShapeData.X).Fit!,
                ShapeData.Sorted(ShapeData.X)
            ),
        ];
        FitTest[] normal =
        [
            .. GoodnessOfFit.Of(MaximumLikelihood.Of(Family.Normal, logarithms).Fit!, ShapeData.Sorted(logarithms)),
        ];
        // R 4.2: shapiro.test(log(x))
        ShapeData.AreClose(0.853442755159, found[2].P!.Value, 1e-9);
        foreach (var (a, b) in found.Zip(normal))
            ShapeData.AreClose(b.Statistic, a.Statistic, 1e-11);
    }

    // The bootstrap knows no table; for the Weibull law there is one.
    [Fact]
    public void Bootstrap_gives_the_probability_of_the_table()
    {
        FittedLaw fit = MaximumLikelihood.Of(Family.Weibull, ShapeData.X).Fit!;
        foreach (double a in new[] { 0.4, 0.6, 0.75 })
        {
            var (_, p, samples) = FitBootstrap.Of(fit, 0.1, a)!.Value;
            double table = AndersonDarling.FittedWeibull(20, a);
            Assert.Equal(999, samples);
            // Five Monte Carlo errors, and a tenth of p for the table's correction for n = 20.
            Assert.InRange(Math.Abs(p - table), 0, 5 * Math.Sqrt(table / samples) + 0.1 * table);
        }
    }

    [Fact]
    public void Few_or_too_many_values_have_a_reason_and_no_probability()
    {
        double[] few = [.. ShapeData.X.Take(6)];
        Assert.All(
            GoodnessOfFit.Of(MaximumLikelihood.Of(Family.Normal, few).Fit!, ShapeData.Sorted(few)).Take(2),
            test => Assert.Null(test.P)
        );
        double[] many = ShapeData.Sorted(ShapeData.Sequence(5001));
        FitTest shapiro = GoodnessOfFit.Of(MaximumLikelihood.Of(Family.Normal, many).Fit!, many)[^1];
        Assert.Null(shapiro.P);
        Assert.Equal("not known above 5000 values", shapiro.Method);
    }

    private static FitTest Test(FittedLaw fit, double[] values, string name) =>
        GoodnessOfFit.Of(fit, ShapeData.Sorted(values)).Single(test => test.Name == name);
}
