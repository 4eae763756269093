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
    public static Figure Of(MetricShape shape, IReadOnlyList<Spec> specs) =>
        Of(shape.Values, shape.Grouped?.Step, shape.Density, specs);

    /// <summary>The picture of values alone, without a density.</summary>
    /// <param name="values">Of the metric.</param>
    /// <param name="specs">Those of the metric are drawn.</param>
    public static Figure Of(MetricValues values, IReadOnlyList<Spec> specs) => Of(values, Step(values), null, specs);

    private static Figure Of(MetricValues values, double? step, KernelDensity? density, IReadOnlyList<Spec> specs)
    {
        Spec[] own = [.. specs.Where(spec => spec.Metric == values.Column.Name)];
        Histogram histogram = Histogram.Of(values.Ascending, step, own.FirstOrDefault()?.Limit);
        return new(
            $"distribution-{values.Column.Name}",
            $"Distribution of {values.Column.Name}",
            string.Join(" ", Sentences(values, histogram, own)),
            Table(values.Column, histogram),
            new(Drawing.UsualHeight, plot => Draw(plot, values.Column, histogram, density, own))
        );
    }

    private static double? Step(MetricValues values) =>
        GroupedSample.Ties(values.Ascending) > GroupedSample.ManyTies
            ? GroupedSample.Of(values.Ascending, values.Column.Least, values.Column.Most)?.Step
            : null;

    private static void Draw(Plot plot, Column metric, Histogram histogram, KernelDensity? density, Spec[] specs)
    {
        AxisScale scale = AxisScale.Of(metric, [histogram.From, histogram.To]);
        Span range = Range(histogram, specs, scale);
        double tallest = histogram.Counts.DefaultIfEmpty(0).Max();
        plot.XAxis(range, scale.Label(metric, AxisScale.Across));
        plot.MarkX(range, Mark.Of(specs, metric, scale));
        plot.AddBars(histogram, scale);
        if (density is not null)
            tallest = Math.Max(tallest, Draw(plot, histogram, density, scale));
        plot.YAxis(new(0, Math.Max(1, 1.06 * tallest)), "dies", whole: true);
    }

    // Where the density says the bars end.
    private static double Draw(Plot plot, Histogram histogram, KernelDensity density, AxisScale scale)
    {
        double times = histogram.Values * histogram.Width;
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
    private static Span Range(Histogram histogram, Spec[] specs, AxisScale scale)
    {
        if (histogram.Counts.Length == 0)
            return Span.Around(specs.Select(spec => spec.Limit * scale.Factor));
        double width = histogram.To - histogram.From;
        IEnumerable<double> near = specs
            .Select(spec => spec.Limit)
            .Where(limit => limit > histogram.From - width && limit < histogram.To + width);
        return Span.Around(
            near.Append(histogram.From).Append(histogram.To).Select(x => x * scale.Factor),
            histogram.Counts.Length == 1 ? LonelyRoom : Room
        );
    }

    private static IEnumerable<string> Sentences(MetricValues values, Histogram histogram, Spec[] specs)
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
        foreach (string sentence in LeftOut(values, histogram))
            yield return sentence;
    }

    private static long Met(MetricValues values, Spec spec) =>
        values.Ascending.Count(spec.IsMetBy) + (spec.IsMetBy(double.PositiveInfinity) ? values.Never : 0);

    private static IEnumerable<string> LeftOut(MetricValues values, Histogram histogram)
    {
        if (values.Never > 0)
            yield return $"Left out of the picture: {FigureText.Dies(values.Never)} that never got there.";
        if (values.Failed + values.Missing > 0)
            yield return $"Left out of the picture: {FigureText.Dies(values.Failed + values.Missing)} without a value.";
        if (histogram.Below + histogram.Above > 0)
            yield return $"Beyond the picture: {FigureText.Dies(histogram.Below)} below and {FigureText.Count(histogram.Above)} above.";
    }

    private static FigureTable Table(Column metric, Histogram histogram)
    {
        string Text(double value) => FigureText.Number(value);
        var rows = new List<string[]>();
        if (histogram.Below > 0)
            rows.Add(["-", Text(histogram.From), FigureText.Count(histogram.Below)]);
        for (int bin = 0; bin < histogram.Counts.Length; bin++)
            rows.Add([
                Text(histogram.Edge(bin)),
                Text(histogram.Edge(bin + 1)),
                FigureText.Count(histogram.Counts[bin]),
            ]);
        if (histogram.Above > 0)
            rows.Add([Text(histogram.To), "-", FigureText.Count(histogram.Above)]);
        return new([FigureText.Head($"{metric.Name} from", metric.Unit), "to", "dies"], [.. rows]);
    }
}
