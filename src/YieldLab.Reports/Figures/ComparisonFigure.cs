using ScottPlot;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Figures;

/// <summary>Draws a metric of two groups of dies: for each the share of its dies that have a value or less. A die that never
/// does what is counted keeps its curve below 100 %.</summary>
public static class ComparisonFigure
{
    private const int MostSteps = 500;

    private static readonly double[] Told = [0.05, 0.25, 0.5, 0.75, 0.95];

    private sealed record Side(string Name, Role Role, double[] Ascending, int Missing)
    {
        public int Never => Ascending.Count(double.IsInfinity);
    }

    /// <summary>The picture of two groups.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="first">Name of the first group.</param>
    /// <param name="firstValues">Its values; infinite for a die that never gets there, NaN for one without a value.</param>
    /// <param name="second">Name of the second group.</param>
    /// <param name="secondValues">Its values.</param>
    /// <param name="specs">Those of the metric are drawn.</param>
    public static Figure Of(
        Column metric,
        string first,
        IReadOnlyList<double> firstValues,
        string second,
        IReadOnlyList<double> secondValues,
        IReadOnlyList<Spec> specs
    )
    {
        Side[] sides = [SideOf(first, Palette.First, firstValues), SideOf(second, Palette.Second, secondValues)];
        Spec[] own = [.. specs.Where(spec => spec.Metric == metric.Name)];
        return new(
            $"comparison-{metric.Name}",
            $"{metric.Name} of {first} and {second}",
            string.Join(" ", sides.SelectMany(side => Sentences(metric, side, own)).Append(Farthest(metric, sides))),
            Table(metric, sides),
            new(Drawing.UsualHeight, plot => Draw(plot, metric, sides, own))
        );
    }

    private static Side SideOf(string name, Role role, IReadOnlyList<double> values)
    {
        double[] ascending = [.. values.Where(value => !double.IsNaN(value))];
        Array.Sort(ascending);
        return new(name, role, ascending, values.Count - ascending.Length);
    }

    private static void Draw(Plot plot, Column metric, Side[] sides, Spec[] specs)
    {
        double[] ends = [.. sides.SelectMany(side => Ends(side.Ascending))];
        AxisScale scale = AxisScale.Of(metric, ends);
        IReadOnlyList<Mark> marks = Mark.Of(specs, metric, scale);
        Span range = Mark.WithNear(Span.Around(ends.Select(end => scale.Factor * end)), marks);
        plot.XAxis(range, scale.Label(metric, AxisScale.Across));
        plot.YAxis(new(-2, 102), "dies with this or less (%)");
        plot.MarkX(range, marks);
        foreach (Side side in sides)
            Draw(plot, side, scale.Factor, range);
        plot.ShowKey();
    }

    private static void Draw(Plot plot, Side side, double factor, Span range)
    {
        List<double> xs = [range.From];
        List<double> ys = [0];
        foreach (int die in Steps(side.Ascending))
        {
            double x = factor * side.Ascending[die];
            xs.AddRange([x, x]);
            ys.AddRange([ys[^1], 100.0 * (die + 1) / side.Ascending.Length]);
        }
        xs.Add(range.To);
        ys.Add(ys[^1]);
        plot.AddCurve([.. xs], [.. ys], side.Role, side.Name);
    }

    // The smallest and the largest finite value.
    private static IEnumerable<double> Ends(double[] ascending) =>
        ascending.Where(double.IsFinite) is var finite && finite.Any() ? [finite.First(), finite.Last()] : [];

    // The last die of each value; of many values some.
    private static IEnumerable<int> Steps(double[] ascending)
    {
        int last = -1;
        for (int die = 0; die < ascending.Length && double.IsFinite(ascending[die]); die++)
        {
            bool isLast = die + 1 == ascending.Length || ascending[die + 1] > ascending[die];
            bool isEnd = die + 1 == ascending.Length || double.IsInfinity(ascending[die + 1]);
            if (isLast && (isEnd || last < 0 || die - last >= ascending.Length / MostSteps))
                yield return last = die;
        }
    }

    private static IEnumerable<string> Sentences(Column metric, Side side, Spec[] specs)
    {
        string Value(double p) => FigureText.Quantity(Quantile.OfSorted(side.Ascending, p), metric.Unit);
        yield return side.Ascending.Length == 0
            ? $"{side.Name} has no die with a value of {metric.Name}."
            : $"{side.Name}: {FigureText.Dies(side.Ascending.Length)}, median {metric.Name} {Value(0.5)}, nine dies of ten from {Value(0.05)} to {Value(0.95)}.";
        if (side.Ascending.Length > 0)
            foreach (Spec spec in specs)
                yield return $"{FigureText.Percent(side.Ascending.Count(spec.IsMetBy) / (double)side.Ascending.Length)} of them meet {spec}.";
        if (side.Never > 0)
            yield return $"{FigureText.Dies(side.Never)} of {side.Name} never get there.";
        if (side.Missing > 0)
            yield return $"Left out: {FigureText.Dies(side.Missing)} of {side.Name} without a value.";
    }

    private static string Farthest(Column metric, Side[] sides)
    {
        var (a, b) = (sides[0].Ascending, sides[1].Ascending);
        if (a.Length == 0 || b.Length == 0)
            return "There is nothing to compare.";
        var (distance, at) = Distance(a, b);
        return distance == 0
            ? "The curves are the same."
            : $"The curves are farthest apart, by {FigureText.Percent(distance)} of the dies, at {FigureText.Quantity(at, metric.Unit)}.";
    }

    // Smirnov's distance, and where it is.
    private static (double Distance, double At) Distance(double[] a, double[] b)
    {
        (double Distance, double At) most = (0, double.NaN);
        var (i, j) = (0, 0);
        while (i < a.Length && j < b.Length)
        {
            double at = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= at)
                i++;
            while (j < b.Length && b[j] <= at)
                j++;
            double distance = Math.Abs((double)i / a.Length - (double)j / b.Length);
            if (distance > most.Distance)
                most = (distance, at);
        }
        return most;
    }

    private static FigureTable Table(Column metric, Side[] sides) =>
        new(
            [
                "share of dies below",
                .. sides.Select(side => FigureText.Head($"{metric.Name} of {side.Name}", metric.Unit)),
            ],
            [
                .. Told.Select(p =>
                    (string[])
                        [
                            FigureText.Percent(p),
                            .. sides.Select(side =>
                                side.Ascending.Length == 0
                                    ? "-"
                                    : FigureText.Number(Quantile.OfSorted(side.Ascending, p))
                            ),
                        ]
                ),
            ]
        );
}
