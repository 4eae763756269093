using ScottPlot;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Reports.Figures;

/// <summary>Draws a metric against another column of the same dies: a dot for a die, of many dies for some, and where there
/// are enough the median and the range of nine dies of ten along the column.</summary>
public static class TrendFigure
{
    private const int MostDots = 1_500;

    /// <summary>The picture of a metric of a point against one of its columns.</summary>
    /// <param name="point">The dies.</param>
    /// <param name="metric">One of its metrics.</param>
    /// <param name="by">A column of reals.</param>
    public static Figure Of(StoredPointDies point, Column metric, Column by) =>
        Of(metric, point.Dies.Metric(metric), by, point.Dies.Reals(by.Name), point.Run.Description.Specs);

    /// <summary>The picture of a metric against a column.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="values">Its value of each die; those that are no finite numbers are left out.</param>
    /// <param name="by">The column.</param>
    /// <param name="places">Its value of each die, in the same order.</param>
    /// <param name="specs">Those of the metric are drawn.</param>
    public static Figure Of(
        Column metric,
        IReadOnlyList<double> values,
        Column by,
        IReadOnlyList<double> places,
        IReadOnlyList<Spec> specs
    )
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(places.Count, values.Count);
        var (xs, ys) = Finite(places, values);
        IReadOnlyList<TrendBin> bins = Bins(xs, ys);
        Spec[] own = [.. specs.Where(spec => spec.Metric == metric.Name)];
        var dots = new Dots(by, Thin(xs), metric, Thin(ys), Every(xs.Length));
        return new(
            $"trend-{metric.Name}-{by.Name}",
            $"{metric.Name} against {by.Name}",
            string.Join(" ", Sentences(metric, by, values.Count, xs.Length, bins)),
            Table(metric, by, bins),
            new(Drawing.UsualHeight, plot => Draw(plot, dots, bins, own))
        );
    }

    /// <summary>The dies that are drawn: one of some.</summary>
    private sealed record Dots(Column By, double[] Places, Column Metric, double[] Values, int Every);

    private static (double[] Places, double[] Values) Finite(IReadOnlyList<double> places, IReadOnlyList<double> values)
    {
        var xs = new double[places.Count];
        var ys = new double[places.Count];
        int count = 0;
        for (int die = 0; die < xs.Length; die++)
            if (double.IsFinite(places[die]) && double.IsFinite(values[die]))
                (xs[count], ys[count++]) = (places[die], values[die]);
        return (xs[..count], ys[..count]);
    }

    // Which of the dies at one place comes first makes no difference to a bin, which has all of them.
    private static IReadOnlyList<TrendBin> Bins(double[] xs, double[] ys)
    {
        double[] places = [.. xs];
        double[] values = [.. ys];
        Array.Sort(places, values);
        return TrendBin.Of(places, values);
    }

    private static void Draw(Plot plot, Dots dots, IReadOnlyList<TrendBin> bins, Spec[] specs)
    {
        AxisScale x = AxisScale.Of(dots.By, dots.Places);
        AxisScale y = AxisScale.Of(dots.Metric, dots.Values);
        double[] xs = [.. dots.Places.Select(place => x.Factor * place)];
        double[] ys = [.. dots.Values.Select(value => y.Factor * value)];
        IReadOnlyList<Mark> marks = Mark.Of(specs, dots.Metric, y);
        Span width = Span.Around(xs);
        Span height = Mark.WithNear(Span.Around(ys), marks);
        plot.XAxis(width, x.Label(dots.By, AxisScale.Across));
        plot.YAxis(height, y.Label(dots.Metric, AxisScale.Upwards));
        plot.MarkY(height, marks);
        plot.AddDots(xs, ys, Palette.First, dots.Every > 1 ? $"die (one of {dots.Every})" : "die");
        if (bins.Count > 0)
            Draw(plot, bins, x.Factor, y.Factor);
        plot.ShowKey();
    }

    private static void Draw(Plot plot, IReadOnlyList<TrendBin> bins, double x, double y)
    {
        double[] places = [.. Ends(bins).Select(end => x * end)];
        double[] Steps(Func<TrendBin, double> of) => [.. bins.SelectMany(bin => new[] { y * of(bin), y * of(bin) })];
        plot.AddBand(places, Steps(bin => bin.Low), Steps(bin => bin.High), Palette.Second, "nine dies of ten");
        plot.AddCurve(places, Steps(bin => bin.Median), Palette.Second, "median");
    }

    // From and to of each bin, neighbours meeting half-way.
    private static IEnumerable<double> Ends(IReadOnlyList<TrendBin> bins)
    {
        for (int i = 0; i < bins.Count; i++)
        {
            yield return i == 0 ? bins[0].From : (bins[i - 1].To + bins[i].From) / 2;
            yield return i == bins.Count - 1 ? bins[i].To : (bins[i].To + bins[i + 1].From) / 2;
        }
    }

    private static int Every(int dies) => Math.Max(1, (dies + MostDots - 1) / MostDots);

    private static double[] Thin(double[] all) =>
        [
            .. Enumerable
                .Range(0, Math.Min(all.Length, MostDots))
                .Select(i => i * Every(all.Length))
                .Where(i => i < all.Length)
                .Select(i => all[i]),
        ];

    private static IEnumerable<string> Sentences(
        Column metric,
        Column by,
        int dies,
        int drawn,
        IReadOnlyList<TrendBin> bins
    )
    {
        string Value(double value) => FigureText.Quantity(value, metric.Unit);
        string Place(double value) => FigureText.Quantity(value, by.Unit);
        string At(TrendBin bin) =>
            $"{Value(bin.Median)} ({Value(bin.Low)} to {Value(bin.High)}) near {by.Name} = {Place(bin.Middle)}";
        yield return $"{metric.Name} of {FigureText.Dies(drawn)} against {by.Name}.";
        if (bins.Count == 0)
            yield return "They are too few, or too alike, for quantiles along it.";
        else
            yield return $"The median, and the range of nine dies of ten, is {FigureText.List([.. new[] { bins[0], bins[bins.Count / 2], bins[^1] }.Distinct().Select(At)])}.";
        if (Every(drawn) > 1)
            yield return $"One die of {Every(drawn)} is a dot; quantiles are of all.";
        if (drawn < dies)
            yield return $"Left out of the picture: {FigureText.Dies(dies - drawn)} without a finite value of both.";
    }

    private static FigureTable Table(Column metric, Column by, IReadOnlyList<TrendBin> bins) =>
        new(
            [
                FigureText.Head($"{by.Name} from", by.Unit),
                "to",
                "dies",
                FigureText.Head($"{metric.Name} 5 %", metric.Unit),
                "median",
                "95 %",
            ],
            [
                .. bins.Select(bin =>
                    (string[])
                        [
                            FigureText.Number(bin.From),
                            FigureText.Number(bin.To),
                            FigureText.Count(bin.Dies),
                            FigureText.Number(bin.Low),
                            FigureText.Number(bin.Median),
                            FigureText.Number(bin.High),
                        ]
                ),
            ]
        );
}
