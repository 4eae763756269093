using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YieldLab.Statistics.Random;

/// <summary>
/// Random numbers as a pure function of an address: (seed; stream, die, index). No generator has a state, so any
/// number can be drawn alone, in any order, on any thread. The Philox counter is (index/2, die low, die high, stream),
/// its key the seed; a block gives the numbers of two consecutive indices.
/// </summary>
/// <param name="seed">Names the whole experiment.</param>
public readonly struct AddressedDraws(ulong seed)
{
    /// <summary>Dies that <see cref="Normals"/> draws for at once.</summary>
    public const int Lanes = 8;

    public ulong Seed { get; } = seed;

    /// <summary>Uniform on the open interval (0, 1): (2k + 1)/2^53 with k from 52 random bits.</summary>
    public double Uniform(RandomStream stream, long die, uint index) => ToUnit(Bits(stream, die, index));

    /// <summary>64 random bits; the upper 52 make <see cref="Uniform"/>.</summary>
    internal ulong Bits(RandomStream stream, long die, uint index)
    {
        var words = Philox4x32.Block((index >> 1, (uint)die, (uint)((ulong)die >> 32), stream.Id), Seed);
        return (index & 1) == 0 ? words.X0 | ((ulong)words.X1 << 32) : words.X2 | ((ulong)words.X3 << 32);
    }

    /// <summary>The uniform (2k + 1)/2^53 whose k is the upper 52 of 64 bits.</summary>
    internal static double ToUnit(ulong bits) =>
        BitConverter.UInt64BitsToDouble((bits >> 12) | 0x3FF0000000000000) - (1.0 - 1.0 / (1UL << 53));

    /// <summary>Standard normal: the quantile of <see cref="Uniform"/> at the same address.</summary>
    public double Normal(RandomStream stream, long die, uint index) => NormalQuantile.At(Uniform(stream, die, index));

    /// <summary>
    /// Standard normals of consecutive indices for eight dies, laid out [index][die]. Bit for bit those of
    /// <see cref="Normal"/>.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="dies">Eight die indices.</param>
    /// <param name="destination">A multiple of eight numbers.</param>
    /// <param name="first">The first index; even.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Normals(RandomStream stream, ReadOnlySpan<long> dies, Span<double> destination, uint first = 0)
    {
        if (dies.Length != Lanes || destination.Length % Lanes != 0)
            throw new ArgumentException("Normals are drawn for eight dies at once.");
        if (first % 2 != 0)
            throw new ArgumentException("Normals are drawn from an even index on.");
        Vector512<ulong> die = Vector512.Create(dies).AsUInt64();
        int count = destination.Length / Lanes;
        for (int i = 0; i < count; i += 2)
        {
            Vector512<ulong> x0 = Vector512.Create((first + (ulong)i) >> 1);
            Vector512<ulong> x1 = die;
            Vector512<ulong> x2 = die >>> 32;
            Vector512<ulong> x3 = Vector512.Create((ulong)stream.Id);
            Philox4x32.Block8(ref x0, ref x1, ref x2, ref x3, Seed);
            NormalQuantile.At(ToUnit(x0, x1)).CopyTo(destination.Slice(i * Lanes, Lanes));
            if (i + 1 < count)
                NormalQuantile.At(ToUnit(x2, x3)).CopyTo(destination.Slice((i + 1) * Lanes, Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ToUnit(Vector512<ulong> low, Vector512<ulong> high)
    {
        Vector512<ulong> bits = (low & Vector512.Create(0xFFFFFFFFUL)) | (high << 32);
        Vector512<double> oneToTwo = ((bits >>> 12) | Vector512.Create(0x3FF0000000000000UL)).AsDouble();
        return oneToTwo - Vector512.Create(1.0 - 1.0 / (1UL << 53));
    }

    /// <summary>A random order of 0 to count-1 (Fisher-Yates), the same for every die.</summary>
    /// <param name="stream">A stream of orders, such as that of the examples.</param>
    /// <param name="number">Which order: for example the epoch.</param>
    /// <param name="count">How many items.</param>
    public int[] Permutation(RandomStream stream, long number, int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)(Uniform(stream, number, (uint)i) * (i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
