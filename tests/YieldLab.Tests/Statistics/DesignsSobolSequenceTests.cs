using System.Globalization;
using System.Numerics;
using Xunit;
using YieldLab.Statistics.Designs;

namespace YieldLab.Tests.Statistics;

/// <summary>The sequence before it is scrambled, against SciPy and against what its authors say of their numbers.</summary>
public class DesignsSobolSequenceTests
{
    // scipy.stats.qmc.Sobol(256, scramble=False).random(4096) of SciPy 1.10.1, times 4096. SciPy goes through the points
    // in the order of the Gray code: its point i is point i ^ (i >> 1) of the sequence.
    [Theory]
    [InlineData(0, 2048, 3072, 1024, 3584, 1696, 900, 1)]
    [InlineData(1, 2048, 1024, 3072, 3584, 1056, 396, 3855)]
    [InlineData(2, 2048, 1024, 3072, 512, 3168, 2124, 1369)]
    [InlineData(3, 2048, 1024, 3072, 1536, 2976, 2772, 3693)]
    [InlineData(10, 2048, 3072, 1024, 1536, 1888, 348, 2333)]
    [InlineData(49, 2048, 3072, 1024, 3584, 2720, 1964, 2489)]
    [InlineData(100, 2048, 1024, 3072, 512, 160, 3148, 1413)]
    [InlineData(199, 2048, 1024, 3072, 1536, 544, 3452, 3401)]
    [InlineData(255, 2048, 3072, 1024, 3584, 2336, 1020, 2511)]
    public void Points_are_those_of_SciPy(int dimension, params int[] points)
    {
        uint[] numbers = [1, 2, 3, 5, 100, 1000, 4095];
        Assert.Equal(
            points.Select(point => (uint)point << (32 - 12)),
            numbers.Select(i => SobolSequence.Coordinate(i ^ (i >> 1), dimension))
        );
        Assert.Equal(0u, SobolSequence.Coordinate(0, dimension));
    }

    // The sums of some columns of qmc.Sobol(256, scramble=False, bits=32)._sv of SciPy 1.10.1.
    [Theory]
    [InlineData(1, 0x1, 0xffffffff, 0xf00aac48)]
    [InlineData(7, 0x84f0027f, 0x87639641, 0xed2f2928)]
    [InlineData(63, 0x5ff5f5df, 0x121d6761, 0xaca87c88)]
    [InlineData(128, 0xfadef7c9, 0xcd729c6f, 0xd3c99f48)]
    [InlineData(255, 0x0ffedecd, 0xd230013b, 0xa1fb0108)]
    public void Far_points_are_those_of_SciPy(int dimension, uint last, uint middle, uint other)
    {
        Assert.Equal(last, SobolSequence.Coordinate(uint.MaxValue, dimension));
        Assert.Equal(middle, SobolSequence.Coordinate(0x80000000, dimension));
        Assert.Equal(other, SobolSequence.Coordinate(0x12345678, dimension));
    }

    // 64-bit FNV-1a, word by word, of the 256 x 32 direction numbers in the same array of SciPy.
    [Fact]
    public void All_direction_numbers_have_the_hash_of_SciPys()
    {
        ulong hash = 0xcbf29ce484222325;
        for (int dimension = 0; dimension < SobolSequence.MostDimensions; dimension++)
        for (int bit = 0; bit < 32; bit++)
            hash = (hash ^ SobolSequence.Coordinate(1u << bit, dimension)) * 0x100000001b3;
        Assert.Equal(0xda1259261349bc4bUL, hash);
    }

    // The beginning of new-joe-kuo-6 as its authors print it.
    [Fact]
    public void Table_begins_as_Joe_and_Kuo_print_it() =>
        Assert.Equal(
            [
                "2 1 0 1",
                "3 2 1 1 3",
                "4 3 1 1 3 1",
                "5 3 2 1 1 1",
                "6 4 1 1 1 3 3",
                "7 4 4 1 3 5 13",
                "8 5 2 1 1 5 5 17",
                "9 5 4 1 1 5 5 5",
                "10 5 7 1 1 7 11 19",
            ],
            Rows().Take(9).Select(row => string.Join(' ', row))
        );

    // x has the order 2^s - 1 modulo a polynomial of degree s over GF(2) exactly where that is primitive.
    [Fact]
    public void Polynomials_are_primitive_and_each_stands_once()
    {
        var polynomials = Rows().Select(row => (1 << row[1]) | (row[2] << 1) | 1).ToArray();
        Assert.Equal(255, polynomials.Distinct().Count());
        Assert.All(polynomials, p => Assert.Equal((1 << BitOperations.Log2((uint)p)) - 1, OrderOfX(p)));
    }

    [Fact]
    public void Initial_numbers_are_odd_and_below_2_to_their_position() =>
        Assert.All(
            Rows(),
            row =>
            {
                int[] m = row[3..];
                Assert.Equal(row[1], m.Length);
                for (int k = 0; k < m.Length; k++)
                    Assert.True(m[k] % 2 == 1 && m[k] < 1 << (k + 1), $"dimension {row[0]}: m_{k + 1} = {m[k]}");
            }
        );

    // Sobol's Property A, for which the numbers were made: of the first 2^s points in s dimensions, each of the 2^s boxes
    // that halving every axis makes has one. It holds where the first bits of v_1 ... v_s in the first s dimensions form a
    // matrix with an odd determinant; for all s together, where elimination needs no exchange of rows. A table with a
    // wrong number passes by chance with a probability of 1/2 for each dimension from the wrong one on.
    [Fact]
    public void Numbers_have_Property_A_in_every_number_of_dimensions()
    {
        int[][] rows = [.. Rows()];
        int count = rows.Length + 1;
        BigInteger[] matrix = [BigInteger.One, .. rows.Select(row => FirstBits(row, count))];
        for (int pivot = 0; pivot < count; pivot++)
        {
            Assert.True(Bit(matrix[pivot], pivot), $"not in {pivot + 1} dimensions");
            for (int row = pivot + 1; row < count; row++)
                if (Bit(matrix[row], pivot))
                    matrix[row] ^= matrix[pivot];
        }
    }

    // The term v_(k-s) >> s of the recurrence has no first bit.
    private static BigInteger FirstBits(int[] row, int count)
    {
        var (s, inner) = (row[1], row[2]);
        bool[] bits = new bool[count];
        for (int k = 0; k < count; k++)
            if (k < s)
                bits[k] = (row[3 + k] >> k) % 2 == 1;
            else
                bits[k] = Enumerable
                    .Range(1, s)
                    .Aggregate(false, (sum, i) => sum ^ (bits[k - i] && (i == s || ((inner >> (s - 1 - i)) & 1) == 1)));
        return bits.Select((bit, k) => bit ? BigInteger.One << k : 0).Aggregate((a, b) => a | b);
    }

    private static bool Bit(BigInteger row, int column) => !((row >> column) & 1).IsZero;

    private static int OrderOfX(int polynomial)
    {
        int degree = BitOperations.Log2((uint)polynomial);
        int power = 1;
        for (int order = 1; order < 1 << degree; order++)
        {
            power <<= 1;
            if (power >> degree == 1)
                power ^= polynomial;
            if (power == 1)
                return order;
        }
        return 0;
    }

    private static IEnumerable<int[]> Rows()
    {
        using Stream stream = typeof(SobolSequence).Assembly.GetManifestResourceStream("new-joe-kuo-6.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#'))
                yield return [.. line.Split(' ').Select(field => int.Parse(field, CultureInfo.InvariantCulture))];
    }
}
