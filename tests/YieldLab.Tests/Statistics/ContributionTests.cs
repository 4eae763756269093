using MathNet.Numerics.LinearRegression;
using Xunit;
using YieldLab.Statistics.Random;
using YieldLab.Statistics.Sensitivity;

namespace YieldLab.Tests.Statistics;

/// <summary>Shares of variance of functions whose shares are known.</summary>
public class ContributionTests
{
    private static readonly AddressedDraws Draws = new(20261124);
    private static readonly RandomStream Stream = new("silicon/contribution-test");
    private static readonly RandomStream Inputs = new("silicon/contribution-test-inputs");

    // y = sum of a_j z_j, more draws than rows: all of the variance is linear, whatever the coefficients.
    [Theory]
    [InlineData(100, 50)]
    [InlineData(100, 400)]
    [InlineData(1000, 60)]
    public void Linear_function_of_more_draws_than_rows_is_all_linear(int rows, int draws)
    {
        double[][] z = Normals(Stream, rows, draws);
        double[] y = [.. z.Select(row => row.Select((value, j) => value / (1 + j % 7)).Sum())];
        Contribution share = DrawEnergy.Of(z, y);
        // Five standard errors: false alarm 6e-7. Of 400 draws and 100 rows the error is about 0.3.
        Assert.InRange(share.Share, 1 - 5 * share.Error, 1 + 5 * share.Error);
        Assert.InRange(share.Error, 0.2 * Math.Sqrt(2.0 * draws) / rows, 3 * Math.Sqrt(2.0 * draws) / rows + 0.1);
    }

    // (sum of a_j z_j)^2 has a Hermite expansion of degree two alone: variance 2 (sum of a_j^2)^2.
    [Fact]
    public void Square_of_a_sum_is_all_quadratic_and_not_linear()
    {
        double[][] z = Normals(Stream, 1500, 12);
        double[] y = [.. z.Select(row => row.Sum() * row.Sum())];
        Contribution pairs = PairEnergy.Of(z, y);
        Contribution linear = DrawEnergy.Of(z, y);
        Assert.InRange(pairs.Share, 1 - 5 * pairs.Error, 1 + 5 * pairs.Error);
        Assert.InRange(linear.Share, -5 * linear.Error, 5 * linear.Error);
        Assert.True(pairs.Error < 0.25, $"{pairs.Error}");
    }

    // The kernel of pairs against the sum over all Hermite products, written out.
    [Fact]
    public void Pair_energy_is_the_mean_over_pairs_of_all_products_of_two_draws()
    {
        const int rows = 60;
        double[][] z = Normals(Stream, rows, 9);
        double[] y = [.. z.Select(row => row[0] * row[1] + row[2])];
        double mean = y.Average();
        double variance = y.Sum(value => (value - mean) * (value - mean)) / (rows - 1);
        double sum = 0;
        for (int i = 0; i < rows; i++)
        for (int k = 0; k < rows; k++)
            if (i != k)
                sum += Products(z[i]).Zip(Products(z[k]), (a, b) => a * b).Sum() * (y[i] - mean) * (y[k] - mean);
        // The mean that is taken off takes a part 1/n of each coefficient with it.
        double expected = sum / (rows * (rows - 1.0)) / variance * Square(rows / (rows - 1.0));
        Assert.Equal(expected, PairEnergy.Of(z, y).Share, 1e-10 * Math.Abs(expected));
    }

    [Fact]
    public void Linear_energy_is_the_mean_over_pairs_written_out()
    {
        const int rows = 60;
        double[][] z = Normals(Stream, rows, 9);
        double[] y = [.. z.Select(row => row[0] + row[3] * row[3])];
        double mean = y.Average();
        double variance = y.Sum(value => (value - mean) * (value - mean)) / (rows - 1);
        double sum = 0;
        for (int i = 0; i < rows; i++)
        for (int k = 0; k < rows; k++)
            if (i != k)
                sum += z[i].Zip(z[k], (a, b) => a * b).Sum() * (y[i] - mean) * (y[k] - mean);
        // The mean that is taken off takes a part 1/n of each coefficient with it.
        double expected = sum / (rows * (rows - 1.0)) / variance * Square(rows / (rows - 1.0));
        Assert.Equal(expected, DrawEnergy.Of(z, y).Share, 1e-10 * Math.Abs(expected));
    }

    // The average of what an input adds to the adjusted R^2 over all orders of entry, each R^2 by another library's QR.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Shares_of_correlated_inputs_are_the_mean_gain_over_all_orders(int degree)
    {
        const int rows = 200;
        double[][] inputs = CorrelatedInputs(rows);
        double[] y =
        [
            .. Enumerable
                .Range(0, rows)
                .Select(i =>
                    inputs[0][i] + 0.5 * inputs[1][i] * inputs[1][i] + inputs[2][i] + Draws.Normal(Stream, i, 77)
                ),
        ];
        double[] shares = [.. SharedInputs.Of(inputs, y, degree, new RowBlocks(rows)).Shares];
        int[][] orders =
        [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
        ];
        for (int input = 0; input < 3; input++)
        {
            double expected = orders.Average(order =>
            {
                int place = Array.IndexOf(order, input);
                return RSquared(inputs, order[..(place + 1)], y, degree) - RSquared(inputs, order[..place], y, degree);
            });
            Assert.Equal(expected, shares[input], 1e-9);
        }
    }

    [Fact]
    public void Term_that_others_give_already_is_left_out()
    {
        const int rows = 60;
        double[] twoValues = [.. Enumerable.Range(0, rows).Select(i => i % 2 == 0 ? -40.0 : 85)];
        double[] y = [.. twoValues.Select((value, i) => value + i % 5)];
        SharedInputs linear = SharedInputs.Of([twoValues], y, 1, new RowBlocks(rows));
        SharedInputs quadratic = SharedInputs.Of([twoValues], y, 2, new RowBlocks(rows));
        Assert.Equal(linear.Shares[0], quadratic.Shares[0], 1e-12);
    }

    // y = x + z1 + ... + z4, each of variance 1: a fifth each.
    [Fact]
    public void Linear_output_is_split_by_the_linear_model()
    {
        var (x, z) = (Normals(Inputs, 2000, 1), Normals(Stream, 2000, 40));
        double[] y = [.. x.Zip(z, (input, row) => input[0] + row[0] + row[1] + row[2] + row[10])];
        Contributions found = Split(x, z, [3, 37], y);
        Assert.Equal(ContributionModel.Linear, found.Model);
        Near(0.2, found.Inputs[0]);
        Near(0.6, found.Groups[0]);
        Near(0.2, found.Groups[1]);
        Near(1, found.RSquared);
    }

    [Fact]
    public void Quadratic_output_is_split_by_the_quadratic_model()
    {
        var (x, z) = (Normals(Inputs, 2000, 1), Normals(Stream, 2000, 20));
        // Variances 2, 1, 1.
        double[] y = [.. x.Zip(z, (input, row) => input[0] * input[0] + row[0] * row[1] + row[5] * row[6])];
        Contributions found = Split(x, z, [5, 15], y);
        Assert.Equal(ContributionModel.Quadratic, found.Model);
        Near(0.5, found.Inputs[0]);
        Near(0.25, found.Groups[0]);
        Near(0.25, found.Groups[1]);
        Assert.Equal(2, found.Tried.Count);
        Assert.InRange(found.Tried[0].RSquared.Share, -0.2, 0.2);
    }

    // The ranks of exp(3 s) are those of s, of which a half is each part; of exp(3 s) itself hardly anything is linear.
    [Fact]
    public void Monotone_output_far_from_a_polynomial_is_split_by_its_ranks()
    {
        var (x, z) = (Normals(Inputs, 2000, 1), Normals(Stream, 2000, 4));
        double[] y = [.. x.Zip(z, (input, row) => Math.Exp(3 * (input[0] + row[0])))];
        Contributions found = Split(x, z, [4], y);
        Assert.Equal(ContributionModel.Ranks, found.Model);
        Near(0.5, found.Inputs[0]);
        Near(0.5, found.Groups[0]);
    }

    [Fact]
    public void Rows_that_never_get_there_are_split_by_ranks_and_rows_without_a_value_are_left_out()
    {
        var (x, z) = (Normals(Inputs, 1000, 1), Normals(Stream, 1000, 2));
        double[] y =
        [
            .. x.Select(
                (input, i) =>
                    i % 10 == 0 ? double.NaN
                    : input[0] > 1 ? double.PositiveInfinity
                    : input[0]
            ),
        ];
        Contributions found = Split(x, z, [2], y);
        Assert.Equal(ContributionModel.Ranks, found.Model);
        Assert.InRange(found.Inputs[0].Share, 0.8, 1);
        Near(0, found.Groups[0]);
    }

    [Fact]
    public void Output_without_variance_has_no_shares()
    {
        var (x, z) = (Normals(Inputs, 100, 1), Normals(Stream, 100, 2));
        Assert.Null(Contributions.Of(Columns(x), [2], Source(z, [2]), [new double[100]])[0]);
    }

    [Fact]
    public void Shares_are_the_same_for_any_number_of_threads()
    {
        var (x, z) = (Normals(Inputs, 300, 2), Normals(Stream, 300, 12));
        double[] y = [.. z.Select(row => row[0] * row[1])];
        Contributions One(int threads) =>
            Contributions.Of(Columns(x), [4, 4, 4], Source(z, [4, 4, 4]), [y], 0.95, threads)[0]!;
        Assert.Equal(One(1).Groups, One(3).Groups);
        Assert.Equal(One(1).RSquared, One(3).RSquared);
    }

    [Fact]
    public void Normal_scores_share_the_mean_rank_of_equal_values()
    {
        double[] scores = NormalScores.Of([3, double.NaN, 1, 3, double.PositiveInfinity]);
        double Quantile(double p) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, p);
        Assert.True(double.IsNaN(scores[1]));
        Assert.Equal(Quantile(0.5 / 4), scores[2], 1e-12);
        Assert.Equal(Quantile(2.0 / 4), scores[0], 1e-12);
        Assert.Equal(scores[0], scores[3]);
        Assert.Equal(Quantile(3.5 / 4), scores[4], 1e-12);
    }

    private static Contributions Split(double[][] x, double[][] z, int[] groups, double[] y) =>
        Contributions.Of(Columns(x), groups, Source(z, groups), [y])[0]!;

    // Five standard errors: false alarm 6e-7.
    private static void Near(double expected, Contribution found)
    {
        Assert.InRange(found.Share, expected - 5 * found.Error, expected + 5 * found.Error);
        Assert.InRange(found.Error, 0, 0.15);
    }

    private static DrawSource Source(double[][] z, int[] groups) =>
        (group, first, rows) =>
        {
            int start = groups[..group].Sum();
            return [.. z.Skip(first).Take(rows).Select(row => row[start..(start + groups[group])])];
        };

    private static double[][] Columns(double[][] rows) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(j => rows.Select(row => row[j]).ToArray())];

    private static double[][] Normals(RandomStream stream, int rows, int count) =>
        [
            .. Enumerable
                .Range(0, rows)
                .Select(row => Enumerable.Range(0, count).Select(j => Draws.Normal(stream, row, (uint)j)).ToArray()),
        ];

    private static IEnumerable<double> Products(double[] z) =>
        Enumerable
            .Range(0, z.Length)
            .SelectMany(j =>
                Enumerable.Range(j, z.Length - j).Select(k => j == k ? (z[j] * z[j] - 1) / Math.Sqrt(2) : z[j] * z[k])
            );

    private static double[][] CorrelatedInputs(int rows)
    {
        double[][] z = Columns(Normals(Inputs, rows, 3));
        double[] mixed = [.. z[0].Zip(z[1], (a, b) => 100 + 0.8 * a + 0.6 * b)];
        return [z[0], mixed, z[2]];
    }

    private static double RSquared(double[][] inputs, int[] subset, double[] y, int degree)
    {
        double[] Terms(int row)
        {
            double[] x = [.. subset.Select(input => inputs[input][row])];
            return [.. x, .. degree == 1 ? [] : x.SelectMany((value, i) => x.Skip(i).Select(other => value * other))];
        }
        if (subset.Length == 0)
            return 0;
        double[][] terms = [.. Enumerable.Range(0, y.Length).Select(Terms)];
        double[] fit = MultipleRegression.QR(terms, y, intercept: true);
        double left = terms
            .Zip(y, (row, value) => Square(value - fit[0] - row.Zip(fit[1..], (a, b) => a * b).Sum()))
            .Sum();
        double mean = y.Average();
        return 1 - left / (y.Length - 1 - terms[0].Length) / (y.Sum(value => Square(value - mean)) / (y.Length - 1));
    }

    private static double Square(double x) => x * x;
}
