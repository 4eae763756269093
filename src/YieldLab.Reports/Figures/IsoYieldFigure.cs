using ScottPlot;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Reports.Figures;

/// <summary>A point of a sweep of two keys.</summary>
/// <param name="X">Value of the first key, a double or a text.</param>
/// <param name="Y">Value of the second key.</param>
/// <param name="Yield">Null where it has no dies.</param>
public readonly record struct IsoYieldPoint(object X, object Y, YieldEstimate? Yield);

/// <summary>Draws the yield over two swept keys as a map: a field for each pair of values, darker where the yield is higher, and
/// lines of the same yield where all fields are known.</summary>
public static class IsoYieldFigure
{
    private const int FieldHeight = 44;

    // Of a letter, and of fields without a text.
    private const int LetterWidth = 8;
    private const int MostHeight = 420;
    private const int MostTexts = 12;

    // Shades of the lowest and the highest yield; texts are read on both.
    private const double Faintest = 0.08;
    public const double Darkest = 0.55;

    // Fields of one shade are one path of the picture.
    private const int Shades = 32;

    private static readonly double[] RoundLevels = [0.5, 0.9, 0.99, 0.999];

    private sealed record Map(Column X, Column Y, object[] Xs, object[] Ys, YieldEstimate?[,] Yields)
    {
        public IEnumerable<YieldEstimate> Known => Yields.Cast<YieldEstimate?>().OfType<YieldEstimate>();

        public string At(int x, int y) =>
            $"{X.Name} = {SweptAxis.Text(X, Xs[x])}, {Y.Name} = {SweptAxis.Text(Y, Ys[y])}";
    }

    /// <summary>The picture of the yields of a sweep.</summary>
    /// <param name="x">The key along the picture.</param>
    /// <param name="y">The key upwards.</param>
    /// <param name="points">Each pair of values once.</param>
    /// <param name="target">Yield whose line is drawn, in [0, 1]; null for lines of round yields.</param>
    public static Figure Of(Column x, Column y, IReadOnlyList<IsoYieldPoint> points, double? target = null)
    {
        object[] xs = Values(points.Select(point => point.X));
        object[] ys = Values(points.Select(point => point.Y));
        var yields = new YieldEstimate?[xs.Length, ys.Length];
        foreach (IsoYieldPoint point in points)
            yields[Array.IndexOf(xs, point.X), Array.IndexOf(ys, point.Y)] = point.Yield;
        var map = new Map(x, y, xs, ys, yields);
        return new(
            $"iso-yield-{x.Name}-{y.Name}",
            $"Yield over {x.Name} and {y.Name}",
            string.Join(" ", Sentences(map, target)),
            Table(map),
            new(100 + Height(map), plot => Draw(plot, map, target))
        );
    }

    private static int Height(Map map) => Math.Min(MostHeight, FieldHeight * Math.Max(3, map.Ys.Length));

    // Numbers ascending, texts as they come.
    private static object[] Values(IEnumerable<object> values)
    {
        object[] distinct = [.. values.Distinct()];
        return distinct.All(value => value is double) ? [.. distinct.Order()] : distinct;
    }

    private static void Draw(Plot plot, Map map, double? target)
    {
        var (width, height) = (map.Xs.Length, map.Ys.Length);
        plot.XAxis(new(-0.5, Math.Max(width, 1) - 0.5), Label(map.X, AxisScale.Across));
        plot.YAxis(new(-0.5, Math.Max(height, 1) - 0.5), Label(map.Y, Height(map) / LetterWidth));
        plot.Axes.Bottom.Labels(Some(map.X, map.Xs));
        plot.Axes.Left.Labels(Some(map.Y, map.Ys));
        plot.HideGrid();
        Span shares = Shares(map);
        foreach (var (share, x, y) in Known(map).OrderBy(field => Shade(shares, field.Yield.Value)))
            plot.AddField(x, y, Shade(shares, share.Value));
        double[] levels = Levels(map, shares, target);
        AddLines(plot, map, levels);
        if (width <= MostTexts && height <= MostTexts)
            AddTexts(plot, map, covered: levels.Length > 0);
        if (map.Known.Any())
            ShowKey(plot, shares, levels);
    }

    private static string Label(Column column, int most) => new AxisScale(1, "").Label(column, most);

    private static Span Shares(Map map)
    {
        double[] shares = [.. map.Known.Select(yield => yield.Value)];
        return shares.Length == 0 ? new(0, 1) : new(shares.Min(), shares.Max());
    }

    private static double Shade(Span shares, double share) =>
        shares.Width > 0
            ? Faintest + (Darkest - Faintest) * Math.Round(Shades * (share - shares.From) / shares.Width) / Shades
            : Darkest / 2;

    private static IEnumerable<(double, string)> Some(Column column, object[] values)
    {
        int every = (values.Length + MostTexts - 1) / MostTexts;
        return values
            .Select((value, i) => (Place: (double)i, Text: SweptAxis.Text(column, value)))
            .Where((_, i) => i % Math.Max(1, every) == 0);
    }

    private static void AddTexts(Plot plot, Map map, bool covered)
    {
        for (int x = 0; x < map.Xs.Length; x++)
        for (int y = 0; y < map.Ys.Length; y++)
            plot.AddText(x, y, map.Yields[x, y] is { } yield ? FigureText.Percent(yield.Value) : "no dies", covered);
    }

    private static void AddLines(Plot plot, Map map, double[] levels)
    {
        if (levels.Length == 0)
            return;
        var field = new Coordinates3d[map.Ys.Length, map.Xs.Length];
        for (int x = 0; x < map.Xs.Length; x++)
        for (int y = 0; y < map.Ys.Length; y++)
            field[y, x] = new(x, y, map.Yields[x, y]!.Value);
        plot.AddContours(field, levels);
    }

    // Lines need four neighbours that are known, yields on both sides, and something between two values: between two corners
    // of a process there is nothing.
    private static double[] Levels(Map map, Span shares, double? target) =>
        map.Xs.Length < 2
        || map.Ys.Length < 2
        || map.Known.Count() < map.Yields.Length
        || map.Xs.Concat(map.Ys).Any(value => value is not double)
            ? []
            :
            [
                .. (target is { } wanted ? [wanted] : RoundLevels).Where(level =>
                    level > shares.From && level < shares.To
                ),
            ];

    private static void ShowKey(Plot plot, Span shares, double[] levels)
    {
        double[] ends = shares.Width > 0 ? [shares.From, shares.To] : [shares.From];
        plot.ShowKey(
            ends.Select(share => ($"yield {FigureText.Percent(share)}", Palette.First.Faint(Shade(shares, share))))
        );
        if (levels.Length > 0)
            plot.Legend.ManualItems.Add(
                new()
                {
                    LabelText = $"line of {FigureText.List([.. levels.Select(FigureText.Exact)])}",
                    LineColor = Palette.Text.Color,
                    LineWidth = 2,
                }
            );
    }

    private static IEnumerable<string> Sentences(Map map, double? target)
    {
        var known = Known(map).ToArray();
        yield return $"Yield over {map.X.Name} ({FigureText.Times(map.Xs.Length, "value")}) and {map.Y.Name} ({FigureText.Times(map.Ys.Length, "value")}).";
        if (known.Length > 0)
        {
            var (best, worst) = (known.MaxBy(p => p.Yield.Value), known.MinBy(p => p.Yield.Value));
            yield return $"It is highest, {FigureText.Percent(best.Yield.Value)}, at {map.At(best.X, best.Y)}, and lowest, {FigureText.Percent(worst.Yield.Value)}, at {map.At(worst.X, worst.Y)}.";
        }
        if (target is { } wanted)
            yield return $"{known.Count(p => p.Yield.Value >= wanted)} of {known.Length} points reach the target of {FigureText.Exact(wanted)}, {known.Count(p => p.Yield.Interval.Lower >= wanted)} of them with their whole interval.";
        if (known.Length > 0)
            yield return $"Each interval has {FigureText.Exact(known[0].Yield.Confidence)} confidence for a point chosen beforehand, not for all points together.";
        if (known.Length < map.Yields.Length)
            yield return $"{map.Yields.Length - known.Length} of {map.Yields.Length} pairs have no dies.";
    }

    private static IEnumerable<(YieldEstimate Yield, int X, int Y)> Known(Map map) =>
        from x in Enumerable.Range(0, map.Xs.Length)
        from y in Enumerable.Range(0, map.Ys.Length)
        where map.Yields[x, y] is not null
        select (map.Yields[x, y]!, x, y);

    private static FigureTable Table(Map map) =>
        new(
            [map.X.Name, map.Y.Name, "yield", "from", "to", "dies"],
            [
                .. Known(map)
                    .Select(field =>
                        (string[])
                            [
                                SweptAxis.Text(map.X, map.Xs[field.X]),
                                SweptAxis.Text(map.Y, map.Ys[field.Y]),
                                FigureText.Percent(field.Yield.Value),
                                FigureText.Percent(field.Yield.Interval.Lower),
                                FigureText.Percent(field.Yield.Interval.Upper),
                                FigureText.Count(field.Yield.Total),
                            ]
                    ),
            ]
        );
}
