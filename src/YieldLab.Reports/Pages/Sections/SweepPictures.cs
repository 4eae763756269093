using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Figures;

namespace YieldLab.Reports.Pages.Sections;

/// <summary>Pictures of a sweep: of two keys a map; along each key curves through the point that is told in detail.</summary>
internal static class SweepPictures
{
    public static IEnumerable<Block> Of(
        StoredRun run,
        IReadOnlyList<SweepPoint> points,
        ReportQuestion asked,
        StoredPoint detailed
    )
    {
        IReadOnlyList<Column> keys = run.Swept;
        if (keys.Count == 2)
            yield return new Block.Picture(
                IsoYieldFigure.Of(
                    keys[0],
                    keys[1],
                    [
                        .. points.Select(point => new IsoYieldPoint(
                            Value(point.Point, 0),
                            Value(point.Point, 1),
                            point.All
                        )),
                    ],
                    asked.Target
                )
            );
        for (int key = 0; key < keys.Count; key++)
        {
            SweepPoint[] along = [.. points.Where(point => DifferInAtMost(key, point.Point, detailed))];
            if (along.Length < 2)
                continue;
            if (Held(detailed, key, asked) is { Length: > 0 } held)
                yield return new Block.Heading($"Along {keys[key].Name}, at {held}");
            foreach (
                Figure figure in Curves(
                    run,
                    keys[key],
                    along,
                    [.. along.Select(point => Value(point.Point, key))],
                    asked
                )
            )
                yield return new Block.Picture(figure);
        }
    }

    private static IEnumerable<Figure> Curves(
        StoredRun run,
        Column key,
        SweepPoint[] along,
        object[] values,
        ReportQuestion asked
    ) =>
        [
            SweepFigure.OfYield(key, values, [.. along.Select(point => point.All)], asked.Target),
            .. asked.Metrics.Select(
                (metric, m) =>
                    SweepFigure.OfMetric(
                        metric,
                        key,
                        values,
                        [.. along.Select(point => point.Metrics[m])],
                        run.Description.Specs
                    )
            ),
        ];

    private static object Value(StoredPoint point, int key) => point.Swept[key].Value;

    private static bool DifferInAtMost(int key, StoredPoint one, StoredPoint other) =>
        Enumerable.Range(0, one.Swept.Count).All(i => i == key || Value(one, i).Equals(Value(other, i)));

    private static string Held(StoredPoint point, int key, ReportQuestion asked) =>
        string.Join(
            ", ",
            point.Swept.Where((_, i) => i != key).Select(value => $"{value.Column.Name} = {asked.Value(value)}")
        );
}
