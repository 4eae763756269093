using Xunit;
using YieldLab.Statistics.Random;
using YieldLab.Statistics.Sensitivity;

namespace YieldLab.SimulationTests;

/// <summary>
/// How often the intervals of contributions hold the truth, and whether the standard errors are the scatter, on functions of
/// normal draws whose shares are known.
/// </summary>
public sealed class ContributionCoverageTests(ITestOutputHelper output)
{
    private const int Runs = 2000;
    private static readonly double[] Levels = [0.90, 0.95, 0.99];

    // By how much the intervals may fall short of their confidence, as docs/contributions.md admits: of 1,000 rows, of fewer.
    private const double Short = 0.025;
    private const double ShortOfFew = 0.06;

    private static readonly RandomStream InputStream = new("test/contribution-inputs");
    private static readonly RandomStream DrawStream = new("test/contribution-draws");
    private static readonly RandomStream NoiseStream = new("test/contribution-noise");

    // Shares of two correlated inputs together, of a group of few draws, of one of many; the rest is noise that no model sees.
    [Theory]
    [InlineData(1000, 0.3, 0.3, 0.3)]
    [InlineData(1000, 0.0, 0.0, 0.2)]
    [InlineData(1000, 0.6, 0.05, 0.0)]
    [InlineData(200, 0.3, 0.2, 0.3)]
    [InlineData(60, 0.5, 0.4, 0.0)]
    public void Intervals_cover_and_errors_are_the_scatter(int rows, double inputs, double few, double many)
    {
        double[] truth = [inputs * 0.8, inputs * 0.2, few, many, inputs + few + many];
        string[] names = ["input 1", "input 2", "6 draws", "60 draws", "R^2"];
        var found = new Contribution[Runs][];
        Parallel.For(0, Runs, run => found[run] = Split(run, rows, inputs, few, many));
        for (int share = 0; share < truth.Length; share++)
            Check(rows, names[share], truth[share], [.. found.Select(shares => shares[share])]);
    }

    // z1 z2 + ... of one group: quadratic alone.
    [Theory]
    [InlineData(1000, 0.5)]
    [InlineData(300, 0.0)]
    public void Intervals_of_quadratic_shares_cover(int rows, double share)
    {
        var found = new Contribution[Runs];
        Parallel.For(
            0,
            Runs,
            run =>
            {
                double[][] z = Draws(run, rows, 8);
                double[] y =
                [
                    .. z.Select(
                        (row, i) =>
                            Math.Sqrt(share / 2) * (row[0] * row[1] + (row[2] * row[2] - 1) / Math.Sqrt(2))
                            + Math.Sqrt(1 - share) * Normal(NoiseStream, run, i)
                    ),
                ];
                found[run] = PairEnergy.Of(z, y);
            }
        );
        Check(rows, "pairs", share, found);
    }

    private void Check(int rows, string name, double truth, Contribution[] found)
    {
        double mean = found.Average(share => share.Share);
        double scatter = Math.Sqrt(found.Average(share => Math.Pow(share.Share - mean, 2)));
        double error = Math.Sqrt(found.Average(share => share.Error * share.Error));
        double[] covered =
        [
            .. Levels.Select(level => found.Average(share => Holds(share, rows, truth, level) ? 1.0 : 0)),
        ];
        string message =
            $"{rows} rows, {name}: truth {truth:g3}, mean {mean:g3}, scatter {scatter:g3}, error/scatter {error / scatter:0.00}, coverage {string.Join(" ", covered.Select(c => $"{c:0.000}"))}";
        output.WriteLine(message);
        // No bias: five standard errors of the mean.
        Assert.True(Math.Abs(mean - truth) < 5 * scatter / Math.Sqrt(Runs), message);
        for (int level = 0; level < Levels.Length; level++)
        {
            int most = Misses.Most(Runs, 1 - Levels[level] + (rows < 1000 ? ShortOfFew : Short));
            Assert.True((1 - covered[level]) * Runs <= most, message);
        }
        // Too large where there is nothing to find: there it has a least value.
        Assert.InRange(error / scatter, 0.9, truth == 0 ? 1.5 : 1.1);
    }

    private static bool Holds(Contribution share, int rows, double truth, double level)
    {
        Contribution at = new RowBlocks(rows).Contribution(share.Share, share.Error * share.Error, level);
        return at.Lower <= truth && truth <= at.Upper;
    }

    private static Contribution[] Split(int run, int rows, double inputs, double few, double many)
    {
        double[][] z = Draws(run, rows, 66);
        double[][] x =
        [
            .. Enumerable
                .Range(0, 2)
                .Select(j => Enumerable.Range(0, rows).Select(i => Normal(InputStream, run, 2 * i + j)).ToArray()),
        ];
        double[] y =
        [
            .. z.Select(
                (row, i) =>
                    Math.Sqrt(inputs) * (Math.Sqrt(0.8) * x[0][i] + Math.Sqrt(0.2) * x[1][i])
                    + Math.Sqrt(few / 6) * row[..6].Sum()
                    + Math.Sqrt(many / 60) * row[6..].Sum()
                    + Math.Sqrt(1 - inputs - few - many) * Normal(NoiseStream, run, i)
            ),
        ];
        double[][] Read(int group, int first, int count) =>
            [.. z[first..(first + count)].Select(row => group == 0 ? row[..6] : row[6..])];
        // The linear model alone: of an output that it explains too little of, others would be tried.
        var split = new ContributionSplit(ContributionModel.Linear, x, [6, 60], [y], 0.95);
        split.Read(Read, 1);
        Contributions found = split.Result(0);
        return [.. found.Inputs, .. found.Groups, found.RSquared];
    }

    private static double[][] Draws(int run, int rows, int count) =>
        [
            .. Enumerable
                .Range(0, rows)
                .Select(i => Enumerable.Range(0, count).Select(j => Normal(DrawStream, run, i * count + j)).ToArray()),
        ];

    private static double Normal(RandomStream stream, int run, int index) =>
        new AddressedDraws(20261124).Normal(stream, run, (uint)index);
}
