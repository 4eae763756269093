using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Distributions;

/// <summary>
/// How many values lie between edges: a bin holds those from its edge up to, and without, the next one; the last bin holds
/// its upper edge too. The outermost edges are the smallest and the largest value, so that every value is in a bin.
/// </summary>
/// <param name="Edges">Ascending, one more than there are bins; none without values.</param>
/// <param name="Counts">Of each bin.</param>
public sealed record Histogram(IReadOnlyList<double> Edges, IReadOnlyList<long> Counts)
{
    private const int FewestBins = 5;

    // A far value would make one bin of all others: what lies beyond these quantiles is in the outermost bins.
    private const double Tail = 0.001;

    // Of a bin's width: what rounding does to a place.
    private const double Tolerance = 1e-9;

    /// <summary>Bins of equal width between the 0.1 % and the 99.9 % quantile, twice the cube root of the number of values;
    /// or of equal numbers of steps where values repeat and are multiples of a step.</summary>
    /// <param name="ascending">Sorted, finite.</param>
    /// <param name="most">Most bins; a mark may add one.</param>
    /// <param name="marks">Values that shall be edges where they lie among the values.</param>
    public static Histogram Of(ReadOnlySpan<double> ascending, int most, params IReadOnlyList<double> marks)
    {
        if (ascending.Length == 0)
            return new([], []);
        double least = ascending[0];
        double largest = ascending[^1];
        double[] inside = [.. marks.Where(mark => mark > least && mark <= largest).Distinct()];
        IEnumerable<double> edges = GroupedSample.HasManyTies(ascending)
            ? GroupedSample.Of(ascending) is { } cells
                ? OfCells(ascending, cells, most, inside)
                : OfRange(least, largest, Math.Min(most, FewestBins), inside)
            : OfValues(ascending, most, inside);
        return On(ascending, [least, .. edges.Union(inside).Order(), largest]);
    }

    /// <summary>Bins between edges that are given; values outside of them are in no bin.</summary>
    /// <param name="ascending">Sorted, finite.</param>
    /// <param name="edges">Ascending.</param>
    public static Histogram On(ReadOnlySpan<double> ascending, IReadOnlyList<double> edges)
    {
        var counts = new long[Math.Max(0, edges.Count - 1)];
        for (int bin = 0; bin < counts.Length; bin++)
        {
            double end = bin == counts.Length - 1 ? Math.BitIncrement(edges[bin + 1]) : edges[bin + 1];
            counts[bin] = Below(ascending, end) - Below(ascending, edges[bin]);
        }
        return new(edges, counts);
    }

    private static IEnumerable<double> OfValues(ReadOnlySpan<double> ascending, int most, double[] marks)
    {
        int bins = FewestBins;
        while (bins < most && (long)bins * bins * bins < 8L * ascending.Length)
            bins++;
        return OfRange(Quantile.OfSorted(ascending, Tail), Quantile.OfSorted(ascending, 1 - Tail), bins, marks);
    }

    // The grid lies so that the first mark is one of its edges.
    private static IEnumerable<double> OfRange(double from, double to, int bins, double[] marks)
    {
        double width = (to - from) / bins;
        double origin = marks.FirstOrDefault(mark => mark > from && mark < to, from);
        int before = (int)Math.Floor((origin - from) / width - Tolerance);
        return Enumerable
            .Range(-before, bins + 1)
            .Select(place => origin + place * width)
            .Where(edge => edge > from + Tolerance * width && edge < to - Tolerance * width);
    }

    // A bin of cells begins with a value that there is, or at a mark between that and the value before.
    private static List<double> OfCells(ReadOnlySpan<double> ascending, GroupedSample cells, int most, double[] marks)
    {
        int Place(double value) => (int)Math.Round((value - cells.First) / cells.Step);
        int steps = Place(ascending[^1]) + 1;
        int together = (steps + most - 1) / most;
        var starts = new Dictionary<int, double>();
        foreach (double mark in marks)
            starts.TryAdd(Place(ascending[Below(ascending, mark)]), mark);
        int first = marks.Length == 0 ? 0 : Place(ascending[Below(ascending, marks[0])]) % together;
        var edges = new List<double>();
        for (int place = first == 0 ? together : first; place < steps; place += together)
            edges.Add(starts.TryGetValue(place, out double mark) ? mark : Start(ascending, cells, place));
        return edges;
    }

    private static double Start(ReadOnlySpan<double> ascending, GroupedSample cells, int place)
    {
        double middle = cells.First + place * cells.Step;
        double value = ascending[Below(ascending, middle - cells.Step / 2)];
        return Math.Min(value, middle);
    }

    // How many values are smaller.
    private static int Below(ReadOnlySpan<double> ascending, double value)
    {
        int from = 0;
        int to = ascending.Length;
        while (from < to)
        {
            int middle = (from + to) >>> 1;
            if (ascending[middle] < value)
                from = middle + 1;
            else
                to = middle;
        }
        return from;
    }
}
