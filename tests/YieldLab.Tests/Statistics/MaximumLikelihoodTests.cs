using Xunit;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Tests.Statistics;

/// <summary>Fits against R and SciPy, and what cannot be fitted.</summary>
public sealed class MaximumLikelihoodTests
{
    // y in (0, 1), of the shape of a beta law. R: yb <- 0.2+0.7*y*y
    private static double[] Shares => [.. ShapeData.Y.Select(y => 0.2 + 0.7 * y * y)];

    [Fact]
    public void Normal_fit_is_the_closed_form()
    {
        // R 4.2: mean(x); s <- sqrt(19/20)*sd(x); s/sqrt(20); s/sqrt(40); sum(dnorm(x, mean(x), s, log = TRUE))
        FittedLaw fit = MaximumLikelihood.Of(Family.Normal, ShapeData.X).Fit!;
        double s = Math.Sqrt(19.0 / 20) * 2.21326859977203;
        ShapeData.AreClose(s, fit.Second.Value, 1e-13);
        ShapeData.AreClose(s / Math.Sqrt(20), fit.First.Error, 1e-13);
        ShapeData.AreClose(s / Math.Sqrt(40), fit.Second.Error, 1e-13);
        ShapeData.AreClose(ShapeData.X.Sum(fit.Law.LogDensity), fit.LogLikelihood, 1e-13);
        Assert.Equal(4 - 2 * fit.LogLikelihood, fit.Aic);
    }

    [Fact]
    public void Lognormal_fit_is_the_normal_fit_of_logarithms()
    {
        FittedLaw fit = MaximumLikelihood.Of(Family.Lognormal, ShapeData.X).Fit!;
        FittedLaw normal = MaximumLikelihood.Of(Family.Normal, [.. ShapeData.X.Select(x => Math.Log(x))]).Fit!;
        ShapeData.AreClose(normal.First.Value, fit.First.Value, 1e-14);
        ShapeData.AreClose(normal.Second.Error, fit.Second.Error, 1e-13);
        ShapeData.AreClose(ShapeData.X.Sum(fit.Law.LogDensity), fit.LogLikelihood, 1e-13);
    }

    [Fact]
    public void Weibull_fit_is_that_of_R()
    {
        // R 4.2: optim(c(.5, 1.5), function(p) -sum(dweibull(x, exp(p[1]), exp(p[2]), log = TRUE)), reltol = 1e-17);
        // solve(optimHess(par, function(p) -sum(dweibull(x, p[1], p[2], log = TRUE)), ndeps = 1e-4)). The optimiser's
        // parameters are good to about the root of the double's precision.
        FittedLaw fit = MaximumLikelihood.Of(Family.Weibull, ShapeData.X).Fit!;
        ShapeData.AreClose(1.87357049945094, fit.First.Value, 1e-7);
        ShapeData.AreClose(4.31803771656484, fit.Second.Value, 1e-7);
        ShapeData.AreClose(-41.8634244097646, fit.LogLikelihood, 1e-13);
        ShapeData.AreClose(0.1026511469492616, fit.Covariance!.Value.First, 1e-6);
        ShapeData.AreClose(0.0563425699143234, fit.Covariance!.Value.Mixed, 1e-6);
        ShapeData.AreClose(0.2965095336075362, fit.Covariance!.Value.Second, 1e-6);
    }

    [Fact]
    public void Beta_fit_is_that_of_R()
    {
        // R 4.2: as for Weibull with dbeta(yb, ...)
        FittedLaw fit = MaximumLikelihood.Of(Family.Beta, Shares).Fit!;
        ShapeData.AreClose(2.41985505378238, fit.First.Value, 1e-7);
        ShapeData.AreClose(3.13637776607111, fit.Second.Value, 1e-7);
        ShapeData.AreClose(10.0852147961415, fit.LogLikelihood, 1e-12);
        ShapeData.AreClose(0.264977746681658, fit.Covariance!.Value.First, 1e-6);
        ShapeData.AreClose(0.293753412344581, fit.Covariance!.Value.Mixed, 1e-6);
        ShapeData.AreClose(0.466239242294365, fit.Covariance!.Value.Second, 1e-6);
    }

    [Fact]
    public void Generalised_Pareto_fit_is_that_of_SciPy()
    {
        // SciPy 1.10: d = genpareto.ppf(y, 0.2, scale=1.5); minimize(-genpareto.logpdf(d, xi, scale=exp(s)).sum(),
        // Nelder-Mead, xatol=1e-12): 0.06383080, 1.59306799, 61.1797010615; genpareto.fit(d, 0.1, floc=0, scale=1.5):
        // 0.063829, 1.593041, which stops earlier. Covariance from the second differences of the same likelihood.
        var law = new ParetoLaw(0.2, 1.5);
        FittedLaw fit = MaximumLikelihood.Of(Family.GeneralizedPareto, [.. ShapeData.Y.Select(law.Quantile)]).Fit!;
        ShapeData.AreClose(0.0638308, fit.First.Value, 2e-6);
        ShapeData.AreClose(1.593068, fit.Second.Value, 1e-6);
        ShapeData.AreClose(-61.1797010615236, fit.LogLikelihood, 1e-13);
        ShapeData.AreClose(0.03387712, fit.Covariance!.Value.First, 1e-5);
        ShapeData.AreClose(-0.05126413, fit.Covariance!.Value.Mixed, 1e-5);
        ShapeData.AreClose(0.14916374, fit.Covariance!.Value.Second, 1e-5);
    }

    // Uniform values are a generalised Pareto law of xi = -1, beyond the theory.
    [Fact]
    public void Tail_that_ends_abruptly_has_no_errors_and_says_why()
    {
        FitResult found = MaximumLikelihood.Of(
            Family.GeneralizedPareto,
            [.. ShapeData.Sequence(500).Select(Math.Sqrt)]
        );
        Assert.Contains("-1", found.Reason!);
        double[] steep = [.. ShapeData.Sequence(500).Select(u => 1 - Math.Pow(u, 0.7))];
        found = MaximumLikelihood.Of(Family.GeneralizedPareto, steep);
        Assert.InRange(found.Fit!.First.Value, -0.8, -0.6);
        Assert.Null(found.Fit.Covariance);
        Assert.Contains("Smith 1985", found.Reason);
    }

    [Theory]
    [InlineData(Family.Normal, "4 values; expected at least 5", 1.0, 2.0, 3.0, 4.0)]
    [InlineData(Family.Normal, "all values are the same", 2.0, 2.0, 2.0, 2.0, 2.0)]
    [InlineData(Family.Lognormal, "2 values are 0 or less", 0.0, -1.0, 2.0, 3.0, 4.0)]
    [InlineData(Family.Weibull, "1 value is 0 or less", 0.0, 1.0, 2.0, 3.0, 4.0)]
    [InlineData(Family.Beta, "20 % of the values are 0 and 40 % are 1: no density there", 0.0, 0.5, 0.6, 1.0, 1.0)]
    [InlineData(Family.Beta, "1 value lies outside of 0 to 1", 0.1, 0.5, 0.6, 1.0, 1.1)]
    public void Values_that_a_family_cannot_have_are_a_reason(Family family, string reason, params double[] values)
    {
        FitResult found = MaximumLikelihood.Of(family, values);
        Assert.Null(found.Fit);
        Assert.Equal(reason, found.Reason);
    }

    // Far from what the search is used to: scales of 1e-12 and 1e12, shapes of 0.05 to 5,000.
    [Theory]
    [InlineData(Family.Weibull, 0.05, 1e-12)]
    [InlineData(Family.Weibull, 400, 1e12)]
    [InlineData(Family.Beta, 0.3, 0.2)]
    [InlineData(Family.Beta, 5000, 20)]
    [InlineData(Family.GeneralizedPareto, 1.5, 1e-12)]
    [InlineData(Family.GeneralizedPareto, -0.4, 1e12)]
    [InlineData(Family.Lognormal, 20, 3)]
    [InlineData(Family.Normal, 1e9, 1e-3)]
    public void Extreme_parameters_are_found_again(Family family, double first, double second)
    {
        var law = Law.Of(family, first, second);
        // Evenly spread probabilities: the fit differs from the law by the spacing's error, far within two standard errors.
        double[] values =
        [
            .. Enumerable.Range(0, 400).Select(i => law.Quantile((i + 0.5) / 400)).Where(v => v is > 0 and not 1),
        ];
        FittedLaw fit = MaximumLikelihood.Of(family, values).Fit!;
        Assert.InRange(Math.Abs(fit.First.Value - first), 0, 2 * fit.First.Error);
        Assert.InRange(Math.Abs(fit.Second.Value - second), 0, 2 * fit.Second.Error);
        ShapeData.AreClose(values.Sum(fit.Law.LogDensity), fit.LogLikelihood, 1e-9);
    }

    [Fact]
    public void Laws_are_those_of_SciPy()
    {
        // SciPy 1.10: special.betainc(9900, 100, .9901), (990000, 10000, .9901), (1e5, 1e5, .4985), (.02, 3, 1e-8)
        ShapeData.AreClose(0.5270945865150582, new BetaLaw(9900, 100).Below(0.9901), 1e-10);
        ShapeData.AreClose(0.8425726504337012, new BetaLaw(990000, 10000).Below(0.9901), 1e-8);
        ShapeData.AreClose(0.08985602988459868, new BetaLaw(1e5, 1e5).Below(0.4985), 1e-8);
        ShapeData.AreClose(0.7127242659611888, new BetaLaw(0.02, 3).Below(1e-8), 1e-12);
        // stats.beta.ppf(.001, 2.5, .7), (.999, .5, 30), (.01, 900, 40), (1e-4, 20, 3)
        ShapeData.AreClose(0.078904774714171, new BetaLaw(2.5, 0.7).Quantile(0.001), 1e-8);
        ShapeData.AreClose(0.16635390218386617, new BetaLaw(0.5, 30).Quantile(0.999), 1e-8);
        ShapeData.AreClose(0.9407358754461501, new BetaLaw(900, 40).Quantile(0.01), 1e-8);
        ShapeData.AreClose(0.5140175296465035, new BetaLaw(20, 3).Quantile(1e-4), 1e-8);
    }

    [Theory]
    [InlineData(Family.Normal, 3, 2)]
    [InlineData(Family.Lognormal, 0.5, 0.7)]
    [InlineData(Family.Weibull, 1.7, 3)]
    [InlineData(Family.Beta, 2, 5)]
    [InlineData(Family.GeneralizedPareto, 0.3, 2)]
    [InlineData(Family.GeneralizedPareto, 0, 2)]
    [InlineData(Family.GeneralizedPareto, -0.3, 2)]
    public void Density_distribution_and_quantile_of_a_law_agree(Family family, double first, double second)
    {
        var law = Law.Of(family, first, second);
        foreach (double p in new[] { 1e-6, 0.01, 0.3, 0.5, 0.9, 0.9999 })
        {
            double x = law.Quantile(p);
            ShapeData.AreClose(p, law.Below(x), 1e-7);
            ShapeData.AreClose(1 - p, law.Above(x), 1e-7);
            double h = 1e-5 * Math.Min(Math.Abs(x), 1 - (family == Family.Beta ? x : 0));
            double density = (law.Below(x + h) - law.Below(x - h)) / (2 * h);
            // Truncation 1e-10 of the curvature; rounding 1e-16 of p over h.
            Assert.InRange(Math.Abs(density - Math.Exp(law.LogDensity(x))), 0, 1e-5 * density + 2e-16 / h);
        }
    }

    [Fact]
    public void Delta_interval_of_a_normal_quantile_is_the_closed_form()
    {
        FittedLaw fit = MaximumLikelihood.Of(Family.Normal, ShapeData.X).Fit!;
        var (found, interval) = fit.Quantile(0.999, 0.95);
        double z = 3.090232306167813;
        double error = fit.Second.Value * Math.Sqrt((1 + z * z / 2) / 20);
        ShapeData.AreClose(fit.First.Value + z * fit.Second.Value, found.Value, 1e-12);
        ShapeData.AreClose(error, found.Error, 1e-8);
        ShapeData.AreClose(found.Value + 1.959963984540054 * error, interval!.Value.Upper, 1e-8);
        var (above, bounds) = fit.Above(found.Value);
        ShapeData.AreClose(0.001, above.Value, 1e-9);
        Assert.True(bounds!.Value.Lower < 0.001 && bounds.Value.Upper > 0.001);
    }
}
