using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Random;

namespace YieldLab.SimulationTests;

/// <summary>
/// How often the interval that a run reports of its design holds the truth, with the very points that a study takes. A die
/// passes where a sum of normal draws is below the quantile of its yield: three draws of the design, the first the largest,
/// and one that no design has, with a share of the variance that leaves the design much or nothing to gain.
/// </summary>
public sealed class DesignCoverageTests(ITestOutputHelper output)
{
    private const int Designs = 2000;
    private const int Randomisations = 16;
    private const int Dies = Randomisations * 32;

    private static readonly RandomStream Rest = new("test/rest");
    private static readonly double[] Yields = [0.5, 0.9, 0.98, 0.999];
    private static readonly double[] Weights = [Math.Sqrt(0.7), Math.Sqrt(0.2), Math.Sqrt(0.1)];

    [Theory]
    [InlineData("sobol", 0)]
    [InlineData("sobol", 0.3)]
    [InlineData("sobol", 0.9)]
    [InlineData("latin-hypercube", 0)]
    [InlineData("latin-hypercube", 0.3)]
    [InlineData("latin-hypercube", 0.9)]
    public void Interval_of_a_designs_yield_covers_at_least_as_often_as_it_says(string method, double undesigned)
    {
        double[] limits = [.. Yields.Select(p => Normal.InvCDF(0, 1, p))];
        double[][] goodness =
        [
            .. Enumerable.Range(0, Designs).AsParallel().AsOrdered().Select(seed => Goodness(method, seed, undesigned)),
        ];
        long[] dies = [.. Enumerable.Range(0, Dies).Select(die => (long)die)];
        for (int i = 0; i < Yields.Length; i++)
            foreach (double confidence in new[] { 0.9, 0.95, 0.99 })
            {
                var rule = new EstimateRule.Replicated(Randomisations) { Confidence = confidence };
                int missed = goodness
                    .AsParallel()
                    .Count(design => !rule.Interval(dies, [.. design.Select(die => die < limits[i])]).Holds(Yields[i]));
                string message =
                    $"{method}, {undesigned} undesigned, p = {Yields[i]}, {confidence}: coverage {1 - missed / (double)Designs:0.0000}";
                output.WriteLine(message);
                Assert.True(missed <= Misses.Most(Designs, 1 - confidence), message);
            }
    }

    private static double[] Goodness(string method, int seed, double undesigned)
    {
        PointSet points =
            method == "sobol"
                ? new SobolPoints((ulong)seed, Weights.Length, Randomisations)
                : new LatinHypercube((ulong)seed, Weights.Length, Randomisations, Dies);
        var draws = new AddressedDraws((ulong)seed);
        return
        [
            .. Enumerable
                .Range(0, Dies)
                .Select(die =>
                {
                    double designed = Weights
                        .Select((weight, i) => weight * NormalQuantile.At(points.Coordinate(die, i)))
                        .Sum();
                    return Math.Sqrt(1 - undesigned) * designed + Math.Sqrt(undesigned) * draws.Normal(Rest, die, 0);
                }),
        ];
    }
}
