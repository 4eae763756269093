using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Designs;

/// <summary>
/// Randomisations of the <see cref="SobolSequence"/> by nested uniform scrambling (A. B. Owen, "Randomly permuted
/// (t,m,s)-nets and (t,s)-sequences", 1995): each bit of a coordinate is flipped or not by a random bit that belongs to the
/// bits before it, so that nets stay nets. The variance of the mean of a smooth function falls as n^-3 log^(s-1) n with the
/// points of a randomisation, and for no function with a finite variance is it more than a fixed multiple of that of
/// independent points. Best where n is a power of 2.
/// </summary>
/// <remarks>A point does not depend on how many dies or dimensions there are.</remarks>
/// <param name="seed">Names the whole experiment.</param>
/// <param name="dimensions">1 to <see cref="SobolSequence.MostDimensions"/>.</param>
/// <param name="randomisations">Independent scramblings.</param>
public sealed class SobolPoints(ulong seed, int dimensions, int randomisations)
    : PointSet(AtMost(dimensions, SobolSequence.MostDimensions), randomisations)
{
    /// <summary>Points of a randomisation.</summary>
    public const long MostPoints = 1L << SobolSequence.Bits;

    // A block of Philox has 128 bits, enough for the 127 nodes of seven levels.
    private const int LevelsPerBlock = 7;

    private static readonly RandomStream FlipStream = new("silicon/design/sobol/flips");
    private static readonly RandomStream TailStream = new("silicon/design/sobol/tail");

    private readonly AddressedDraws _draws = new(seed);

    public override long Dies => Randomisations * MostPoints;

    public override bool IsExtensible => true;

    // No two points agree in all 32 bits of a coordinate: what follows these is independent from point to point.
    private protected override ulong Bits(long die, int dimension)
    {
        var (point, randomisation) = Math.DivRem(die, Randomisations);
        uint scrambled = Scramble(
            SobolSequence.Coordinate((uint)point, dimension),
            (uint)randomisation,
            (uint)dimension
        );
        uint tail = (uint)(_draws.Bits(TailStream, die, (uint)dimension) >> 32);
        return ((ulong)scrambled << 32) | tail;
    }

    private uint Scramble(uint bits, uint randomisation, uint dimension)
    {
        uint flips = 0;
        for (int level = 0; level < SobolSequence.Bits; level += LevelsPerBlock)
        {
            uint prefix = (uint)((ulong)bits >> (SobolSequence.Bits - level));
            // A counter of its own for each randomisation, dimension, level and prefix.
            var block = Philox4x32.Block(
                (prefix, (uint)level | (dimension << 8), randomisation, FlipStream.Id),
                _draws.Seed
            );
            flips |= Flips(block, bits << level) >> level;
        }
        return bits ^ flips;
    }

    // The flips of the seven bits on top. The node of a bit has the number 1 and the bits before it in binary, 1 to 127.
    private static uint Flips((uint X0, uint X1, uint X2, uint X3) block, uint bits)
    {
        UInt128 nodes = new(block.X2 | ((ulong)block.X3 << 32), block.X0 | ((ulong)block.X1 << 32));
        uint flips = 0;
        for (int i = 0; i < LevelsPerBlock; i++)
        {
            int node = (1 << i) | (int)((ulong)bits >> (32 - i));
            flips |= ((uint)(nodes >> node) & 1) << (31 - i);
        }
        return flips;
    }

    private static int AtMost(int value, int most)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, nameof(dimensions));
        return value;
    }
}
