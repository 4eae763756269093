using Xunit;
using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Statistics;

public class VarianceComponentsTests
{
    // D. C. Montgomery, Design and Analysis of Experiments, gauge capability study: 20 parts, 3 operators, 2
    // measurements. Each line is an operator's first measurements of all parts, then the second ones.
    private static readonly int[][] Gauge =
    [
        [21, 24, 20, 27, 19, 23, 22, 19, 24, 25, 21, 18, 23, 24, 29, 26, 20, 19, 25, 19],
        [20, 23, 21, 27, 18, 21, 21, 17, 23, 23, 20, 19, 25, 24, 30, 26, 20, 21, 26, 19],
        [20, 24, 19, 28, 19, 24, 22, 18, 25, 26, 20, 17, 25, 23, 30, 25, 19, 19, 25, 18],
        [20, 24, 21, 26, 18, 21, 24, 20, 23, 25, 20, 19, 25, 25, 28, 26, 20, 19, 24, 17],
        [19, 23, 20, 27, 18, 23, 22, 19, 24, 24, 21, 18, 25, 24, 31, 25, 20, 21, 25, 19],
        [21, 24, 22, 28, 21, 22, 20, 18, 24, 25, 20, 19, 25, 25, 30, 27, 20, 23, 25, 17],
    ];

    // The published mean squares are 62.391, 1.308, 0.712 and 0.992, printed to three digits behind the point.
    [Fact]
    public void Published_gauge_study_gives_its_published_components_the_negative_one_too()
    {
        var table = new double[20, 3, 2];
        for (int part = 0; part < 20; part++)
        for (int line = 0; line < 6; line++)
            table[part, line / 2, line % 2] = Gauge[line][part];
        VarianceComponents found = VarianceComponents.Of(table);
        Assert.Equal((62.391 - 0.712) / 6, found.Silicon.Variance, 0.001 / 6);
        Assert.Equal((1.308 - 0.712) / 40, found.Order.Variance, 0.001 / 40);
        Assert.Equal((0.712 - 0.992) / 2, found.Interaction.Variance, 0.001 / 2);
        Assert.Equal(0.992, found.Noise!.Value.Variance, 0.0005);
        Assert.Equal(22.392, found.Mean, 0.001);
    }

    // Three dies at -3, 0, 3 and three orders at -1, 0, 1 without anything else: variances 9 and 1.
    [Fact]
    public void Sum_of_two_effects_alone_is_split_exactly()
    {
        double[,,] table = Table(3, 3, 2, (die, order, _) => 5 + 3 * (die - 1) + (order - 1));
        VarianceComponents found = VarianceComponents.Of(table);
        Assert.Equal(5, found.Mean, 1e-14);
        Assert.Equal(9, found.Silicon.Variance, 1e-13);
        Assert.Equal(1, found.Order.Variance, 1e-13);
        Assert.Equal(0.9, found.Silicon.Share, 1e-14);
        Assert.Equal((0, 0, 0), (found.Interaction.Share, found.Interaction.Error, found.Interaction.Upper));
        Assert.Equal((0, 0, 0), (found.Noise!.Value.Share, found.Noise.Value.Error, found.Noise.Value.Upper));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(1e300)]
    public void Constant_table_has_no_variance_and_no_shares(double value)
    {
        VarianceComponents found = VarianceComponents.Of(Table(4, 3, 2, (_, _, _) => value));
        Assert.Equal(value, found.Mean);
        Assert.Equal(0, found.Variance);
        Assert.True(double.IsNaN(found.Silicon.Share));
    }

    // Without that die nothing varies: the jackknife has nothing to say.
    [Fact]
    public void Variance_that_hangs_on_one_die_has_no_error_and_the_widest_interval()
    {
        VarianceComponents found = VarianceComponents.Of(Table(6, 4, 1, (die, order, _) => die == 2 ? order : 0.25));
        Assert.True(double.IsNaN(found.Silicon.Error));
        Assert.Equal((0, 1), (found.Silicon.Lower, found.Silicon.Upper));
    }

    // The oracle deletes a die or an order, forms the mean squares by their definition, and repeats that for each. Its
    // sums and those of the estimator round fewer than 1000 terms once each: 1e-12 of the largest is above 1000 2^-53.
    [Theory]
    [InlineData(5, 3, 2)]
    [InlineData(3, 4, 1)]
    [InlineData(12, 6, 3)]
    [InlineData(3, 3, 1)]
    public void Components_and_errors_are_those_of_the_definitions_and_of_literal_deletion(
        int dies,
        int orders,
        int repetitions
    )
    {
        double[,,] table = Normals(dies, orders, repetitions, 77, 2, 1, 0.7, 0.5, offset: 10);
        VarianceComponents found = VarianceComponents.Of(table);
        double[] expected = DefinedVariances(table);
        VarianceShare[] shares = Shares(found);
        double[][] withoutDie = [.. Enumerable.Range(0, dies).Select(die => DefinedShares(Without(table, die, -1)))];
        double[][] withoutOrder = [.. Enumerable.Range(0, orders).Select(o => DefinedShares(Without(table, -1, o)))];
        Assert.Equal(repetitions == 1 ? 3 : 4, shares.Length);
        Assert.Equal(expected.Sum(), found.Variance, 1e-12 * expected.Sum());
        for (int source = 0; source < shares.Length; source++)
        {
            Assert.Equal(expected[source], shares[source].Variance, 1e-12 * expected.Sum());
            Assert.Equal(expected[source] / expected.Sum(), shares[source].Share, 1e-12);
            double variance = Jackknife(withoutDie, source) + Jackknife(withoutOrder, source);
            Assert.Equal(Math.Sqrt(variance), shares[source].Error, 1e-11);
        }
        Assert.Equal(1, shares.Sum(share => share.Share), 1e-13);
    }

    [Fact]
    public void Shares_do_not_depend_on_unit_and_origin()
    {
        double[,,] table = Normals(8, 5, 2, 78, 1, 1, 1, 1, offset: 0);
        double[,,] other = Table(8, 5, 2, (die, order, k) => 1000 + 1e-6 * table[die, order, k]);
        // The origin costs nine of the sixteen digits.
        foreach (var (one, two) in Shares(VarianceComponents.Of(table)).Zip(Shares(VarianceComponents.Of(other))))
        {
            Assert.Equal(one.Share, two.Share, 1e-5);
            Assert.Equal(one.Error, two.Error, 1e-5);
            Assert.Equal(one.Lower, two.Lower, 1e-5);
            Assert.Equal(one.Upper, two.Upper, 1e-5);
        }
    }

    [Fact]
    public void Intervals_lie_in_0_to_1_in_order_and_grow_with_the_confidence()
    {
        for (long seed = 0; seed < 50; seed++)
        {
            double[,,] table = Normals(5, 4, 2, seed, 1, 0, 0, 1, offset: 0);
            VarianceShare[] usual = Shares(VarianceComponents.Of(table, 0.8));
            foreach (var (narrow, wide) in usual.Zip(Shares(VarianceComponents.Of(table, 0.99))))
            {
                Assert.InRange(narrow.Lower, wide.Lower, narrow.Upper);
                Assert.InRange(narrow.Upper, narrow.Lower, wide.Upper);
                Assert.InRange(wide.Lower, 0, 1);
                Assert.InRange(wide.Upper, 0, 1);
            }
        }
    }

    // Mean squares of normal effects are independent multiples of chi-squares, so each estimate has a known standard
    // deviation; the mean of 400 is tested to 5.5 of its own (false alarm below 1e-7 for all four together). It catches a
    // bias of a third of an estimate's standard deviation, which a wrong divisor, (I - 1) by I, exceeds for the orders.
    [Fact]
    public void Mean_of_400_tables_of_normal_effects_is_the_truth()
    {
        const int Tables = 400;
        double[] truth = [4, 1, 0.5, 0.25];
        var (dies, orders, k) = (10, 5, 2);
        var sums = new double[4];
        for (long seed = 0; seed < Tables; seed++)
        {
            double[,,] table = Normals(dies, orders, k, seed, 2, 1, Math.Sqrt(0.5), 0.5, offset: 0);
            foreach (var (share, i) in Shares(VarianceComponents.Of(table)).Select((share, i) => (share, i)))
                sums[i] += share.Variance;
        }
        double within = truth[3];
        double both = within + k * truth[2];
        double Of(double square, double freedom) => 2 * square * square / freedom;
        double ofBoth = Of(both, (dies - 1) * (orders - 1));
        double ofDies = Of(both + orders * k * truth[0], dies - 1);
        double ofOrders = Of(both + dies * k * truth[1], orders - 1);
        double ofWithin = Of(within, dies * orders * (k - 1));
        double[] variances =
        [
            (ofDies + ofBoth) / (orders * k * orders * k),
            (ofOrders + ofBoth) / (dies * k * dies * k),
            (ofBoth + ofWithin) / (k * k),
            ofWithin,
        ];
        for (int i = 0; i < 4; i++)
            Assert.Equal(truth[i], sums[i] / Tables, 5.5 * Math.Sqrt(variances[i] / Tables));
    }

    [Fact]
    public void Tables_that_are_too_small_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => VarianceComponents.Of(new double[2, 3, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => VarianceComponents.Of(new double[3, 2, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => VarianceComponents.Of(new double[3, 3, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => VarianceComponents.Of(new double[3, 3, 1], 1));
    }

    private static VarianceShare[] Shares(VarianceComponents found) =>
        found.Noise is { } noise
            ? [found.Silicon, found.Order, found.Interaction, noise]
            : [found.Silicon, found.Order, found.Interaction];

    private static double Jackknife(double[][] without, int source)
    {
        double mean = without.Average(shares => shares[source]);
        return (without.Length - 1.0) / without.Length * without.Sum(shares => Math.Pow(shares[source] - mean, 2));
    }

    private static double[] DefinedShares(double[,,] y)
    {
        double[] variances = DefinedVariances(y);
        return [.. variances.Select(variance => variance / variances.Sum())];
    }

    // Sums of squares of deviations, straight from the textbook.
    private static double[] DefinedVariances(double[,,] y)
    {
        var (dies, orders, repetitions) = (y.GetLength(0), y.GetLength(1), y.GetLength(2));
        double Mean(int die, int order) =>
            (
                from i in Enumerable.Range(0, dies)
                from j in Enumerable.Range(0, orders)
                from k in Enumerable.Range(0, repetitions)
                where (die < 0 || i == die) && (order < 0 || j == order)
                select y[i, j, k]
            ).Average();
        double mean = Mean(-1, -1);
        var (ofDies, ofOrders, ofBoth, ofWithin) = (0.0, 0.0, 0.0, 0.0);
        for (int i = 0; i < dies; i++)
        for (int j = 0; j < orders; j++)
        for (int k = 0; k < repetitions; k++)
        {
            ofDies += Math.Pow(Mean(i, -1) - mean, 2) / (dies - 1);
            ofOrders += Math.Pow(Mean(-1, j) - mean, 2) / (orders - 1);
            ofBoth += Math.Pow(Mean(i, j) - Mean(i, -1) - Mean(-1, j) + mean, 2) / ((dies - 1) * (orders - 1));
            if (repetitions > 1)
                ofWithin += Math.Pow(y[i, j, k] - Mean(i, j), 2) / (dies * orders * (repetitions - 1));
        }
        return
        [
            (ofDies - ofBoth) / (orders * repetitions),
            (ofOrders - ofBoth) / (dies * repetitions),
            (ofBoth - ofWithin) / repetitions,
            ofWithin,
        ];
    }

    private static double[,,] Without(double[,,] y, int die, int order)
    {
        int[] dies = [.. Enumerable.Range(0, y.GetLength(0)).Where(i => i != die)];
        int[] orders = [.. Enumerable.Range(0, y.GetLength(1)).Where(j => j != order)];
        return Table(dies.Length, orders.Length, y.GetLength(2), (i, j, k) => y[dies[i], orders[j], k]);
    }

    private static double[,,] Normals(
        int dies,
        int orders,
        int repetitions,
        long seed,
        double silicon,
        double order,
        double interaction,
        double noise,
        double offset
    )
    {
        var draws = new AddressedDraws(1);
        double Draw(string name, int index) => draws.Normal(new RandomStream(name), seed, (uint)index);
        return Table(
            dies,
            orders,
            repetitions,
            (i, j, k) =>
                offset
                + silicon * Draw("test/silicon", i)
                + order * Draw("test/order", j)
                + interaction * Draw("test/interaction", i * orders + j)
                + noise * Draw("test/noise", (i * orders + j) * repetitions + k)
        );
    }

    private static double[,,] Table(int dies, int orders, int repetitions, Func<int, int, int, double> value)
    {
        var table = new double[dies, orders, repetitions];
        for (int die = 0; die < dies; die++)
        for (int order = 0; order < orders; order++)
        for (int k = 0; k < repetitions; k++)
            table[die, order, k] = value(die, order, k);
        return table;
    }
}
