using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;
using YieldLab.Reports.WorstDies;
using YieldLab.Reports.Yields;

namespace YieldLab.Reports.Pages.Sections;

/// <summary>The dies at the bad end of each metric, and how to have each of them again.</summary>
public static class WorstSection
{
    private const int Named = 5;
    private const double Share = WorstReport.UsualShare;

    /// <summary>The section.</summary>
    /// <param name="point">The dies.</param>
    /// <param name="asked">Its metrics and confidence.</param>
    /// <param name="command">The command line that gives a die again; null where there is none.</param>
    /// <param name="problem">Why there is none.</param>
    public static Section Of(StoredPointDies point, ReportQuestion asked, Func<long, string>? command, string? problem)
    {
        var told = new SortedSet<long>();
        var blocks = new List<Block>();
        SharedConditions shared = SharedConditions.Of(point);
        foreach (Column metric in asked.Metrics.Where(metric => Has(point, metric)))
        {
            IReadOnlyList<Side> bad = Sides.Bad(point.Run.Description.Specs, metric.Name);
            double[] probabilities =
            [
                .. (bad.Count == 0 ? [Side.Low, Side.High] : bad).SelectMany(side =>
                    side == Side.Low ? new[] { 0, Share } : [1, 1 - Share]
                ),
            ];
            WorstReport report = WorstReport.Of(
                point,
                metric,
                probabilities,
                Named,
                confidence: YieldConfidence.Of(point.Run, asked.Yields).Confidence,
                shared: shared
            );
            blocks.AddRange(Of(report, told));
        }
        blocks.AddRange(Failed(point, told));
        blocks.AddRange(Commands(told, command, problem));
        return new("worst", "Worst dies", blocks);
    }

    private static bool Has(StoredPointDies point, Column metric) =>
        point.Dies.Metric(metric).Any(value => !double.IsNaN(value));

    private static IEnumerable<Block> Of(WorstReport report, SortedSet<long> told)
    {
        MetricDies dies = report.Dies;
        told.UnionWith(report.Quantiles.SelectMany(quantile => quantile.Dies).Select(die => die.Index));
        told.UnionWith(report.Corners.Select(corner => corner.Die.Index));
        yield return new Block.Heading($"By {FigureText.Head(dies.Metric.Name, dies.Metric.Unit)}");
        if (report.Bad.Count == 0)
            yield return new Block.Text("No specification names it: both ends are shown.");
        yield return new Block.Table(
            $"Dies at the ends of {dies.Metric.Name}",
            ["where", "die", .. Columns(dies)],
            [
                .. report.Quantiles.SelectMany(quantile =>
                    quantile.Dies.Select(die => (string[])[Where(quantile.Probability), $"{die.Index}", .. Cells(die)])
                ),
                .. report.Corners.Select(corner =>
                    (string[])[$"for {corner.Signed:+0;-0} sigma", $"{corner.Die.Index}", .. Cells(corner.Die)]
                ),
            ]
        );
        yield return new Block.Table(
            $"What the dies for so many sigma of {dies.Metric.Name} stand for",
            ["sigma", "one die in", "quantile", $"{FigureText.Exact(report.Confidence)} interval", "die"],
            [
                .. report.Corners.Select(corner =>
                    (string[])
                        [
                            $"{corner.Signed:+0;-0}",
                            FigureText.Number(corner.OneIn),
                            FigureText.Number(corner.Value),
                            $"{End(corner.Lower)} to {End(corner.Upper)}",
                            $"{corner.Die.Index}",
                        ]
                ),
            ]
        );
        foreach (SigmaCorner corner in report.Corners.Where(corner => dies.Count < corner.OneIn))
            yield return new Block.Note(
                $"{corner.Signed:+0;-0} sigma is one die in {corner.OneIn:n0}, and there are {FigureText.Count(dies.Count)}: it is a guess from the outermost dies."
            );
    }

    // Too few dies for this end.
    private static string End(double? end) => end is { } value ? FigureText.Number(value) : "-";

    private static IEnumerable<string> Columns(MetricDies dies) =>
        ["value", "all specs", .. dies.SharedColumns.Select(column => column.Name)];

    private static IEnumerable<string> Cells(ToldDie die) =>
        [FigureText.Number(die.Value), die.Passed ? "pass" : "fail", .. die.Shared.Select(FigureText.Number)];

    private static string Where(double probability) =>
        probability switch
        {
            0 => "smallest",
            1 => "largest",
            _ => $"{FigureText.Exact(probability)} quantile",
        };

    private static IEnumerable<Block> Failed(StoredPointDies point, SortedSet<long> told)
    {
        IReadOnlyList<FailedDies> failures = MetricDies.FailuresOf(point, Named);
        if (failures.Count == 0)
            yield break;
        told.UnionWith(failures.SelectMany(failure => failure.First));
        yield return new Block.Heading("Failed dies");
        yield return new Block.Table(
            "Failed dies, worse than all of these",
            ["reason", "dies", "the first"],
            [
                .. failures.Select(failure =>
                    (string[])[failure.Reason, FigureText.Count(failure.Count), string.Join(", ", failure.First)]
                ),
            ]
        );
    }

    private static IEnumerable<Block> Commands(SortedSet<long> told, Func<long, string>? command, string? problem)
    {
        yield return new Block.Note(
            "The die for k sigma is the one in the interval of that quantile whose temperature and shifts are the most usual: it stands for the quantile, and its own value may be another. An end that is - needs more dies."
        );
        yield return command is null
            ? new Block.Note($"There is no command that gives a die again: {problem}")
            : new Block.Code("Each of them again, as a case file", string.Join('\n', told.Select(command)));
    }
}
