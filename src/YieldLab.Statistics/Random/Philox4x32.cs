using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace YieldLab.Statistics.Random;

/// <summary>
/// Philox4x32-10: a counter and a key in, four 32-bit words out, with no state (Salmon, Moraes, Dror, Shaw,
/// "Parallel random numbers: as easy as 1, 2, 3", SC 2011). Not for cryptography.
/// </summary>
public static class Philox4x32
{
    private const uint M0 = 0xD2511F53;
    private const uint M1 = 0xCD9E8D57;
    private const uint W0 = 0x9E3779B9;
    private const uint W1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The four words at one counter.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Block((uint X0, uint X1, uint X2, uint X3) counter, ulong key)
    {
        var (x0, x1, x2, x3) = counter;
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)M0 * x0;
            ulong p1 = (ulong)M1 * x2;
            (x0, x1, x2, x3) = ((uint)(p1 >> 32) ^ x1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ x3 ^ k1, (uint)p0);
            k0 += W0;
            k1 += W1;
        }
        return (x0, x1, x2, x3);
    }

    /// <summary>Eight counters at once, a word in the low half of each 64-bit lane; the high halves of the result are
    /// not cleared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Block8(
        ref Vector512<ulong> x0,
        ref Vector512<ulong> x1,
        ref Vector512<ulong> x2,
        ref Vector512<ulong> x3,
        ulong key
    )
    {
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            Vector512<ulong> p0 = MultiplyLow(x0, M0);
            Vector512<ulong> p1 = MultiplyLow(x2, M1);
            x0 = (p1 >>> 32) ^ x1 ^ Vector512.Create((ulong)k0);
            x1 = p1;
            x2 = (p0 >>> 32) ^ x3 ^ Vector512.Create((ulong)k1);
            x3 = p0;
            k0 += W0;
            k1 += W1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyLow(Vector512<ulong> a, uint m)
    {
        if (Avx512F.IsSupported)
            return Avx512F.Multiply(a.AsUInt32(), Vector512.Create((ulong)m).AsUInt32());
        if (Avx2.IsSupported)
        {
            Vector256<uint> factor = Vector256.Create((ulong)m).AsUInt32();
            return Vector512.Create(
                Avx2.Multiply(a.GetLower().AsUInt32(), factor),
                Avx2.Multiply(a.GetUpper().AsUInt32(), factor)
            );
        }
        return (a & Vector512.Create(0xFFFFFFFFUL)) * m;
    }
}
