using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;
using YieldLab.Reports.WorstDies;

namespace YieldLab.Reports.Pages.Sections;

/// <summary>The metrics against what all cells of a die share: its temperature and its shifts.</summary>
public static class TrendSection
{
    // Of more dies no median of a picture moves by what can be seen, and sorting them takes long.
    private const int MostDies = 100_000;

    /// <summary>The section.</summary>
    public static Section Of(StoredPointDies point, ReportQuestion asked)
    {
        int dies = Math.Min(MostDies, point.Dies.Indices.Length);
        Column[] columns =
        [
            .. SharedConditions.ColumnsOf(point).Where(column => Varies(First(point.Dies.Reals(column.Name)))),
        ];
        (Column Metric, Column By)[] pairs =
        [
            .. asked.Metrics.SelectMany(metric => columns.Select(by => (metric, by))),
        ];
        Figure[] figures = Together.Select(pairs, pair => Picture(pair.Metric, pair.By));
        return new(
            "trends",
            "Against temperature and shifts",
            [
                .. columns.Length == 0
                    ? [new Block.Text("All dies have the same temperature and shifts: there is nothing to compare.")]
                    : new[] { new Block.Text(Words(point, dies)) },
                .. pairs.Zip(figures).SelectMany(pair => Blocks(pair.First, pair.Second, columns[0])),
            ]
        );

        Figure Picture(Column metric, Column by) =>
            TrendFigure.Of(
                metric,
                First(point.Dies.Metric(metric)),
                by,
                First(point.Dies.Reals(by.Name)),
                point.Run.Description.Specs
            );

        double[] First(double[] column) => column.Length == dies ? column : column[..dies];
    }

    private static IEnumerable<Block> Blocks((Column Metric, Column By) pair, Figure figure, Column first)
    {
        if (pair.By == first)
            yield return new Block.Heading($"{pair.Metric.Name} of the dies");
        yield return new Block.Picture(figure);
    }

    private static string Words(StoredPointDies point, int dies) =>
        $"Each metric of {(dies < point.Dies.Indices.Length ? "the first " : "")}{FigureText.Dies(dies)} against what all cells of a die share. The mismatch of single cells adds to it and is what scatters at one place.";

    private static bool Varies(double[] values) => values.Where(double.IsFinite).Distinct().Take(2).Count() > 1;
}
