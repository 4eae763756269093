using ScottPlot;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Learning;

namespace YieldLab.Reports.Figures;

/// <summary>Draws how dies learn: the median of a metric over the epochs, and where half of the dies and nine of ten are.
/// </summary>
public static class LearningFigure
{
    // Longer trainings are drawn at some of their epochs.
    private const int MostEpochs = 400;

    /// <summary>The picture of a metric over the epochs.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="epochs">In order.</param>
    /// <param name="specs">Those of the metric are drawn.</param>
    public static Figure Of(Column metric, IReadOnlyList<EpochQuantiles> epochs, IReadOnlyList<Spec> specs)
    {
        EpochQuantiles[] known = [.. epochs.Where(epoch => epoch.Dies > 0)];
        int every = (known.Length + MostEpochs - 1) / MostEpochs;
        EpochQuantiles[] drawn = [.. known.Where((_, i) => i % every == 0 || i == known.Length - 1)];
        Spec[] own = [.. specs.Where(spec => spec.Metric == metric.Name)];
        return new(
            $"learning-{metric.Name}",
            $"{metric.Name} while dies learn",
            string.Join(" ", Sentences(metric, known, epochs.Select(e => e.Missing).DefaultIfEmpty(0).Max())),
            Table(metric, drawn),
            new(Drawing.UsualHeight, plot => Draw(plot, metric, drawn, own))
        );
    }

    private static void Draw(Plot plot, Column metric, EpochQuantiles[] epochs, Spec[] specs)
    {
        double[] ends = [.. epochs.SelectMany(epoch => new[] { epoch.Lowest, epoch.Highest })];
        AxisScale scale = AxisScale.Of(metric, ends);
        double[] xs = [.. epochs.Select(epoch => (double)epoch.Epoch)];
        double[] Of(Func<EpochQuantiles, double> of) => [.. epochs.Select(epoch => scale.Factor * of(epoch))];
        IReadOnlyList<Mark> marks = Mark.Of(specs, metric, scale);
        Span height = Mark.WithNear(Span.Around(ends.Select(end => scale.Factor * end)), marks);
        plot.XAxis(Span.Around(xs, 0.02), "epochs trained", whole: true);
        plot.YAxis(height, scale.Label(metric, AxisScale.Upwards));
        plot.MarkY(height, marks);
        if (epochs.Length == 1)
            DrawOne(plot, xs[0], epochs[0], scale.Factor);
        if (epochs.Length < 2)
            return;
        plot.AddBand(xs, Of(e => e.Lowest), Of(e => e.Highest), Palette.First, "nine dies of ten");
        plot.AddBand(xs, Of(e => e.Lower), Of(e => e.Upper), Palette.First, "half of the dies", alpha: 0.4);
        plot.AddCurve(xs, Of(e => e.Median), Palette.First, "median");
        plot.ShowKey();
    }

    private static void DrawOne(Plot plot, double x, EpochQuantiles epoch, double factor)
    {
        plot.AddInterval(new(x, factor * epoch.Lowest), new(x, factor * epoch.Highest), Palette.First);
        plot.AddPoints([x], [factor * epoch.Median], Palette.First);
    }

    private static IEnumerable<string> Sentences(Column metric, EpochQuantiles[] epochs, int missing)
    {
        string Value(double value) => FigureText.Quantity(value, metric.Unit);
        string At(EpochQuantiles e) =>
            $"{Value(e.Median)} after epoch {FigureText.Count(e.Epoch)} (nine dies of ten: {Value(e.Lowest)} to {Value(e.Highest)})";
        if (epochs.Length == 0)
            yield return $"No epoch with a value of {metric.Name} is stored.";
        else
            yield return $"The median {metric.Name} of {FigureText.Dies(epochs.Max(e => e.Dies))} is {FigureText.List([.. new[] { epochs[0], epochs[epochs.Length / 2], epochs[^1] }.Distinct().Select(At)])}.";
        if (missing > 0)
            yield return $"Left out: up to {FigureText.Dies(missing)} an epoch without a finite value.";
    }

    private static FigureTable Table(Column metric, EpochQuantiles[] epochs) =>
        new(
            ["epoch", "dies", FigureText.Head($"{metric.Name} 5 %", metric.Unit), "25 %", "median", "75 %", "95 %"],
            [
                .. epochs.Select(e =>
                    (string[])
                        [
                            FigureText.Count(e.Epoch),
                            FigureText.Count(e.Dies),
                            .. new[] { e.Lowest, e.Lower, e.Median, e.Upper, e.Highest }.Select(FigureText.Number),
                        ]
                ),
            ]
        );
}
