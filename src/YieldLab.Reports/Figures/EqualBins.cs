using YieldLab.Statistics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Figures;

/// <summary>Values counted in bins of one width, as the bars of a picture need them: a value that would make them too narrow is
/// left out and counted, where a <see cref="Histogram"/> has wider bins at its ends.</summary>
/// <param name="From">Where the first begins.</param>
/// <param name="Width">Of each.</param>
/// <param name="Counts">Values in each.</param>
/// <param name="Below">Values below the first.</param>
/// <param name="Above">Values above the last.</param>
/// <param name="Values">How many values there are, wherever they lie.</param>
internal sealed record EqualBins(double From, double Width, long[] Counts, long Below, long Above, long Values)
{
    private const int FewestBins = 5;
    private const int MostBins = 60;

    // Far values are left out that lie beyond all but a thousandth by more than this part of the range of these.
    private const double FarTimes = 0.5;
    private const double FarShare = 0.001;

    public double To => From + Width * Counts.Length;

    public double Edge(int bin) => From + Width * bin;

    public double Middle(int bin) => From + Width * (bin + 0.5);

    public static EqualBins Empty { get; } = new(0, 1, [], 0, 0, 0);

    /// <summary>Counts values: steps in bins of one or more steps, others with 2 n^(1/3) bins (Rice's rule) and
    /// an edge on a limit, so that no bin stands on both sides of it.</summary>
    /// <param name="ascending">Sorted, finite.</param>
    /// <param name="step">Of values that are multiples of one; null for others.</param>
    /// <param name="edge">Where an edge is wanted; null for anywhere.</param>
    public static EqualBins Of(double[] ascending, double? step, double? edge)
    {
        if (ascending.Length == 0)
            return Empty;
        Span range = Range(ascending);
        if (ascending[0] == ascending[^1])
            return Count(ascending, ascending[0] - range.Width / 20, range.Width / 10, 1);
        if (step is { } each)
            return OfSteps(ascending, range, each);
        int bins = Math.Clamp((int)Math.Ceiling(2 * Math.Cbrt(ascending.Length)), FewestBins, MostBins);
        double width = range.Width / bins;
        double from =
            edge is { } limit && range.Holds(limit)
                ? limit - Math.Ceiling((limit - range.From) / width) * width
                : range.From;
        return Count(ascending, from, width, (int)Math.Ceiling((range.To - from) / width - 1e-9));
    }

    private static EqualBins OfSteps(double[] ascending, Span range, double step)
    {
        long steps = (long)Math.Round(range.Width / step) + 1;
        long together = (steps + MostBins - 1) / MostBins;
        return Count(ascending, range.From - step / 2, step * together, (int)((steps + together - 1) / together));
    }

    // All values, or without a thousandth on a side that lies far off.
    private static Span Range(double[] ascending)
    {
        Span all = new(ascending[0], ascending[^1]);
        if (!(all.Width > 0))
            return Span.Around(ascending);
        double low = Quantile.OfSorted(ascending, FarShare);
        double high = Quantile.OfSorted(ascending, 1 - FarShare);
        double most = FarTimes * (high - low);
        return most > 0
            ? new(ascending.First(value => low - value <= most), ascending.Last(value => value - high <= most))
            : all;
    }

    private static EqualBins Count(double[] ascending, double from, double width, int bins)
    {
        var counts = new long[bins];
        long below = 0;
        long above = 0;
        double to = from + width * bins;
        foreach (double value in ascending)
            if (value < from)
                below++;
            else if (value > to)
                above++;
            else
                counts[(int)Math.Clamp((value - from) / width, 0, bins - 1)]++;
        return new(from, width, counts, below, above, ascending.Length);
    }
}
