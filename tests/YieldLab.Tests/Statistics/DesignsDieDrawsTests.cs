using Xunit;
using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Statistics;

/// <summary>Draws with and without a point set, bit for bit.</summary>
public class DesignsDieDrawsTests
{
    private const ulong Seed = 77;
    private static readonly RandomStream First = new("silicon/first");
    private static readonly RandomStream Second = new("silicon/second");
    private static readonly AddressedDraws Plain = new(Seed);
    private static readonly long[] Dies = [0, 1, 2, 3, 3, 700, 800, 900];

    // Indices out of order, and one beyond what is drawn at once below.
    private static readonly DrawAddress[] Addresses = [new(First, 3), new(Second, 0), new(First, 0), new(First, 100)];
    private static readonly SobolPoints Points = new(Seed, 5, 16);

    [Fact]
    public void Without_points_all_draws_are_the_plain_ones()
    {
        var draws = new DieDraws(Seed);
        DieDraws converted = Plain;
        Assert.Null(draws.Points);
        Assert.Same(draws, draws.Plain);
        foreach (DieDraws same in new[] { draws, converted, new DieDraws(Seed, Points, Addresses).Plain })
        {
            Assert.Equal(Seed, same.Seed);
            Assert.Equal(Plain.Uniform(First, 5, 3), same.Uniform(First, 5, 3));
            Assert.Equal(Plain.Normal(First, 5, 3), same.Normal(First, 5, 3));
            Assert.Equal(PlainNormals(First, 5), Normals(same, First, 5));
        }
    }

    [Theory]
    [InlineData("silicon/first", 3, 0)]
    [InlineData("silicon/second", 0, 1)]
    [InlineData("silicon/first", 0, 2)]
    [InlineData("silicon/first", 100, 3)]
    public void At_a_designed_address_stands_the_coordinate_of_its_dimension(string stream, uint index, int dimension)
    {
        var draws = new DieDraws(Seed, Points, Addresses);
        Assert.True(draws.IsDesigned(new(stream), index));
        foreach (long die in Dies)
        {
            Assert.Equal(Points.Coordinate(die, dimension), draws.Uniform(new(stream), die, index));
            Assert.Equal(NormalQuantile.At(Points.Coordinate(die, dimension)), draws.Normal(new(stream), die, index));
        }
    }

    [Theory]
    [InlineData("silicon/first", 1)]
    [InlineData("silicon/first", 101)]
    [InlineData("silicon/second", 3)]
    [InlineData("silicon/third", 0)]
    public void At_every_other_address_stands_the_plain_draw(string stream, uint index)
    {
        var draws = new DieDraws(Seed, Points, Addresses);
        Assert.False(draws.IsDesigned(new(stream), index));
        foreach (long die in Dies)
        {
            Assert.Equal(Plain.Uniform(new(stream), die, index), draws.Uniform(new(stream), die, index));
            Assert.Equal(Plain.Normal(new(stream), die, index), draws.Normal(new(stream), die, index));
        }
    }

    [Theory]
    [InlineData("silicon/first", 6)]
    [InlineData("silicon/first", 3)]
    [InlineData("silicon/second", 1)]
    [InlineData("silicon/third", 4)]
    public void Normals_of_eight_dies_have_the_bits_of_Normal_at_each_address(string stream, int count)
    {
        var draws = new DieDraws(Seed, Points, Addresses);
        double[] normals = Normals(draws, new(stream), count);
        for (int i = 0; i < normals.Length; i++)
            Assert.Equal(draws.Normal(new(stream), Dies[i % 8], (uint)(i / 8)), normals[i]);
    }

    [Fact]
    public void Addresses_that_points_cannot_stand_for_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new DieDraws(Seed, Points, [new(First, 1), new(First, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DieDraws(Seed, new SobolPoints(1, 3, 2), Addresses));
    }

    private static double[] Normals(DieDraws draws, RandomStream stream, int count)
    {
        double[] normals = new double[count * 8];
        draws.Normals(stream, Dies, normals);
        return normals;
    }

    private static double[] PlainNormals(RandomStream stream, int count)
    {
        double[] normals = new double[count * 8];
        Plain.Normals(stream, Dies, normals);
        return normals;
    }
}
