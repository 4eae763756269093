using Xunit;
using YieldLab.Statistics.Designs;

namespace YieldLab.Tests.Statistics;

/// <summary>What a Latin hypercube promises, and that its orders and places are random.</summary>
public class DesignsLatinHypercubeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(4096)]
    public void Each_stratum_of_each_dimension_has_one_point(int count)
    {
        const int Randomisations = 3;
        var points = new LatinHypercube(5, 8, Randomisations, (long)Randomisations * count);
        for (int randomisation = 0; randomisation < Randomisations; randomisation++)
        for (int dimension = 0; dimension < points.Dimensions; dimension++)
        {
            var strata = Enumerable
                .Range(0, count)
                .Select(j => (int)(points.Coordinate(j * Randomisations + randomisation, dimension) * count));
            Assert.Equal(Enumerable.Range(0, count), strata.Order());
        }
    }

    // Pearson's statistic over the 6^3 outcomes of three orders of three points: of a dimension, of the next and of the next
    // randomisation. With 400 000 cases it finds pairs of orders that are preferred by 6 % of 1/36 (non-centrality 400 000 *
    // 0.06^2 / 36 * 6 = 240 if six pairs are, against a critical value 140 above the mean).
    [Fact]
    public void Orders_of_dimensions_and_randomisations_are_independent_and_uniform_by_chi_square()
    {
        const int Randomisations = 1000;
        int[] counts = new int[6 * 6 * 6];
        for (ulong seed = 0; seed < 800; seed++)
        {
            var points = new LatinHypercube(seed, 2, Randomisations, 3 * Randomisations);
            for (int r = 0; r < Randomisations; r += 2)
                counts[Order(points, r, 0) * 36 + Order(points, r, 1) * 6 + Order(points, r + 1, 0)]++;
        }
        DesignsChecks.AssertEven(counts);
    }

    // 20 000 places find a distribution function that is off by 0.02 anywhere.
    [Fact]
    public void Places_in_the_strata_are_uniform_and_independent_between_dimensions()
    {
        const int Count = 20_000;
        var points = new LatinHypercube(9, 2, 2, 2 * Count);
        double[] Places(int dimension) =>
            [.. Enumerable.Range(0, Count).Select(j => points.Coordinate(2 * j, dimension) * Count % 1)];
        DesignsChecks.AssertUniform(Places(0));
        DesignsChecks.AssertUniform(Places(1));
        DesignsChecks.AssertUncorrelated(Places(0), Places(1));
    }

    // One point a randomisation: its only stratum is the whole interval.
    [Fact]
    public void A_point_is_uniform_over_randomisations()
    {
        const int Count = 100_000;
        var alone = new LatinHypercube(3, 1, Count, Count);
        DesignsChecks.AssertUniform([.. Enumerable.Range(0, Count).Select(r => alone.Coordinate(r, 0))]);
        var five = new LatinHypercube(3, 1, Count / 5, Count);
        DesignsChecks.AssertUniform([.. Enumerable.Range(0, Count / 5).Select(r => five.Coordinate(r, 0))]);
    }

    [Fact]
    public void Points_do_not_depend_on_the_number_of_dimensions_but_on_that_of_dies()
    {
        double[] Coordinates(int dimensions, long dies)
        {
            var points = new LatinHypercube(4, dimensions, 2, dies);
            return [.. Enumerable.Range(0, 10).Select(die => points.Coordinate(die, 1))];
        }
        Assert.Equal(Coordinates(2, 100), Coordinates(7, 100));
        Assert.Empty(Coordinates(2, 100).Intersect(Coordinates(2, 102)));
        Assert.False(new LatinHypercube(4, 1, 2, 10).IsExtensible);
    }

    [Fact]
    public void Numbers_of_dies_that_make_no_hypercubes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new LatinHypercube(1, 1, 3, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LatinHypercube(1, 1, 3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LatinHypercube(1, 1, 2, LatinHypercube.MostDies + 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LatinHypercube(1, 1, 2, 10).Coordinate(10, 0));
    }

    // 0 to 5.
    private static int Order(LatinHypercube points, int randomisation, int dimension)
    {
        int[] strata =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(j => (int)(points.Coordinate(j * points.Randomisations + randomisation, dimension) * 3)),
        ];
        return strata[0] * 2 + (strata[1] > strata[2] ? 1 : 0);
    }
}
