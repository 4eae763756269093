using Xunit;
using YieldLab.Statistics.Distributions;

namespace YieldLab.SimulationTests;

/// <summary>How often tests of fitted laws reject the right family, and whether they find a wrong one.</summary>
public sealed class ShapeTestSizeTests(ITestOutputHelper output)
{
    private const int Repeats = 2000;

    // Of published approximations with an error of their own: a tenth of the size, and five standard deviations.
    [Theory]
    [InlineData(Family.Normal, 0.0, 1.0, 20)]
    [InlineData(Family.Normal, 0.0, 1.0, 200)]
    [InlineData(Family.Lognormal, 1.0, 0.5, 1000)]
    [InlineData(Family.Weibull, 2.0, 1.0, 50)]
    [InlineData(Family.Weibull, 0.7, 1.0, 500)]
    public void Right_family_is_rejected_as_often_as_it_should_be(Family family, double first, double second, int count)
    {
        var law = Law.Of(family, first, second);
        foreach (string name in Names(family))
        foreach (double size in new[] { 0.10, 0.05, 0.01 })
        {
            double[] found = P(law, family, count, Repeats, name);
            double rejected = found.Count(p => p < size) / (double)Repeats;
            string message = $"{family} n {count} {name}: {size} rejects {rejected:0.0000}";
            output.WriteLine(message);
            double most = 1.15 * size;
            Assert.InRange(rejected, 0.85 * size - 5 * Error(size, Repeats), most + 5 * Error(most, Repeats));
        }
    }

    // By bootstrap, which costs 999 fits a test: of the generalised Pareto law 60 tests.
    [Theory]
    [InlineData(Family.Beta, 8.0, 1.2, 40, 300)]
    [InlineData(Family.GeneralizedPareto, 0.2, 1.0, 50, 60)]
    public void Right_family_is_rejected_as_often_by_bootstrap(
        Family family,
        double first,
        double second,
        int count,
        int repeats
    )
    {
        var law = Law.Of(family, first, second);
        foreach (string name in new[] { GoodnessOfFit.KolmogorovSmirnovName, GoodnessOfFit.AndersonDarlingName })
        {
            double[] found = P(law, family, count, repeats, name);
            double rejected = found.Count(p => p <= 0.1) / (double)repeats;
            string message = $"{family} n {count} {name}: 0.1 rejects {rejected:0.000}";
            output.WriteLine(message);
            Assert.InRange(rejected, 0.1 - 5 * Error(0.1, repeats), 0.1 + 5 * Error(0.1, repeats));
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(2000)]
    public void Right_family_of_rounded_values_is_rejected_as_often_as_it_should_be(int count)
    {
        var law = new BetaLaw(15, 1.2);
        double?[] found =
        [
            .. Enumerable
                .Range(0, Repeats)
                .AsParallel()
                .AsOrdered()
                .Select(i =>
                {
                    double[] values =
                    [
                        .. ShapeCoverageTests.Values(law, i, count).Select(v => Math.Round(v * 45) / 45).Order(),
                    ];
                    GroupedSample cells = GroupedSample.Of(values, 0, 1)!;
                    return ChiSquareTest.Of(cells, GroupedFit.Of(Family.Beta, cells).Fit!.Law)?.P;
                }),
        ];
        foreach (double size in new[] { 0.10, 0.05, 0.01 })
        {
            double rejected = found.Count(p => p < size) / (double)Repeats;
            output.WriteLine($"cells n {count}: {size} rejects {rejected:0.0000}");
            // Pooling after the fit adds a little: a third of the size at most.
            Assert.InRange(
                rejected,
                0.85 * size - 5 * Error(size, Repeats),
                1.35 * size + 5 * Error(1.35 * size, Repeats)
            );
        }
    }

    // 200 values of a family that is plainly another: each test at 5 % must find nine in ten.
    [Theory]
    [InlineData(Family.Normal, Family.Weibull, 1.2, 1.0)]
    [InlineData(Family.Lognormal, Family.Weibull, 1.2, 1.0)]
    [InlineData(Family.Weibull, Family.Lognormal, 0.0, 0.8)]
    [InlineData(Family.Beta, Family.Lognormal, -1.5, 0.3)]
    public void Wrong_family_is_found(Family fitted, Family truth, double first, double second)
    {
        int repeats = fitted is Family.Normal or Family.Lognormal ? 500 : 40;
        var law = Law.Of(truth, first, second);
        double[] found = P(law, fitted, 200, repeats, GoodnessOfFit.AndersonDarlingName);
        double rejected = found.Count(p => p < 0.05) / (double)repeats;
        output.WriteLine($"{fitted} fitted to {truth}: 0.05 rejects {rejected:0.000}");
        Assert.True(rejected > (fitted == Family.Beta ? 0.3 : 0.85), $"{rejected}");
    }

    private static string[] Names(Family family) =>
        family == Family.Weibull
            ? [GoodnessOfFit.AndersonDarlingName]
            : [GoodnessOfFit.KolmogorovSmirnovName, GoodnessOfFit.AndersonDarlingName, GoodnessOfFit.ShapiroWilkName];

    private static double Error(double size, int repeats) => Math.Sqrt(size * (1 - size) / repeats);

    private static double[] P(Law law, Family family, int count, int repeats, string name) =>
        [
            .. Enumerable
                .Range(0, repeats)
                .AsParallel()
                .AsOrdered()
                .Select(i =>
                {
                    double[] values = [.. ShapeCoverageTests.Values(law, i, count).Order()];
                    FittedLaw fit = MaximumLikelihood.Of(family, values).Fit!;
                    // The Weibull law's own table, without the bootstrap of its other test.
                    return family == Family.Weibull
                        ? AndersonDarling.FittedWeibull(count, AndersonDarling.Statistic(values, fit.Law))
                        : GoodnessOfFit.Of(fit, values).Single(test => test.Name == name).P!.Value;
                }),
        ];
}
