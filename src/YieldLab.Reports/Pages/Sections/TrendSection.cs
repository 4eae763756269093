using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Figures;
using YieldLab.Reports.WorstDies;
using YieldLab.Reports.Yields;

namespace YieldLab.Reports.Pages.Sections;

/// <summary>The yield and the metrics against what all cells of a die share: its temperature and its shifts.</summary>
public static class TrendSection
{
    // Of more dies no median of a picture moves by what can be seen, and sorting them takes long.
    private const int MostDies = 100_000;

    // A picture of many dies takes 30 kB, and a page has to stay one that can be sent.
    private const int MostPictures = 60;

    /// <summary>The section.</summary>
    public static Section Of(StoredPointDies point, ReportQuestion asked) =>
        new("trends", "Against temperature and shifts", [.. Blocks(point, asked)]);

    private static IEnumerable<Block> Blocks(StoredPointDies point, ReportQuestion asked)
    {
        StoredPointDies first = point with { Dies = point.Dies.First(MostDies).Keeping() };
        Column[] varied = [.. SharedConditions.ColumnsOf(point).Where(column => Varies(first.Dies.Reals(column.Name)))];
        if (varied.Length == 0)
            return [new Block.Text("All dies have the same temperature and shifts: there is nothing to compare.")];
        Column[] columns = [.. varied.Take(Math.Max(1, MostPictures / asked.Metrics.Count))];
        (Column Metric, Column By)[] pairs =
        [
            .. asked.Metrics.SelectMany(metric => columns.Select(by => (metric, by))),
        ];
        Figure[] figures = Together.Select(pairs, pair => TrendFigure.Of(first, pair.Metric, pair.By));
        return
        [
            new Block.Text(Words(point, first)),
            .. LeftOut(varied[columns.Length..]),
            .. Yields(first, columns, asked),
            .. asked.Metrics.SelectMany((metric, m) => Of(metric, figures[(m * columns.Length)..][..columns.Length])),
        ];
    }

    private static Block[] Yields(StoredPointDies point, Column[] columns, ReportQuestion asked)
    {
        YieldConfidence confidence = YieldConfidence.Of(point.Run, asked.Yields);
        Block.Picture?[] pictures = Together.Select(
            columns,
            by => Yield(YieldTrend.Of(point, by, confidence), by, asked)
        );
        return pictures.Any(picture => picture is not null)
            ?
            [
                new Block.Heading("Yield of the dies"),
                new Block.Text(
                    "Of groups of neighbouring dies, about as many in each."
                        + (
                            confidence.Rule is EstimateRule.Replicated
                                ? " Their intervals are those of independent dies, which the points of a design are not."
                                : ""
                        )
                ),
                .. pictures.OfType<Block.Picture>(),
            ]
            : [];
    }

    private static Block.Picture? Yield(IReadOnlyList<YieldTrend> groups, Column by, ReportQuestion asked) =>
        groups.Count == 0
            ? null
            : new(
                SweepFigure
                    .OfYield(
                        by,
                        [.. groups.Select(group => (object)group.At)],
                        [.. groups.Select(group => group.Yield)],
                        asked.Target
                    )
                    .Named($"yield-{by.Name}")
            );

    private static IEnumerable<Block> Of(Column metric, Figure[] figures) =>
        [new Block.Heading($"{metric.Name} of the dies"), .. figures.Select(figure => new Block.Picture(figure))];

    private static string Words(StoredPointDies point, StoredPointDies first)
    {
        int dies = first.Dies.Indices.Length;
        string which = dies < point.Dies.Indices.Length ? "the first " : "";
        return $"Each metric of {which}{FigureText.Dies(dies)} against what all cells of a die share. The mismatch of single cells adds to it and is what scatters at one place.";
    }

    private static IEnumerable<Block> LeftOut(Column[] columns)
    {
        if (columns.Length > 0)
            yield return new Block.Text(
                $"Left out, since so many metrics would make the page too large: {string.Join(", ", columns.Select(column => column.Name))}; fewer metrics (--metric) show them."
            );
    }

    private static bool Varies(double[] values) => values.Where(double.IsFinite).Distinct().Take(2).Count() > 1;
}
