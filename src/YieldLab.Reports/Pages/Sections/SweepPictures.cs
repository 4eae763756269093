using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Figures;

namespace YieldLab.Reports.Pages.Sections;

/// <summary>Pictures of a sweep: of two crossed keys a map; curves along each key, or along those that go in step, through the
/// point that is told in detail.</summary>
internal static class SweepPictures
{
    private static readonly Column Number = new("point", ColumnType.Real, "1", "Number of the point");

    // Points along a key, and what tells them apart there.
    private sealed record Line(string? Heading, Column By, SweepPoint[] Points, object[] Values);

    public static IEnumerable<Block> Of(
        StoredPointDies detailed,
        IReadOnlyList<SweepPoint> points,
        ReportQuestion asked
    )
    {
        int[] inStep = InStep(detailed.Run);
        if (detailed.Run.Swept.Count == 2 && inStep.Length == 0)
            yield return new Block.Picture(Map(detailed.Run.Swept, points, asked));
        foreach (Line line in Lines(detailed, inStep, points, asked))
        {
            if (line.Heading is { } heading)
                yield return new Block.Heading(heading);
            foreach (Figure figure in Curves(detailed.Run, line, asked))
                yield return new Block.Picture(figure);
        }
    }

    // Keys that have not each pair of values with one of the others.
    private static int[] InStep(StoredRun run)
    {
        IReadOnlyList<StoredPoint> points = run.Description.Points;
        int[] keys = [.. Enumerable.Range(0, run.Swept.Count)];
        int Values(int key) => points.Select(point => Value(point, key)).Distinct().Count();
        int Pairs(int one, int other) =>
            points.Select(point => (Value(point, one), Value(point, other))).Distinct().Count();
        return
        [
            .. keys.Where(key => keys.Any(other => other != key && Pairs(key, other) < Values(key) * Values(other))),
        ];
    }

    private static Figure Map(IReadOnlyList<Column> keys, IReadOnlyList<SweepPoint> points, ReportQuestion asked) =>
        IsoYieldFigure.Of(
            keys[0],
            keys[1],
            [.. points.Select(point => new IsoYieldPoint(Value(point.Point, 0), Value(point.Point, 1), point.All))],
            asked.Target
        );

    private static IEnumerable<Line> Lines(
        StoredPointDies detailed,
        int[] inStep,
        IReadOnlyList<SweepPoint> points,
        ReportQuestion asked
    )
    {
        int[] keys = [.. Enumerable.Range(0, detailed.Run.Swept.Count)];
        SweepPoint[] Along(int[] free) =>
            [.. points.Where(point => keys.Except(free).All(key => HaveSame(key, point.Point, detailed.Point)))];
        foreach (int[] free in keys.Except(inStep).Select(key => new[] { key }).Append(inStep))
            if (Along(free) is { Length: > 1 } along)
                yield return Of(detailed, free, along, asked);
    }

    // Of several keys the first tells the points apart, or their numbers do.
    private static Line Of(StoredPointDies detailed, int[] keys, SweepPoint[] along, ReportQuestion asked)
    {
        string[] names = [.. keys.Select(key => detailed.Run.Swept[key].Name)];
        string held = Held(detailed.Point, keys, asked);
        string? heading =
            names.Length == 1 && held.Length == 0
                ? null
                : $"Along {names[0]}{(names.Length > 1 ? $", in step with {FigureText.List(names[1..])}" : "")}{(held.Length > 0 ? $", at {held}" : "")}";
        return ValuesOf(along, keys[0]).Length == along.Length
            ? new(heading, detailed.Run.Swept[keys[0]], along, [.. along.Select(point => Value(point.Point, keys[0]))])
            : new(heading, Number, along, [.. along.Select(point => (object)(double)point.Number)]);
    }

    private static IEnumerable<Figure> Curves(StoredRun run, Line line, ReportQuestion asked) =>
        [
            SweepFigure.OfYield(line.By, line.Values, [.. line.Points.Select(point => point.All)], asked.Target),
            .. asked.Metrics.Select(
                (metric, m) =>
                    SweepFigure.OfMetric(
                        metric,
                        line.By,
                        line.Values,
                        [.. line.Points.Select(point => point.Metrics[m])],
                        run.Description.Specs
                    )
            ),
        ];

    private static object Value(StoredPoint point, int key) => point.Swept[key].Value;

    private static object[] ValuesOf(SweepPoint[] points, int key) =>
        [.. points.Select(point => Value(point.Point, key)).Distinct()];

    private static bool HaveSame(int key, StoredPoint one, StoredPoint other) =>
        Value(one, key).Equals(Value(other, key));

    private static string Held(StoredPoint point, int[] free, ReportQuestion asked) =>
        string.Join(
            ", ",
            point
                .Swept.Where((_, key) => !free.Contains(key))
                .Select(value => $"{value.Column.Name} = {asked.Value(value)}")
        );
}
