using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Reports.Yields;

/// <summary>What the dies of a point say on yields. Every number carries its error; what that assumes is said by
/// <see cref="Confidence"/>.</summary>
/// <param name="Point">The dies.</param>
/// <param name="Asked">The questions.</param>
/// <param name="Confidence">How sure one may be.</param>
/// <param name="Yields">Of each specification, then of all together.</param>
/// <param name="Failures">Which specifications fail together; null with fewer than two.</param>
/// <param name="Capabilities">Of each metric that has a specification.</param>
/// <param name="Quantiles">Of the metrics.</param>
/// <param name="Tolerances">Of the metrics.</param>
/// <param name="Needed">Dies that each yield needs.</param>
/// <param name="Histograms">Of the metrics.</param>
public sealed record YieldReport(
    StoredPointDies Point,
    YieldQuestions Asked,
    YieldConfidence Confidence,
    IReadOnlyList<SpecYield> Yields,
    FailureReport? Failures,
    IReadOnlyList<MetricCapability> Capabilities,
    IReadOnlyList<MetricQuantileIntervals> Quantiles,
    IReadOnlyList<MetricTolerance> Tolerances,
    IReadOnlyList<DiesNeeded> Needed,
    IReadOnlyList<MetricHistogram> Histograms
)
{
    /// <summary>Dies that count.</summary>
    public long Dies => Point.Dies.Indices.Length;

    /// <summary>Failed dies by reason.</summary>
    public IReadOnlyDictionary<string, int> Reasons { get; } =
        Point.Dies.Texts(DieTable.Failure).OfType<string>().CountBy(reason => reason).ToDictionary();

    /// <summary>Asks the dies of a point.</summary>
    /// <exception cref="IOException">The run does not allow the method that was asked for.</exception>
    public static YieldReport Of(StoredPointDies point, YieldQuestions asked)
    {
        YieldConfidence confidence = YieldConfidence.Of(point.Run, asked);
        var columns = new PointColumns(point);
        YieldEstimate[] yields =
        [
            .. columns.Specs.Select(spec => columns.Share($"{spec}", columns.Passed(spec), confidence)),
            columns.Share("all specs", columns.PassedAll(), confidence),
        ];
        IReadOnlyList<MetricLimits> limits = MetricLimits.Of(columns.Specs);
        IReadOnlyList<Column> metrics = asked.Metrics ?? [.. limits.Select(limit => columns.Metric(limit.Metric))];
        return new(
            point,
            asked,
            confidence,
            [.. yields.Select(yield => SpecYield.Of(yield, confidence))],
            FailureReport.Of(columns, confidence),
            [.. limits.Select(limit => MetricCapability.Of(columns, limit, confidence))],
            [.. metrics.Select(metric => MetricQuantileIntervals.Of(columns, metric, asked.Quantiles, confidence))],
            [
                .. metrics.SelectMany(metric =>
                    MetricTolerance.Of(columns, metric, Find(metric), asked.Share, confidence)
                ),
            ],
            [.. yields.Select(yield => DiesNeeded.Of(yield, asked.HalfWidth, confidence.Confidence))],
            [.. metrics.Select(columns.Histogram)]
        );

        MetricLimits? Find(Column metric) => limits.FirstOrDefault(limit => limit.Metric == metric.Name);
    }
}
