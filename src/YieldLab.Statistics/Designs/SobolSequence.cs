using System.Globalization;
using System.Numerics;

namespace YieldLab.Statistics.Designs;

/// <summary>
/// The sequence of I. M. Sobol' (1967) with the direction numbers of S. Joe and F. Y. Kuo (SIAM J. Sci. Comput. 30 (2008)
/// 2635), not scrambled: point j is the sum modulo 2 of the direction numbers of the bits of j. The programs of Joe and
/// Kuo and of SciPy go through the same points in the order of the Gray code: their point i is point i ^ (i >> 1) here, and
/// the first 2^m are the same.
/// </summary>
public static class SobolSequence
{
    /// <summary>Bits of a coordinate; there are 2^32 points.</summary>
    public const int Bits = 32;

    /// <summary>Dimensions that there are direction numbers for.</summary>
    public const int MostDimensions = 256;

    private static readonly uint[] Directions = ReadDirections();

    /// <summary>A coordinate of a point in units of 2^-32.</summary>
    /// <param name="point">j.</param>
    /// <param name="dimension">0 to <see cref="MostDimensions"/> - 1.</param>
    public static uint Coordinate(uint point, int dimension)
    {
        ReadOnlySpan<uint> directions = Directions.AsSpan(dimension * Bits, Bits);
        uint sum = 0;
        for (uint rest = point; rest != 0; rest &= rest - 1)
            sum ^= directions[BitOperations.TrailingZeroCount(rest)];
        return sum;
    }

    private static uint[] ReadDirections()
    {
        var directions = new uint[MostDimensions * Bits];
        for (int bit = 0; bit < Bits; bit++)
            directions[bit] = 1u << (Bits - 1 - bit);
        using Stream stream = typeof(SobolSequence).Assembly.GetManifestResourceStream("new-joe-kuo-6.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#'))
            {
                uint[] row = [.. line.Split(' ').Select(field => uint.Parse(field, CultureInfo.InvariantCulture))];
                Recur(directions.AsSpan((int)(row[0] - 1) * Bits, Bits), row[1], row[2], row.AsSpan(3));
            }
        return directions;
    }

    // With the primitive polynomial x^s + a_1 x^(s-1) + ... + a_(s-1) x + 1, v_k = a_1 v_(k-1) ^ ... ^ a_(s-1) v_(k-s+1)
    // ^ v_(k-s) ^ (v_(k-s) >> s): equation (2) of Joe and Kuo in terms of v_k = m_k/2^k.
    private static void Recur(Span<uint> v, uint degree, uint inner, ReadOnlySpan<uint> initial)
    {
        int s = (int)degree;
        for (int k = 0; k < s; k++)
            v[k] = initial[k] << (Bits - 1 - k);
        for (int k = s; k < Bits; k++)
        {
            v[k] = v[k - s] ^ (v[k - s] >> s);
            for (int i = 1; i < s; i++)
                if (((inner >> (s - 1 - i)) & 1) != 0)
                    v[k] ^= v[k - i];
        }
    }
}
