using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Yields;

namespace YieldLab.Reports.Pages;

/// <summary>What the dies of a point of a sweep say.</summary>
/// <param name="Number">Of the point.</param>
/// <param name="Point">The point.</param>
/// <param name="Dies">Dies that count.</param>
/// <param name="Failed">Dies of them that failed.</param>
/// <param name="Yields">Of each specification, then of all together.</param>
/// <param name="Metrics">Of the metrics that were asked for, their quantiles.</param>
public sealed record SweepPoint(
    int Number,
    StoredPoint Point,
    long Dies,
    long Failed,
    IReadOnlyList<YieldEstimate> Yields,
    IReadOnlyList<MetricQuantiles> Metrics
)
{
    /// <summary>The yield of all specifications.</summary>
    public YieldEstimate All => Yields[^1];

    /// <summary>Reads the points of a sweep that have dies, several at the same time.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="run">Its description.</param>
    /// <param name="asked">Method and confidence of the intervals.</param>
    /// <param name="metrics">Metrics that are read.</param>
    /// <exception cref="IOException">No point has dies, or the run does not allow the intervals.</exception>
    public static IReadOnlyList<SweepPoint> Of(
        RunFolder folder,
        StoredRun run,
        YieldQuestions asked,
        IReadOnlyList<Column> metrics
    )
    {
        YieldConfidence confidence = YieldConfidence.Of(run, asked);
        SweepPoint[] points =
        [
            .. Together
                .Select([.. run.Description.Points.Index()], point => Of(folder, run, point, confidence, metrics))
                .OfType<SweepPoint>(),
        ];
        return points.Length > 0 ? points : throw new IOException($"{run.Path}: no part with dies is stored yet");
    }

    private static SweepPoint? Of(
        RunFolder folder,
        StoredRun run,
        (int Number, StoredPoint Point) at,
        YieldConfidence confidence,
        IReadOnlyList<Column> metrics
    )
    {
        StoredDies dies = StoredDies.Of(folder, run.Description, at.Point);
        if (dies.Indices.Length == 0)
            return null;
        var columns = new PointColumns(new(run, at.Point, dies));
        return new(
            at.Number,
            at.Point,
            dies.Indices.Length,
            columns.Failed.Count(failed => failed),
            [
                .. columns.Specs.Select(spec => columns.Share($"{spec}", columns.Passed(spec), confidence)),
                columns.Share("all specs", columns.PassedAll(), confidence),
            ],
            [.. metrics.Select(metric => MetricQuantiles.Of(metric, columns.Sorted(metric)))]
        );
    }
}
