using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Shapes;
using YieldLab.Reports.Yields;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Pages.Sections;

/// <summary>How the metrics are distributed over the dies.</summary>
public static class DistributionSection
{
    // Fewer dies agree with any law.
    private const int FewestOfLaw = 10;

    private static readonly double[] Probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

    /// <summary>The section.</summary>
    public static Section Of(StoredPointDies point, ReportQuestion asked) =>
        new(
            "distributions",
            "Distributions",
            [.. Together.Select(asked.Metrics, metric => Of(point, asked, metric)).SelectMany(b => b)]
        );

    private static Block[] Of(StoredPointDies point, ReportQuestion asked, Column metric)
    {
        // No laws are fitted and no tail: that is what yieldlab shape is for.
        MetricShape shape = MetricShape.Of(point, metric, new([]) { HasTail = false });
        Block[] head =
        [
            new Block.Heading(FigureText.Head(metric.Name, metric.Unit)),
            new Block.Text($"{metric.Meaning}."),
        ];
        Block[] notes = [.. Notes(shape.Values).Select(note => new Block.Note(note))];
        if (shape.Values.Ascending.Length == 0)
            return [.. head, .. notes];
        return
        [
            .. head,
            new Block.Picture(DistributionFigure.Of(shape, point.Run.Description.Specs)),
            .. shape.Values.Ascending.Length < FewestOfLaw
                ? []
                : new[] { new Block.Picture(QuantileFigure.Of(shape.Values)) },
            .. Quantiles(point, asked, metric),
            .. notes,
        ];
    }

    private static IEnumerable<Block> Quantiles(StoredPointDies point, ReportQuestion asked, Column metric)
    {
        YieldConfidence confidence = YieldConfidence.Of(point.Run, asked.Yields);
        var found = MetricQuantileIntervals.Of(new(point), metric, Probabilities, confidence);
        yield return new Block.Table(
            $"Quantiles of {FigureText.Head(metric.Name, metric.Unit)}, of {FigureText.Dies(found.Dies)}",
            ["share of dies below", "value", $"{FigureText.Exact(confidence.Confidence)} interval"],
            [
                .. found.Quantiles.Select(quantile =>
                    (string[])
                        [
                            FigureText.Exact(quantile.Probability),
                            FigureText.Number(quantile.Estimate),
                            $"{End(quantile.Lower)} to {End(quantile.Upper)}",
                        ]
                ),
            ]
        );
        if (!confidence.HoldsForAll)
            yield return new Block.Note(
                "The intervals are those of independent dies whose number was fixed beforehand, which these are not."
            );
        if (found.Quantiles.Any(quantile => quantile.Lower is null || quantile.Upper is null))
            yield return new Block.Note("-: too few dies for this end of an interval.");
    }

    private static string End(double? end) => FigureText.Number(end ?? double.NaN);

    private static IEnumerable<string> Notes(MetricValues values)
    {
        if (values.Failed > 0)
            yield return $"{FigureText.Dies(values.Failed)} failed and {(values.Failed == 1 ? "is" : "are")} left out.";
        if (values.Missing > 0)
            yield return $"{FigureText.Dies(values.Missing)} did not fail and {(values.Missing == 1 ? "does" : "do")} not have it.";
        if (values.Never > 0)
            yield return $"{FigureText.Dies(values.Never)} never {(values.Never == 1 ? "gets" : "get")} there and {(values.Never == 1 ? "is" : "are")} not in the picture; the quantiles count {(values.Never == 1 ? "it" : "them")} as the largest.";
        if (values.Ascending.Length == 0)
            yield return "No die has a value that can be drawn.";
    }
}
