using Xunit;
using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Statistics;

/// <summary>Draws of which some streams come from other dies or stand at their centre, bit for bit.</summary>
public class DesignsMovedDrawsTests
{
    private const ulong Seed = 77;
    private const long Offset = 1L << 40;
    private static readonly RandomStream First = new("silicon/first");
    private static readonly RandomStream Second = new("silicon/second");
    private static readonly RandomStream Third = new("silicon/third");
    private static readonly AddressedDraws Plain = new(Seed);
    private static readonly long[] Dies = [0, 1, 2, 3, 3, 700, 800, 900];
    private static readonly DieDraws Moved = new DieDraws(Seed).Moved([First, Third], Offset);
    private static readonly DieDraws Centred = new DieDraws(Seed).Centred([First, Third]);

    [Theory]
    [InlineData("silicon/first", Offset)]
    [InlineData("silicon/second", 0)]
    [InlineData("silicon/third", Offset)]
    public void Moved_streams_have_the_draws_of_the_other_die_and_all_others_their_own(string name, long offset)
    {
        RandomStream stream = new(name);
        foreach (long die in Dies)
        {
            Assert.Equal(Plain.Uniform(stream, die + offset, 5), Moved.Uniform(stream, die, 5));
            Assert.Equal(Plain.Normal(stream, die + offset, 5), Moved.Normal(stream, die, 5));
        }
        Assert.Equal(Normals(Plain, stream, [.. Dies.Select(die => die + offset)]), Normals(Moved, stream, Dies));
        Assert.Equal(offset != 0, Moved.IsMoved(stream));
        Assert.False(Moved.IsCentred(stream));
    }

    [Fact]
    public void Centred_streams_have_the_median_and_all_others_their_own()
    {
        Assert.Equal(0.5, Centred.Uniform(First, 3, 5));
        Assert.Equal(0, Centred.Normal(First, 3, 5));
        Assert.All(Normals(Centred, Third, Dies), z => Assert.Equal(0, z));
        Assert.True(Centred.IsCentred(First) && !Centred.IsCentred(Second));
        Assert.Equal(Plain.Uniform(Second, 3, 5), Centred.Uniform(Second, 3, 5));
        Assert.Equal(Normals(Plain, Second, Dies), Normals(Centred, Second, Dies));
    }

    // Points of a set belong to dies together; a die cannot have those of another.
    [Fact]
    public void Moved_and_centred_draws_are_those_of_independent_dies()
    {
        var designed = new DieDraws(Seed, new SobolPoints(Seed, 2, 2), [new(First, 0), new(Second, 0)]);
        foreach (DieDraws draws in new[] { designed.Moved([First], 1), designed.Centred([First]) })
        {
            Assert.Null(draws.Points);
            Assert.Equal(Plain.Uniform(Second, 3, 0), draws.Uniform(Second, 3, 0));
            Assert.Equal(Plain.Uniform(First, 3, 0), draws.Plain.Uniform(First, 3, 0));
        }
        Assert.Equal(Plain.Uniform(First, 4, 0), designed.Moved([First], 1).Uniform(First, 3, 0));
    }

    private static double[] Normals(DieDraws draws, RandomStream stream, long[] dies)
    {
        double[] normals = new double[7 * 8];
        draws.Normals(stream, dies, normals);
        return normals;
    }
}
