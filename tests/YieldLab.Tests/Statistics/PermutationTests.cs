using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Statistics;

public class PermutationTests
{
    private static readonly AddressedDraws Draws = new(31415926);
    private static readonly RandomStream Stream = new("algorithm/test");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1797)]
    public void Permutation_holds_every_item_once(int count)
    {
        int[] order = Draws.Permutation(Stream, 7, count);
        Array.Sort(order);
        Assert.Equal(Enumerable.Range(0, count), order);
    }

    [Fact]
    public void Permutation_of_the_same_number_is_the_same_and_of_the_next_number_another()
    {
        Assert.Equal(Draws.Permutation(Stream, 7, 100), Draws.Permutation(Stream, 7, 100));
        // Two unrelated orders of 100 items are equal with probability 1/100!, below 1e-157.
        Assert.NotEqual(Draws.Permutation(Stream, 7, 100), Draws.Permutation(Stream, 8, 100));
    }

    // Pearson's statistic over the 24 orders of four items is nearly chi-square with 23 degrees of freedom. The critical
    // value has a false-alarm probability of 1e-7. With 240 000 orders it catches an order whose share is off by 8 % of
    // 1/24 (non-centrality 240000/24 * 0.08^2 = 64); the classic off-by-one in Fisher-Yates reaches none of the orders
    // that leave an item in place.
    [Fact]
    public void All_24_orders_of_four_items_are_equally_frequent_by_chi_square()
    {
        const int Numbers = 240_000;
        var counts = new Dictionary<string, int>();
        for (int number = 0; number < Numbers; number++)
        {
            string order = string.Concat(Draws.Permutation(Stream, number, 4));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        double expected = Numbers / 24.0;
        double statistic = counts.Values.Sum(count => (count - expected) * (count - expected) / expected);
        statistic += (24 - counts.Count) * expected;
        AssertChiSquare(statistic, 23);
    }

    // Counts of item by position: each row and each column sums to the number of orders, which leaves (n-1)^2 degrees of
    // freedom, and Pearson's sum times (n-1)/n is nearly chi-square with that many. False-alarm probability 1e-7. With
    // 20 000 orders of 50 items it catches an item that one position favours by 45 % (400 expected, 20 their deviation).
    [Fact]
    public void Positions_of_fifty_items_are_uniform_by_chi_square()
    {
        const int Numbers = 20_000;
        const int Items = 50;
        var counts = new int[Items, Items];
        for (int number = 0; number < Numbers; number++)
        {
            int[] order = Draws.Permutation(Stream, number, Items);
            for (int position = 0; position < Items; position++)
                counts[order[position], position]++;
        }
        double expected = (double)Numbers / Items;
        double sum = counts.Cast<int>().Sum(count => (count - expected) * (count - expected) / expected);
        AssertChiSquare(sum * (Items - 1) / Items, (Items - 1) * (Items - 1));
    }

    private static void AssertChiSquare(double statistic, int freedom)
    {
        double critical = ChiSquared.InvCDF(freedom, 1 - 1e-7);
        Assert.True(
            statistic < critical,
            $"chi-square {statistic:g5} at {freedom} degrees of freedom, critical value {critical:g5}"
        );
        // Too even is as wrong as too uneven: it would mean that the draws depend on each other.
        double least = ChiSquared.InvCDF(freedom, 1e-7);
        Assert.True(statistic > least, $"chi-square {statistic:g5} is below {least:g5}: the counts are too even");
    }
}
