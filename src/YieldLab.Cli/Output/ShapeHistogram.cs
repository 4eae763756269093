using YieldLab.Reports.Shapes;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Cli.Output;

/// <summary>A histogram with a line for each bin, and where the metric has a density a mark where it ends.</summary>
internal static class ShapeHistogram
{
    private const int MostBins = 20;
    private const int Width = 44;

    public static IEnumerable<string> Lines(MetricShape shape)
    {
        double[] ascending = shape.Values.Ascending;
        Histogram bins = Histogram.Of(ascending, MostBins);
        if (bins.Counts.Count < 2)
            yield break;
        double[] expected =
        [
            .. bins.Edges.Zip(bins.Edges.Skip(1), (from, to) => ascending.Length * Density(shape.Density, from, to)),
        ];
        double most = Math.Max(bins.Counts.Max(), expected.Max());
        for (int bin = 0; bin < bins.Counts.Count; bin++)
        {
            double? mark = shape.Density is null ? null : expected[bin] / most;
            string bar = Bars.OfOutput.Lying(bins.Counts[bin] / most, mark, Width);
            yield return $"{Range(shape, bins.Edges, bin)} {bins.Counts[bin], 7} {bar}".TrimEnd();
        }
        if (shape.Density is { } density)
            yield return $"{Glyphs.Mark} kernel density, bandwidth {SummaryTables.Number(density.Bandwidth.Width)} ({(density.Bandwidth.IsSheatherJones ? "Sheather-Jones" : "Silverman")})";
    }

    // Of cells the values that the bin holds.
    private static string Range(MetricShape shape, IReadOnlyList<double> edges, int bin)
    {
        double from = edges[bin];
        double to = bin == edges.Count - 2 ? edges[bin + 1] : edges[bin + 1] - (shape.Grouped?.Step ?? 0);
        string first = SummaryTables.Number(from);
        string last = SummaryTables.Number(to);
        return shape.Grouped is not null && first == last ? first.PadLeft(19) : $"{first, 8} - {last, 8}";
    }

    // The integral over the bin, by midpoints of the interpolation of its grid; 0 without a density.
    private static double Density(KernelDensity? density, double from, double to)
    {
        if (density is null)
            return 0;
        const int parts = 16;
        double width = (to - from) / parts;
        return width * Enumerable.Range(0, parts).Sum(i => At(density, from + (i + 0.5) * width));
    }

    private static double At(KernelDensity density, double x)
    {
        DensityPoint first = density.Points[0];
        double step = density.Points[1].X - first.X;
        double place = (x - first.X) / step;
        int i = (int)Math.Clamp(Math.Floor(place), 0, density.Points.Count - 2);
        double part = Math.Clamp(place - i, 0, 1);
        return density.Points[i].Density * (1 - part) + density.Points[i + 1].Density * part;
    }
}
