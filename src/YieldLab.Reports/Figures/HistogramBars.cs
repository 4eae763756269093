using YieldLab.Statistics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Figures;

/// <summary>A bar of a histogram.</summary>
/// <param name="From">Left end.</param>
/// <param name="To">Right end.</param>
/// <param name="Count">Values in it.</param>
internal readonly record struct HistogramBar(double From, double To, long Count);

/// <summary>
/// A <see cref="Histogram"/> as a picture shows it. No bar stands on both sides of a limit. Most bars are of one width, and a
/// bar of another one is as high as its values would make it were they spread over that width. A value so far off that it would
/// press all bars together is left out and counted.
/// </summary>
/// <param name="Bars">From left to right.</param>
/// <param name="Width">Of most of them.</param>
/// <param name="Step">Of values that are multiples of one: bars are then about these; null for others.</param>
/// <param name="Shown">The values that have bars, ascending.</param>
/// <param name="Below">Values below the first bar.</param>
/// <param name="Above">Values above the last bar.</param>
internal sealed record HistogramBars(
    IReadOnlyList<HistogramBar> Bars,
    double Width,
    double? Step,
    double[] Shown,
    int Below,
    int Above
)
{
    private const int MostBins = 60;

    // Far values are left out that lie beyond all but a thousandth by more than this part of the range of these.
    private const double FarTimes = 0.5;
    private const double FarShare = 0.001;

    // What rounding does to widths.
    private const double Tolerance = 1e-6;

    public double From => Bars.Count == 0 ? 0 : Bars[0].From;

    public double To => Bars.Count == 0 ? 1 : Bars[^1].To;

    /// <summary>Values, wherever they lie.</summary>
    public long Values => Below + Shown.Length + Above;

    /// <summary>Whether heights are numbers of values.</summary>
    public bool AreCounts => Bars.All(bar => Math.Abs(bar.To - bar.From - Width) < Tolerance * Width);

    /// <summary>Values for each <see cref="Width"/>. A sliver between two limits is no higher than a bar of half of it.</summary>
    public double Height(HistogramBar bar) => bar.Count * Width / Math.Max(bar.To - bar.From, Width / 2);

    /// <summary>Bars of values.</summary>
    /// <param name="ascending">Sorted, finite.</param>
    /// <param name="marks">Between the two sides of limits; see <see cref="MonteCarlo.Runs.Spec.Edge"/>.</param>
    public static HistogramBars Of(double[] ascending, params IReadOnlyList<double> marks)
    {
        if (ascending.Length == 0)
            return new([], 1, null, [], 0, 0);
        var (low, high) = Near(ascending);
        int below = ascending.TakeWhile(value => value < low).Count();
        double[] shown = [.. ascending.Skip(below).TakeWhile(value => value <= high)];
        double? step = StepOf(shown);
        Histogram bins = Histogram.Of(shown, MostBins, marks);
        double[] edges =
        [
            .. bins
                .Edges.SkipLast(1)
                .Select(edge => marks.Contains(edge) ? Boundary(shown, step, edge) : edge - step / 2 ?? edge)
                .Order(),
            shown[^1] + (step / 2 ?? 0),
        ];
        double width = Usual(edges);
        // An end that is a limit too makes a bar of no width.
        edges[0] = Math.Min(edges[0], edges[1] - width / 2);
        edges[^1] = Math.Max(edges[^1], edges[^2] + width / 2);
        return new(
            [.. bins.Counts.Select((count, bin) => new HistogramBar(edges[bin], edges[bin + 1], count))],
            width,
            step,
            shown,
            below,
            ascending.Length - below - shown.Length
        );
    }

    /// <summary>Where the bars of values below an edge end and those of the others begin.</summary>
    public double Boundary(double edge) => Boundary(Shown, Step, edge);

    // Half-way between values that are neighbours; anywhere between others.
    private static double Boundary(double[] ascending, double? step, double edge)
    {
        if (step is not { } each)
            return edge;
        int next = Array.FindIndex(ascending, value => value >= edge);
        int before = next < 0 ? ascending.Length - 1 : next - 1;
        double most = next < 0 ? edge : Math.Min(edge, ascending[next] - each / 2);
        return before < 0 ? most : Math.Max(most, ascending[before] + each / 2);
    }

    // One value alone has a bar about it too.
    private static double? StepOf(double[] ascending) =>
        ascending[0] == ascending[^1] ? Span.Around(ascending).Width / 10
        : GroupedSample.HasManyTies(ascending) ? GroupedSample.Of(ascending)?.Step
        : null;

    private static double Usual(double[] edges)
    {
        double[] widths = [.. edges.Zip(edges.Skip(1), (from, to) => to - from).Order()];
        return widths[widths.Length / 2];
    }

    // All values, or without a thousandth on a side that lies far off.
    private static (double Low, double High) Near(double[] ascending)
    {
        double low = Quantile.OfSorted(ascending, FarShare);
        double high = Quantile.OfSorted(ascending, 1 - FarShare);
        double most = FarTimes * (high - low);
        return most > 0
            ? (ascending.First(value => low - value <= most), ascending.Last(value => value - high <= most))
            : (ascending[0], ascending[^1]);
    }
}
