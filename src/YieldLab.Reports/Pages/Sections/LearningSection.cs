using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Learning;

namespace YieldLab.Reports.Pages.Sections;

/// <summary>How the dies learn, epoch by epoch.</summary>
public static class LearningSection
{
    // Of more dies no quantile of a picture moves by what can be seen, and each has a row for every epoch.
    private const int MostDies = 10_000;

    /// <summary>The section.</summary>
    public static Section Of(StoredPointDies point, ReportQuestion asked) =>
        new("learning", "How the dies learn", [.. Blocks(point, asked)]);

    private static IEnumerable<Block> Blocks(StoredPointDies point, ReportQuestion asked)
    {
        Column[] columns = Columns(point, asked);
        if (columns.Length == 0)
            return
            [
                new Block.Text(
                    "Left out: the run did not store its epochs; output: { epochs: on } in the study stores them."
                ),
            ];
        StoredPointDies first = point with { Dies = point.Dies.First(MostDies) };
        int dies = first.Dies.Indices.Length;
        string which = dies < point.Dies.Indices.Length ? "the first " : "";
        return
        [
            new Block.Text($"Medians and ranges of {which}{FigureText.Dies(dies)} after each epoch."),
            .. Together.Select(columns, column => Picture(first, column)),
        ];
    }

    private static Block.Picture Picture(StoredPointDies point, Column column) =>
        new(LearningFigure.Of(column, EpochQuantiles.Of(point, column), point.Run.Description.Specs));

    // Metrics of the report that an epoch has, and the same of the training examples; where it has none of them the first.
    private static Column[] Columns(StoredPointDies point, ReportQuestion asked)
    {
        Column[] all = [.. point.Run.Description.Epochs.Where(column => column.IsMetric)];
        Column[] chosen =
        [
            .. all.Where(column =>
                asked.Metrics.Any(metric => column.Name == metric.Name || column.Name == $"train_{metric.Name}")
            ),
        ];
        return chosen.Length > 0 ? chosen : [.. all.Take(1)];
    }
}
