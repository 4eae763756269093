using Xunit;
using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Random;

namespace YieldLab.SimulationTests;

/// <summary>
/// How often the 95 % intervals of variance shares hold the truth, and whether the standard errors are the scatter, on
/// sums of normal effects with known components.
/// </summary>
public sealed class VarianceCoverageTests(ITestOutputHelper output)
{
    private const int Tables = 2000;

    // The worst coverage that the documentation admits. A hit rate of 0.90 has a standard deviation of 0.0067 here; below
    // 0.90 - 5 of these an interval that keeps 0.90 falls once in 3e6 cases. It catches a coverage of 0.83 as surely: the
    // error over the dies alone covers the order's share in 0.62 of the first tables and 0.33 of the second.
    private const double Least = 0.90 - 5 * 0.0067;

    private static readonly string[] Sources = ["silicon", "order", "interaction", "noise"];

    [Theory]
    [InlineData(64, 8, 4, 0.70, 0.05, 0.20, 0.05)]
    [InlineData(64, 8, 4, 0.25, 0.25, 0.25, 0.25)]
    [InlineData(64, 8, 1, 0.80, 0.10, 0.10, 0)]
    [InlineData(64, 8, 4, 0.90, 0, 0.09, 0.01)]
    [InlineData(16, 5, 2, 0.70, 0.05, 0.20, 0.05)]
    public void Intervals_cover_and_errors_are_the_scatter(
        int dies,
        int orders,
        int repetitions,
        double silicon,
        double order,
        double interaction,
        double noise
    )
    {
        double[] truth = [silicon, order, interaction, noise];
        VarianceShare[][] found = [.. Enumerable.Range(0, Tables).AsParallel().Select(Split)];
        VarianceShare[] Split(int number) => SharesOf(Table(number, (dies, orders, repetitions), truth));
        for (int source = 0; source < found[0].Length; source++)
        {
            double covered = found.Average(shares => Holds(shares[source], truth[source]) ? 1.0 : 0);
            double mean = found.Average(shares => shares[source].Share);
            double scatter = Math.Sqrt(found.Average(shares => Math.Pow(shares[source].Share - mean, 2)));
            double error = Math.Sqrt(found.Average(shares => Math.Pow(shares[source].Error, 2)));
            string message = $"{Sources[source]}: coverage {covered:0.000}, error {error:g3}, scatter {scatter:g3}";
            output.WriteLine(message);
            Assert.True(covered >= Least, message);
            // Too large rather than too small: what is of neither dies nor orders alone is counted twice, and few orders
            // add to that; measured are 1.07 to 1.32, and 1.8 for a source that is absent.
            Assert.True(error > 0.95 * scatter && error < 2 * scatter, message);
        }
    }

    private static bool Holds(VarianceShare share, double truth) => share.Lower <= truth && truth <= share.Upper;

    private static VarianceShare[] SharesOf(double[,,] table)
    {
        VarianceComponents found = VarianceComponents.Of(table);
        return found.Noise is { } noise
            ? [found.Silicon, found.Order, found.Interaction, noise]
            : [found.Silicon, found.Order, found.Interaction];
    }

    private static double[,,] Table(int number, (int Dies, int Orders, int Repetitions) size, double[] variances)
    {
        double[] silicon = Normals(number, "test/silicon", size.Dies, variances[0]);
        double[] order = Normals(number, "test/order", size.Orders, variances[1]);
        double[] both = Normals(number, "test/interaction", size.Dies * size.Orders, variances[2]);
        double[] noise = Normals(number, "test/noise", size.Dies * size.Orders * size.Repetitions, variances[3]);
        var table = new double[size.Dies, size.Orders, size.Repetitions];
        for (int i = 0; i < size.Dies; i++)
        for (int j = 0; j < size.Orders; j++)
        for (int k = 0; k < size.Repetitions; k++)
        {
            int cell = i * size.Orders + j;
            table[i, j, k] = silicon[i] + order[j] + both[cell] + noise[cell * size.Repetitions + k];
        }
        return table;
    }

    private static double[] Normals(int number, string name, int count, double variance)
    {
        var draws = new AddressedDraws(20250101);
        var stream = new RandomStream(name);
        double deviation = Math.Sqrt(variance);
        return [.. Enumerable.Range(0, count).Select(i => deviation * draws.Normal(stream, number, (uint)i))];
    }
}
