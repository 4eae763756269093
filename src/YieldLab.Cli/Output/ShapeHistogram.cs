using YieldLab.Reports.Shapes;
using YieldLab.Statistics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Cli.Output;

/// <summary>A histogram in text: a bar for each bin, and where the metric has a density a mark where it ends.</summary>
internal static class ShapeHistogram
{
    private const int MostBins = 20;
    private const int Width = 44;
    private const char Mark = '|';

    private readonly record struct Bin(double From, double To, double Seen, double? Expected);

    public static IEnumerable<string> Lines(MetricShape shape)
    {
        Bin[] bins = shape.Grouped is { } grouped ? OfCells(grouped) : OfValues(shape);
        if (bins.Length < 2)
            yield break;
        double most = bins.Max(bin => Math.Max(bin.Seen, bin.Expected ?? 0));
        foreach (Bin bin in bins)
            yield return Line(bin, most);
        if (shape.Density is { } density)
            yield return $"{Mark} kernel density, bandwidth {SummaryTables.Number(density.Bandwidth.Width)} ({(density.Bandwidth.IsSheatherJones ? "Sheather-Jones" : "Silverman")})";
    }

    private static string Line(Bin bin, double most)
    {
        char block = Console.IsOutputRedirected ? '#' : '█';
        var bar = new string(block, (int)Math.Round(Width * bin.Seen / most)).PadRight(Width + 1).ToCharArray();
        if (bin.Expected is { } expected)
            bar[(int)Math.Round(Width * expected / most)] = Mark;
        string range =
            bin.From == bin.To
                ? SummaryTables.Number(bin.From).PadLeft(19)
                : $"{SummaryTables.Number(bin.From), 8} - {SummaryTables.Number(bin.To), 8}";
        return $"{range} {bin.Seen, 7} {new string(bar).TrimEnd()}".TrimEnd();
    }

    // Neighbouring values together where there are more than lines.
    private static Bin[] OfCells(GroupedSample grouped)
    {
        int steps = Place(grouped, grouped.Cells[^1]) + 1;
        int together = (steps + MostBins - 1) / MostBins;
        var seen = new double[(steps + together - 1) / together];
        foreach (Cell cell in grouped.Cells)
            seen[Place(grouped, cell) / together] += cell.Count;
        return
        [
            .. seen.Select(
                (count, i) =>
                    new Bin(
                        grouped.First + i * together * grouped.Step,
                        grouped.First + Math.Min((i + 1) * together - 1, steps - 1) * grouped.Step,
                        count,
                        null
                    )
            ),
        ];
    }

    private static int Place(GroupedSample grouped, Cell cell) =>
        (int)Math.Round((grouped.Middle(cell) - grouped.First) / grouped.Step);

    // From the 0.1 % to the 99.9 % quantile, the outermost bins with all beyond: a far value would make one bar of all others.
    private static Bin[] OfValues(MetricShape shape)
    {
        double[] ascending = shape.Values.Ascending;
        double from = Quantile.OfSorted(ascending, 0.001);
        double to = Quantile.OfSorted(ascending, 0.999);
        if (!(to > from))
            return [];
        int count = Math.Clamp((int)Math.Ceiling(2 * Math.Cbrt(ascending.Length)), 5, MostBins);
        var seen = new double[count];
        foreach (double value in ascending)
            seen[(int)Math.Clamp((value - from) / (to - from) * count, 0, count - 1)]++;
        double Edge(int i) =>
            i == 0 ? ascending[0]
            : i == count ? ascending[^1]
            : from + (to - from) * i / count;
        return
        [
            .. seen.Select((found, i) => new Bin(Edge(i), Edge(i + 1), found, Expected(shape, Edge(i), Edge(i + 1)))),
        ];
    }

    // The density over the bin, by trapezia of its grid's interpolation.
    private static double? Expected(MetricShape shape, double from, double to)
    {
        if (shape.Density is not { } density)
            return null;
        const int parts = 16;
        double width = (to - from) / parts;
        double sum = Enumerable.Range(0, parts).Sum(i => At(density, from + (i + 0.5) * width));
        return shape.Values.Ascending.Length * sum * width;
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
