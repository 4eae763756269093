using Xunit;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Statistics;

/// <summary>What a number drawn at an address is: the form of a uniform, and the same bits one by one or by eight dies.</summary>
public class AddressedDrawsTests
{
    private static readonly RandomStream Stream = new("silicon/test");

    private static readonly AddressedDraws Draws = new(20240607);

    // Below 2^32, on both sides of it, above it with a low half of zero, and the last one of all.
    private static readonly long[] Dies =
    [
        0,
        1,
        4294967295,
        4294967296,
        4294967297,
        1L << 40,
        123456789012345,
        long.MaxValue,
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1001)]
    public void Normals_of_eight_dies_have_the_bits_of_Normal_at_each_address(int count)
    {
        double[] normals = new double[count * AddressedDraws.Lanes];
        Draws.Normals(Stream, Dies, normals);
        for (int i = 0; i < normals.Length; i++)
        {
            var (index, lane) = Math.DivRem(i, AddressedDraws.Lanes);
            double expected = Draws.Normal(Stream, Dies[lane], (uint)index);
            Assert.True(
                BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(normals[i]),
                $"die {Dies[lane]}, index {index}: {normals[i]:R} where Normal gives {expected:R}"
            );
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4_000_000_000)]
    public void Normals_from_an_index_on_have_the_bits_of_Normal_at_each_address(uint first)
    {
        double[] normals = new double[5 * AddressedDraws.Lanes];
        Draws.Normals(Stream, Dies, normals, first);
        for (int i = 0; i < normals.Length; i++)
            Assert.Equal(Draws.Normal(Stream, Dies[i % 8], first + (uint)(i / 8)), normals[i]);
        Assert.Throws<ArgumentException>(() => Draws.Normals(Stream, Dies, normals, first + 1));
    }

    [Fact]
    public void Normals_of_repeated_dies_are_equal()
    {
        double[] normals = new double[3 * AddressedDraws.Lanes];
        Draws.Normals(Stream, [5, 5, 5, 5, 5, 5, 5, 5], normals);
        Assert.All(normals.Chunk(AddressedDraws.Lanes), row => Assert.Single(row.Distinct()));
    }

    [Theory]
    [InlineData(7, 8)]
    [InlineData(9, 8)]
    [InlineData(8, 12)]
    public void Normals_refuse_other_than_eight_dies_and_broken_rows(int dies, int numbers) =>
        Assert.Throws<ArgumentException>(() => Draws.Normals(Stream, new long[dies], new double[numbers]));

    // The form (2k + 1)/2^53 with k below 2^52 lies between 2^-53 and 1 - 2^-53: so every uniform is inside (0, 1),
    // also the rarest, which no test could wait for. All numbers here are exact, so the comparison is as well.
    [Fact]
    public void Uniform_is_the_top_52_bits_of_half_a_Philox_block_as_an_odd_multiple_of_2_to_the_minus_53()
    {
        foreach (long die in Dies)
            for (uint index = 0; index < 1000; index++)
            {
                double expected = Math.ScaleB(2 * TopBits(die, index) + 1, -53);
                double actual = Draws.Uniform(Stream, die, index);
                Assert.True(expected == actual, $"die {die}, index {index}: {actual:R} instead of {expected:R}");
            }
    }

    [Fact]
    public void Uniform_at_the_last_index_is_that_of_the_last_block() =>
        Assert.Equal(Math.ScaleB(2 * TopBits(3, uint.MaxValue) + 1, -53), Draws.Uniform(Stream, 3, uint.MaxValue));

    // Each of the four parts of an address, and each half of the long ones, must change the number. Two unrelated
    // uniforms are equal with probability 2^-52, so a false alarm over 1000 numbers has a probability below 1e-11.
    [Theory]
    [InlineData("seed, low half")]
    [InlineData("seed, high half")]
    [InlineData("stream")]
    [InlineData("die, low half")]
    [InlineData("die, high half")]
    [InlineData("index")]
    public void Another_address_gives_another_number(string part)
    {
        var seed = new AddressedDraws(Draws.Seed + (part == "seed, low half" ? 1UL : 0));
        seed = part == "seed, high half" ? new(Draws.Seed + (1UL << 32)) : seed;
        RandomStream stream = part == "stream" ? new("silicon/tesu") : Stream;
        long step = part switch
        {
            "die, low half" => 1,
            "die, high half" => 1L << 32,
            _ => 0,
        };
        uint shift = part == "index" ? 1u : 0;
        for (uint index = 0; index < 1000; index++)
            Assert.NotEqual(Draws.Uniform(Stream, 42, index), seed.Uniform(stream, 42 + step, index + shift));
    }

    private static double TopBits(long die, uint index)
    {
        var words = Philox4x32.Block((index / 2, (uint)(die & 0xFFFFFFFF), (uint)(die >> 32), Stream.Id), Draws.Seed);
        var (low, high) = index % 2 == 0 ? (words.X0, words.X1) : (words.X2, words.X3);
        return (((ulong)high << 32) + low) / 4096;
    }
}
