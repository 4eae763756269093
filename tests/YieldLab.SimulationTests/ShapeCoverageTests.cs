using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Distributions;
using YieldLab.Statistics.Random;

namespace YieldLab.SimulationTests;

/// <summary>How often intervals of moments, parameters, quantiles and tails hold the truth.</summary>
public sealed class ShapeCoverageTests(ITestOutputHelper output)
{
    private const int Repeats = 2000;
    private static readonly double[] Levels = [0.90, 0.95, 0.99];

    // What likelihood and delta method lose in finite samples, as documented: so much less than nominal is admitted, beyond
    // it five standard deviations of 2,000 repeats (false alarm below 3e-7).
    [Theory]
    [InlineData(Family.Normal, 0.2, 3.0, 50, 0.015)]
    [InlineData(Family.Normal, 0.2, 3.0, 1000, 0.005)]
    [InlineData(Family.Lognormal, -1.0, 0.4, 50, 0.015)]
    [InlineData(Family.Weibull, 1.5, 2.0, 50, 0.02)]
    [InlineData(Family.Weibull, 1.5, 2.0, 1000, 0.005)]
    [InlineData(Family.Beta, 8.0, 1.2, 50, 0.02)]
    [InlineData(Family.Beta, 8.0, 1.2, 1000, 0.005)]
    [InlineData(Family.GeneralizedPareto, 0.2, 1.0, 100, 0.03)]
    [InlineData(Family.GeneralizedPareto, -0.2, 1.0, 500, 0.01)]
    public void Parameters_are_held(Family family, double first, double second, int count, double loss)
    {
        var law = Law.Of(family, first, second);
        FittedLaw?[] fits = [.. InParallel(i => MaximumLikelihood.Of(family, Values(law, i, count)).Fit)];
        foreach (double level in Levels)
        {
            Report(
                $"{family} n {count} {law.Names.First}",
                level,
                fits.Select(fit => Holds(fit?.Intervals(level)?.First, first)),
                loss
            );
            Report(
                $"{family} n {count} {law.Names.Second}",
                level,
                fits.Select(fit => Holds(fit?.Intervals(level)?.Second, second)),
                loss
            );
            double quantile = law.Quantile(0.99);
            Report(
                $"{family} n {count} 99 % quantile",
                level,
                fits.Select(fit => Holds(fit?.Quantile(0.99, level).Interval, quantile)),
                loss + 0.02
            );
        }
    }

    // Accuracy of 45 test examples: beta values rounded to k/45, and the same taken at face value would not do.
    [Theory]
    [InlineData(100, 0.02)]
    [InlineData(1000, 0.005)]
    public void Parameters_of_rounded_values_are_held(int count, double loss)
    {
        var law = new BetaLaw(15, 1.2);
        FittedLaw?[] fits =
        [
            .. InParallel(i =>
            {
                double[] values = [.. Values(law, i, count).Select(v => Math.Round(v * 45) / 45).Order()];
                return GroupedSample.Of(values, 0, 1) is { } cells ? GroupedFit.Of(Family.Beta, cells).Fit : null;
            }),
        ];
        foreach (double level in Levels)
        {
            Report($"cells n {count} a", level, fits.Select(f => Holds(f?.Intervals(level)?.First, 15)), loss);
            Report($"cells n {count} b", level, fits.Select(f => Holds(f?.Intervals(level)?.Second, 1.2)), loss);
        }
    }

    // A tail that is a generalised Pareto law from its threshold on: what the interval promises is all there is.
    [Theory]
    [InlineData(0.2, 1000, 0.03)]
    [InlineData(-0.2, 1600, 0.03)]
    public void Tail_quantiles_are_held(double xi, int count, double loss)
    {
        var law = new ParetoLaw(xi, 1);
        PeaksOverThreshold[] tails =
        [
            .. InParallel(i => PeaksOverThreshold.Of([.. Values(law, i, count).Order()], TailSide.Upper, 0.05)),
        ];
        foreach (double share in new[] { 0.001, 0.0001 })
        foreach (double level in Levels)
        {
            double truth = law.Quantile(1 - share);
            bool?[] held = [.. InParallel(i => Holds(tails[i].Beyond(share, level)?.Interval, truth))];
            Report($"tail xi {xi} n {count} 1 in {1 / share:0}", level, held, loss);
        }
    }

    [Theory]
    [InlineData("normal", 20, 0.02)]
    [InlineData("normal", 500, 0.01)]
    [InlineData("exponential", 50, 0.06)]
    [InlineData("exponential", 1000, 0.02)]
    public void Moments_are_held(string name, int count, double loss)
    {
        Law law = name == "normal" ? new NormalLaw(1000, 2) : new WeibullLaw(1, 2);
        double mean = name == "normal" ? 1000 : 2;
        double[][] values = [.. Enumerable.Range(0, Repeats).Select(i => Values(law, i, count))];
        foreach (double level in Levels)
        {
            Moments[] found = [.. values.Select(sample => Moments.Of(sample, level))];
            Report($"{name} n {count} mean", level, found.Select(m => Holds(m.MeanInterval, mean)), loss);
            Report($"{name} n {count} sd", level, found.Select(m => Holds(m.DeviationInterval, 2)), loss);
        }
    }

    // Without bias that smoothing adds: the truth is the density smoothed by a normal kernel of the same width.
    [Fact]
    public void Smoothed_density_is_held()
    {
        const int count = 500;
        foreach (double level in Levels)
        {
            bool?[] held =
            [
                .. InParallel(i =>
                {
                    double[] ascending = [.. Values(new NormalLaw(0, 1), i, count).Order()];
                    KernelDensity found = KernelDensity.Of(ascending, confidence: level);
                    DensityPoint point = found.Points.MinBy(p => Math.Abs(p.X - 1));
                    double sd = Math.Sqrt(1 + found.Bandwidth.Width * found.Bandwidth.Width);
                    return Holds(point.Band, Normal.PDF(0, sd, point.X));
                }),
            ];
            Report($"density n {count}", level, held, 0.03);
        }
    }

    // Of those that have an interval: none is given where xi is -0.5 or less. Their number is told.
    private void Report(string name, double level, IEnumerable<bool?> held, double loss)
    {
        bool?[] all = [.. held];
        int none = all.Count(h => h is null);
        double covered = all.Count(h => h == true) / (double)(all.Length - none);
        string message =
            $"{name}: {level:0.00} covers {covered:0.0000}{(none > 0 ? $", {none} without interval" : "")}";
        output.WriteLine(message);
        double least = level - loss;
        Assert.True(none < 0.1 * Repeats, message);
        Assert.True(covered >= least - 5 * Math.Sqrt(least * (1 - least) / Repeats), message);
    }

    private static bool? Holds(Interval? interval, double truth) =>
        interval is { } found ? found.Lower <= truth && truth <= found.Upper : null;

    private static T[] InParallel<T>(Func<int, T> one) =>
        [.. Enumerable.Range(0, Repeats).AsParallel().AsOrdered().Select(one)];

    internal static double[] Values(Law law, int repeat, int count)
    {
        var draws = new AddressedDraws(20250601);
        var stream = new RandomStream("test/shape");
        return [.. Enumerable.Range(0, count).Select(i => law.Quantile(draws.Uniform(stream, repeat, (uint)i)))];
    }
}
