using ScottPlot;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Shapes;
using YieldLab.Statistics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Figures;

/// <summary>Draws how a metric is distributed over the dies: a histogram, the density where it has one, and the limits of its
/// specifications with their failing sides shaded.</summary>
public static class DistributionFigure
{
    // Beside the bars, as part of their width; beside a single one it is most of the picture.
    private const double Room = 0.04;
    private const double LonelyRoom = 4.5;

    /// <summary>The picture of a shape.</summary>
    /// <param name="shape">Of the metric.</param>
    /// <param name="specs">Those of the metric are drawn.</param>
    public static Figure Of(MetricShape shape, IReadOnlyList<Spec> specs) => Of(shape.Values, shape.Density, specs);

    /// <summary>The picture of values alone, without a density.</summary>
    /// <param name="values">Of the metric.</param>
    /// <param name="specs">Those of the metric are drawn.</param>
    public static Figure Of(MetricValues values, IReadOnlyList<Spec> specs) => Of(values, null, specs);

    private static Figure Of(MetricValues values, KernelDensity? density, IReadOnlyList<Spec> specs)
    {
        Spec[] own = [.. specs.Where(spec => spec.Metric == values.Column.Name)];
        HistogramBars bins = HistogramBars.Of(values.Ascending, [.. own.Select(spec => spec.Edge)]);
        return new(
            $"distribution-{values.Column.Name}",
            $"Distribution of {values.Column.Name}",
            string.Join(" ", Sentences(values, bins, own)),
            Table(values.Column, bins),
            new(Drawing.UsualHeight, plot => Draw(plot, values.Column, bins, density, own))
        );
    }

    private static void Draw(Plot plot, Column metric, HistogramBars bins, KernelDensity? density, Spec[] specs)
    {
        AxisScale scale = AxisScale.Of(metric, [bins.From, bins.To]);
        Span range = Range(bins, specs, scale);
        double tallest = bins.Bars.Select(bins.Height).DefaultIfEmpty(0).Max();
        plot.XAxis(range, scale.Label(metric, AxisScale.Across));
        plot.MarkX(range, Marks(bins, specs, metric, scale));
        plot.AddBars(bins, scale);
        if (density is not null)
            tallest = Math.Max(tallest, Draw(plot, bins, density, scale));
        string label = bins.AreCounts ? "dies" : $"dies per {FigureText.Quantity(bins.Width, metric.Unit)}";
        plot.YAxis(new(0, Math.Max(1, 1.06 * tallest)), label, whole: bins.AreCounts);
    }

    // A limit that is a value goes through the middle of its bar, which is on one side of it all the same.
    private static IReadOnlyList<Mark> Marks(HistogramBars bins, Spec[] specs, Column metric, AxisScale scale) =>
        bins.Step is null
            ? Mark.Of(specs, metric, scale)
            :
            [
                .. Mark.Of(specs, metric, scale)
                    .Zip(specs, (mark, spec) => mark with { Side = scale.Factor * bins.Boundary(spec.Edge) }),
            ];

    // Where the density says the bars end.
    private static double Draw(Plot plot, HistogramBars bins, KernelDensity density, AxisScale scale)
    {
        double times = bins.Values * bins.Width;
        plot.AddCurve(
            [.. density.Points.Select(point => scale.Factor * point.X)],
            [.. density.Points.Select(point => times * point.Density)],
            Palette.Second,
            "kernel density"
        );
        plot.ShowKey();
        return density.Points.Max(point => times * point.Density);
    }

    // A limit that is far from all dies would press them together: it is told in words alone.
    private static Span Range(HistogramBars bins, Spec[] specs, AxisScale scale)
    {
        if (bins.Bars.Count == 0)
            return Span.Around(specs.Select(spec => spec.Limit * scale.Factor));
        double width = bins.To - bins.From;
        IEnumerable<double> near = specs
            .Select(spec => spec.Limit)
            .Where(limit => limit > bins.From - width && limit < bins.To + width);
        return Span.Around(
            near.Append(bins.From).Append(bins.To).Select(x => x * scale.Factor),
            bins.Bars.Count == 1 ? LonelyRoom : Room
        );
    }

    private static IEnumerable<string> Sentences(MetricValues values, HistogramBars bins, Spec[] specs)
    {
        double[] ascending = values.Ascending;
        string Told(double value) => FigureText.Quantity(value, values.Column.Unit);
        if (ascending.Length == 0)
            yield return $"None of {FigureText.Dies(values.Dies)} has a value of {values.Column.Name}.";
        else if (ascending[0] == ascending[^1])
            yield return $"{values.Column.Name} is {Told(ascending[0])} in {FigureText.Dies(ascending.Length)} of {FigureText.Count(values.Dies)}.";
        else
            yield return $"{values.Column.Name} of {FigureText.Dies(ascending.Length)}: median {Told(Quantile.OfSorted(ascending, 0.5))}, nine of ten dies from {Told(Quantile.OfSorted(ascending, 0.05))} to {Told(Quantile.OfSorted(ascending, 0.95))}, all from {Told(ascending[0])} to {Told(ascending[^1])}.";
        foreach (Spec spec in specs)
            yield return $"{FigureText.Count(Met(values, spec))} of {FigureText.Dies(values.Dies)} meet {spec}.";
        foreach (string sentence in LeftOut(values, bins))
            yield return sentence;
    }

    private static long Met(MetricValues values, Spec spec) =>
        values.Ascending.Count(spec.IsMetBy) + (spec.IsMetBy(double.PositiveInfinity) ? values.Never : 0);

    private static IEnumerable<string> LeftOut(MetricValues values, HistogramBars bins)
    {
        if (values.Never > 0)
            yield return $"Left out of the picture: {FigureText.Dies(values.Never)} that never got there.";
        if (values.Failed + values.Missing > 0)
            yield return $"Left out of the picture: {FigureText.Dies(values.Failed + values.Missing)} without a value.";
        if (bins.Below + bins.Above > 0)
            yield return $"Beyond the picture: {FigureText.Dies(bins.Below)} below and {FigureText.Count(bins.Above)} above.";
    }

    private static FigureTable Table(Column metric, HistogramBars bins)
    {
        string Text(double value) => FigureText.Finely(value, bins.Width);
        var rows = new List<string[]>();
        if (bins.Below > 0)
            rows.Add(["-", Text(bins.From), FigureText.Count(bins.Below)]);
        foreach (HistogramBar bar in bins.Bars)
            rows.Add([Text(bar.From), Text(bar.To), FigureText.Count(bar.Count)]);
        if (bins.Above > 0)
            rows.Add([Text(bins.To), "-", FigureText.Count(bins.Above)]);
        return new([FigureText.Head($"{metric.Name} from", metric.Unit), "to", "dies"], [.. rows]);
    }
}
