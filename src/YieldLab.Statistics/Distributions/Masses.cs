namespace YieldLab.Statistics.Distributions;

/// <summary>Values with weights, ascending: the values themselves, or many of them shared out to the two nearest places of
/// a grid (linear binning).</summary>
internal sealed class Masses
{
    private readonly double[] _places;
    private readonly double[]? _weights;

    private Masses(double[] places, double[]? weights, int count)
    {
        _places = places;
        _weights = weights;
        Count = count;
    }

    /// <summary>Number of values.</summary>
    public int Count { get; }

    public static Masses Of(ReadOnlySpan<double> ascending, double spacing, int most)
    {
        double places = (ascending[^1] - ascending[0]) / spacing + 2;
        return ascending.Length <= most || places > ascending.Length
            ? new(ascending.ToArray(), null, ascending.Length)
            : Binned(ascending, spacing, (int)places);
    }

    public void Between(double lower, double upper, Action<double, double> visit)
    {
        int i = Array.BinarySearch(_places, lower);
        for (i = i < 0 ? ~i : FirstOf(i); i < _places.Length && _places[i] <= upper; i++)
            visit(_places[i], _weights?[i] ?? 1);
    }

    private int FirstOf(int i)
    {
        while (i > 0 && _places[i - 1] == _places[i])
            i--;
        return i;
    }

    private static Masses Binned(ReadOnlySpan<double> ascending, double spacing, int count)
    {
        double first = ascending[0];
        var weights = new double[count + 1];
        foreach (double value in ascending)
        {
            double place = (value - first) / spacing;
            int i = (int)place;
            weights[i] += i + 1 - place;
            weights[i + 1] += place - i;
        }
        return new([.. Enumerable.Range(0, count + 1).Select(i => first + i * spacing)], weights, ascending.Length);
    }
}
