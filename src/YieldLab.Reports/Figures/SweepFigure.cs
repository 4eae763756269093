using ScottPlot;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Reports.Figures;

/// <summary>Draws how a yield or a metric changes along one swept key.</summary>
public static class SweepFigure
{
    // Part of the axis that a marker at its end needs.
    private const double MarkerRoom = 0.025;

    /// <summary>A point of a picture.</summary>
    private readonly record struct Place(object At, double Low, double Middle, double High);

    /// <summary>The picture of the yield along a key.</summary>
    /// <param name="by">What is swept.</param>
    /// <param name="values">Its value of each point, a double or a text; each once.</param>
    /// <param name="yields">Of each point; null where it has no dies.</param>
    /// <param name="target">Yield that is wanted, in [0, 1]; null for none.</param>
    public static Figure OfYield(
        Column by,
        IReadOnlyList<object> values,
        IReadOnlyList<YieldEstimate?> yields,
        double? target = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(yields.Count, values.Count);
        Place[] places =
        [
            .. values.Zip(yields).Where(pair => pair.Second is not null).Select(pair => Of(pair.First, pair.Second!)),
        ];
        var axis = new SweptAxis(by, [.. places.Select(place => place.At)]);
        Place[] sorted = [.. axis.Order.Select(i => places[i])];
        string what = yields.OfType<YieldEstimate>().Select(yield => $"{yield.Name}: ").FirstOrDefault() ?? "";
        return new(
            $"sweep-yield-{by.Name}",
            $"Yield along {by.Name}",
            string.Join(
                " ",
                [
                    $"{what}yield along {by.Name}.",
                    .. Sentences(by, sorted, FigureText.Percent, values.Count),
                    .. Pointwise(sorted, yields, target),
                ]
            ),
            Table(by, ["yield", "from", "to"], sorted, FigureText.Percent),
            new(Drawing.UsualHeight, plot => DrawYield(plot, axis, sorted, target))
        );
    }

    /// <summary>The picture of a metric along a key.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="by">What is swept.</param>
    /// <param name="values">Its value of each point, a double or a text; each once.</param>
    /// <param name="quantiles">Of the metric at each point.</param>
    /// <param name="specs">Those of the metric are drawn.</param>
    public static Figure OfMetric(
        Column metric,
        Column by,
        IReadOnlyList<object> values,
        IReadOnlyList<MetricQuantiles> quantiles,
        IReadOnlyList<Spec> specs
    )
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(quantiles.Count, values.Count);
        Place[] places = [.. values.Zip(quantiles, Of).Where(place => place.Low > double.NegativeInfinity)];
        var axis = new SweptAxis(by, [.. places.Select(place => place.At)]);
        Place[] sorted = [.. axis.Order.Select(i => places[i])];
        string Value(double value) => FigureText.Quantity(value, metric.Unit);
        return new(
            $"sweep-{metric.Name}-{by.Name}",
            $"{metric.Name} along {by.Name}",
            string.Join(
                " ",
                [
                    $"Median {metric.Name}, and the range of nine dies of ten, along {by.Name}.",
                    .. Sentences(by, sorted, Value, values.Count),
                    .. Open(sorted),
                ]
            ),
            Table(
                by,
                [FigureText.Head($"{metric.Name} median", metric.Unit), "5 %", "95 %"],
                sorted,
                FigureText.Number
            ),
            new(
                Drawing.UsualHeight,
                plot => DrawMetric(plot, metric, axis, sorted, [.. specs.Where(s => s.Metric == metric.Name)])
            )
        );
    }

    // An end is infinite where more dies than it leaves out never do what the metric counts.
    private static IEnumerable<string> Open(Place[] places)
    {
        if (places.Count(p => double.IsInfinity(p.High)) is > 0 and var open)
            yield return $"At {open} of {FigureText.Times(places.Length, "point")} 5 % of the dies or more never get there, and at {places.Count(p => double.IsInfinity(p.Middle))} half of them or more: ranges are open upwards there.";
    }

    private static Place Of(object value, YieldEstimate yield) =>
        new(value, yield.Interval.Lower, yield.Value, yield.Interval.Upper);

    private static Place Of(object value, MetricQuantiles quantiles)
    {
        double At(double probability) =>
            quantiles.Count == 0
                ? double.NaN
                : quantiles.Values[RunSummary.Probabilities.ToList().IndexOf(probability)];
        return new(value, At(0.05), At(0.5), At(0.95));
    }

    private static void DrawYield(Plot plot, SweptAxis axis, Place[] places, double? target)
    {
        IReadOnlyList<Mark> marks = target is { } wanted
            ? [new(100 * wanted, $"target {FigureText.Exact(wanted)}", FailsBelow: true)]
            : [];
        Span shares = Span.Around(
                [
                    .. places.SelectMany(place => new[] { 100 * place.Low, 100 * place.High }),
                    .. marks.Select(mark => mark.Value),
                ],
                0.06
            )
            .Within(-4, 104);
        axis.Show(plot);
        plot.YAxis(shares, "yield (%)");
        plot.MarkY(shares, marks);
        Draw(plot, axis, places, 100, shares, "yield", "interval");
    }

    private static void DrawMetric(Plot plot, Column metric, SweptAxis axis, Place[] places, Spec[] specs)
    {
        double[] ends = [.. places.SelectMany(place => new[] { place.Low, place.High })];
        AxisScale scale = AxisScale.Of(metric, ends);
        IReadOnlyList<Mark> marks = Mark.Of(specs, metric, scale);
        Span height = Mark.WithNear(Span.Around(ends.Select(end => scale.Factor * end), 0.06), marks);
        axis.Show(plot);
        plot.YAxis(height, scale.Label(metric, AxisScale.Upwards));
        plot.MarkY(height, marks);
        Draw(plot, axis, places, scale.Factor, height, "median", "nine dies of ten");
    }

    private static void Draw(
        Plot plot,
        SweptAxis axis,
        Place[] places,
        double factor,
        Span height,
        string middle,
        string ends
    )
    {
        double[] Of(Func<Place, double> of) => [.. places.Select(place => factor * of(place))];
        double top = height.To - MarkerRoom * height.Width;
        // No line leads to a value that is never reached.
        bool joined = places.Length > 1 && places.All(place => place.At is double && double.IsFinite(place.High));
        if (joined)
        {
            plot.AddBand(axis.Places, Of(p => p.Low), Of(p => p.High), Palette.First, ends);
            plot.AddCurve(axis.Places, Of(p => p.Middle), Palette.First, middle);
        }
        else
            for (int i = 0; i < places.Length; i++)
                plot.AddInterval(
                    new(axis.Places[i], Math.Min(factor * places[i].Low, top)),
                    new(axis.Places[i], Math.Min(factor * places[i].High, top)),
                    Palette.First
                );
        if (places.Length == 0)
            return;
        AddPoints(plot, axis, places, factor, joined ? "" : $"{middle}, with {ends}");
        if (Where(axis, places, place => double.IsInfinity(place.High)) is { Length: > 0 } open)
            plot.AddPoints(
                [.. open.Select(p => p.X)],
                [.. open.Select(_ => top)],
                Palette.Second,
                "open upwards: 5 % of the dies or more never get there",
                MarkerShape.FilledTriangleUp
            );
        plot.ShowKey();
    }

    private static void AddPoints(Plot plot, SweptAxis axis, Place[] places, double factor, string name)
    {
        var finite = Where(axis, places, place => double.IsFinite(place.Middle));
        if (finite.Length > 0)
            plot.AddPoints(
                [.. finite.Select(p => p.X)],
                [.. finite.Select(p => factor * p.Place.Middle)],
                Palette.First,
                name
            );
    }

    private static (double X, Place Place)[] Where(SweptAxis axis, Place[] places, Func<Place, bool> holds) =>
        [.. axis.Places.Zip(places).Where(pair => holds(pair.Second))];

    private static IEnumerable<string> Sentences(Column by, Place[] places, Func<double, string> text, int all)
    {
        string At(Place p) => $"{text(p.Middle)} ({text(p.Low)} to {text(p.High)}) at {SweptAxis.Text(by, p.At)}";
        if (places.Length == 0)
            yield return "No point has finite numbers.";
        else
            yield return $"It is {FigureText.List([.. new[] { places[0], places[^1] }.Distinct().Select(At)])}.";
        if (places.Length > 2 && places.Select(p => p.Middle).Distinct().Count() > 1)
            yield return $"It is highest with {At(places.MaxBy(p => p.Middle))} and lowest with {At(places.MinBy(p => p.Middle))}.";
        if (places.Length < all)
            yield return $"Left out of the picture: {all - places.Length} of {FigureText.Times(all, "point")}, without finite numbers.";
    }

    // A highest and a lowest of many were chosen by what they are, which an interval of one point knows nothing of.
    private static IEnumerable<string> Pointwise(Place[] places, IEnumerable<YieldEstimate?> yields, double? target)
    {
        if (yields.OfType<YieldEstimate>().FirstOrDefault() is not { } first)
            yield break;
        yield return $"Each interval has {FigureText.Exact(first.Confidence)} confidence for a point chosen beforehand, not for all points together.";
        if (target is { } wanted)
            yield return $"The whole interval is at or above the target of {FigureText.Exact(wanted)} at {places.Count(p => p.Low >= wanted)} of {FigureText.Times(places.Length, "point")}, and below it at {places.Count(p => p.High < wanted)}.";
    }

    private static FigureTable Table(Column by, string[] head, Place[] places, Func<double, string> text) =>
        new(
            [by.Name, .. head],
            [.. places.Select(p => (string[])[SweptAxis.Text(by, p.At), text(p.Middle), text(p.Low), text(p.High)])]
        );
}
