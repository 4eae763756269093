namespace YieldLab.Statistics.Comparison;

/// <summary>Numbers that are too many to be written out, known by how many are not above any x. The one of a given rank is
/// found by halving the range of double numbers, to its last bit.</summary>
/// <param name="least">The smallest.</param>
/// <param name="most">The largest.</param>
/// <param name="count">How many there are.</param>
/// <param name="upTo">How many are not above x; rises with x.</param>
internal sealed class CountedNumbers(double least, double most, long count, Func<double, long> upTo)
{
    public long Count => count;

    /// <summary>The number of a rank in ascending order, from 1.</summary>
    public double Smallest(long rank)
    {
        long below = Key(least);
        long above = Key(most);
        while (below < above)
        {
            // Keys of both signs: the sum does not overflow halved.
            long middle = (below >> 1) + (above >> 1) + (below & above & 1);
            if (upTo(Number(middle)) >= rank)
                above = middle;
            else
                below = middle + 1;
        }
        return Number(below);
    }

    public double Median() =>
        count % 2 == 1 ? Smallest(count / 2 + 1) : (Smallest(count / 2) + Smallest(count / 2 + 1)) / 2;

    // Whole numbers in the order of the double numbers; 0 and -0 are neighbours.
    private static long Key(double number)
    {
        long bits = BitConverter.DoubleToInt64Bits(number);
        return bits < 0 ? long.MinValue - bits - 1 : bits;
    }

    private static double Number(long key) =>
        BitConverter.Int64BitsToDouble(key < 0 ? long.MinValue - key - 1 : key) + 0.0;
}
