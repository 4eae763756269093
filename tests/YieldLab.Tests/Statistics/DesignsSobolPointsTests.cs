using System.Numerics;
using Xunit;
using YieldLab.Statistics.Designs;

namespace YieldLab.Tests.Statistics;

/// <summary>What nested uniform scrambling keeps of the sequence, and what it makes random.</summary>
public class DesignsSobolPointsTests
{
    private const int Randomisations = 3;
    private static readonly SobolPoints Points = new(20240801, SobolSequence.MostDimensions, Randomisations);

    // Blocks of 2^m points from a multiple of 2^m on: the first, and later ones.
    [Theory]
    [InlineData(0, 7)]
    [InlineData(1, 0)]
    [InlineData(5, 3)]
    [InlineData(8, 0)]
    [InlineData(8, 1_000_001)]
    public void Block_of_2_to_the_m_points_has_one_in_every_interval_of_each_dimension(int m, long block)
    {
        for (int randomisation = 0; randomisation < Randomisations; randomisation++)
        for (int dimension = 0; dimension < Points.Dimensions; dimension++)
        {
            var intervals = Block(m, block).Select(j => (int)(At(j, randomisation, dimension) * (1 << m)));
            Assert.Equal(1 << m, intervals.Distinct().Count());
        }
    }

    // The first two dimensions are a (0, 2)-sequence in base 2: every box of 2^-a by 2^-(m-a) has one point.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(10, 0)]
    [InlineData(10, 123)]
    public void Block_of_2_to_the_m_points_is_a_net_in_the_first_two_dimensions(int m, long block)
    {
        for (int randomisation = 0; randomisation < Randomisations; randomisation++)
        {
            var points = Block(m, block)
                .Select(j => (X: At(j, randomisation, 0), Y: At(j, randomisation, 1)))
                .ToArray();
            for (int a = 0; a <= m; a++)
            {
                var boxes = points.Select(p => ((int)(p.X * (1 << a)), (int)(p.Y * (1 << (m - a)))));
                Assert.Equal(1 << m, boxes.Distinct().Count());
            }
        }
    }

    // Flips depend on the bits before them: two points part at the same bit as before.
    [Fact]
    public void Scrambled_points_share_as_many_leading_bits_as_those_of_the_sequence()
    {
        uint[] points = [.. Enumerable.Range(0, 100).Select(i => (uint)i), 1 << 20, (1 << 20) + 1, uint.MaxValue];
        foreach (int dimension in new[] { 0, 1, 2, 17, 255 })
        {
            uint[] before = [.. points.Select(j => SobolSequence.Coordinate(j, dimension))];
            uint[] after = [.. points.Select(j => (uint)(At(j, 1, dimension) * 4294967296.0))];
            for (int a = 0; a < points.Length; a++)
            for (int b = 0; b < a; b++)
                Assert.Equal(
                    BitOperations.LeadingZeroCount(before[a] ^ before[b]),
                    BitOperations.LeadingZeroCount(after[a] ^ after[b])
                );
        }
    }

    // Pearson's statistic over the 2^9 outcomes of nine flips: of a node, its two children, nodes in other blocks of
    // Philox below it (seven levels a block), of the next dimension, the next randomisation and the next seed. With 200 000
    // cases a cell has 391; a dependence that moves the outcomes of two flips by 4 % of 1/4 is found (non-centrality
    // 200 000 * 0.04^2 = 320, against a critical value 200 above the mean).
    [Fact]
    public void Flips_are_independent_fair_coins_by_chi_square()
    {
        const int Scramblings = 1000;
        int[] counts = new int[1 << 9];
        for (ulong seed = 0; seed < 400; seed++)
        {
            var points = new SobolPoints(2 * seed, 2, Scramblings);
            var next = new SobolPoints(2 * seed + 1, 1, Scramblings);
            for (int r = 0; r < Scramblings; r += 2)
            {
                ulong first = Bits(points, r, 0);
                counts[
                    Bit(first, 0)
                        | (Bit(first, 1) << 1)
                        | (Bit(Bits(points, r + Scramblings, 0), 1) << 2)
                        | (Bit(first, 7) << 3)
                        | (Bit(first, 28) << 4)
                        | (Bit(first, 31) << 5)
                        | (Bit(Bits(points, r, 1), 0) << 6)
                        | (Bit(Bits(points, r + 1, 0), 0) << 7)
                        | (Bit(Bits(next, r, 0), 0) << 8)
                ]++;
            }
        }
        DesignsChecks.AssertEven(counts);
    }

    // Kolmogorov's test of 64 000 numbers finds a distribution function that is off by 0.0115 anywhere.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 1)]
    [InlineData(1_000_003, 3)]
    public void A_point_is_uniform_over_randomisations_and_seeds(long point, int dimension) =>
        DesignsChecks.AssertUniform([
            .. Enumerable
                .Range(0, 64)
                .SelectMany(seed =>
                {
                    var points = new SobolPoints((ulong)seed, 4, 1000);
                    return Enumerable
                        .Range(0, 1000)
                        .Select(r => points.Coordinate(point * 1000 + r, dimension))
                        .ToArray();
                }),
        ]);

    [Fact]
    public void What_follows_the_bits_of_the_sequence_is_uniform_and_differs_between_dimensions()
    {
        double[] first = [.. Enumerable.Range(0, 20_000).Select(j => Tail(j, 0))];
        double[] second = [.. Enumerable.Range(0, 20_000).Select(j => Tail(j, 1))];
        DesignsChecks.AssertUniform(first);
        DesignsChecks.AssertUniform(second);
        DesignsChecks.AssertUncorrelated(first, second);
    }

    // 0.0085 for 400 000 pairs.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    public void Same_point_in_other_randomisations_or_dimensions_is_uncorrelated(int randomisations, int dimensions)
    {
        var a = new List<double>();
        var b = new List<double>();
        for (ulong seed = 0; seed < 400; seed++)
        {
            var points = new SobolPoints(seed, 3, 1002);
            for (int r = 0; r < 1000; r++)
            {
                a.Add(points.Coordinate(9 * 1002 + r, 0));
                b.Add(points.Coordinate(9 * 1002 + r + randomisations, dimensions));
            }
        }
        DesignsChecks.AssertUncorrelated([.. a], [.. b]);
    }

    [Fact]
    public void Fewer_dimensions_have_the_same_points()
    {
        var fewer = new SobolPoints(20240801, 3, Randomisations);
        Assert.Equal(
            Enumerable.Range(0, 50).Select(die => Points.Coordinate(die, 2)),
            Enumerable.Range(0, 50).Select(die => fewer.Coordinate(die, 2))
        );
    }

    [Fact]
    public void Points_beyond_the_sequence_are_refused()
    {
        Assert.Equal(3L << 32, Points.Dies);
        Assert.InRange(Points.Coordinate(Points.Dies - 1, 255), 0, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => Points.Coordinate(Points.Dies, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Points.Coordinate(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Points.Coordinate(0, 256));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SobolPoints(1, 257, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SobolPoints(1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SobolPoints(1, 1, 0));
    }

    private static IEnumerable<long> Block(int m, long block) =>
        Enumerable.Range(0, 1 << m).Select(i => (block << m) + i);

    private static double At(long point, int randomisation, int dimension) =>
        Points.Coordinate(point * Randomisations + randomisation, dimension);

    private static double Tail(long point, int dimension) => At(point, 0, dimension) * 4294967296.0 % 1;

    private static ulong Bits(PointSet points, long die, int dimension) =>
        (ulong)(points.Coordinate(die, dimension) * 4294967296.0);

    private static int Bit(ulong bits, int level) => (int)(bits >> (31 - level)) & 1;
}
