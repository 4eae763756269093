using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Cli.Output;

/// <summary>What a run found, for programs.</summary>
internal static class SummaryJson
{
    /// <summary>The JSON of a stored run.</summary>
    /// <param name="run">What is stored.</param>
    /// <param name="outcome">How the run ended that stored it; null where none did.</param>
    public static string Of(StoredRun run, RunOutcome? outcome)
    {
        var json = new JsonObject
        {
            ["study"] = run.Name,
            ["data"] = run.Path,
            ["dies"] = run.Dies,
        };
        if (outcome is not null)
        {
            json["kept"] = outcome.Progress.Kept;
            json["end"] = outcome.End.Text();
            json["interrupted"] = outcome.Interrupted;
            json["seconds"] = outcome.Progress.Elapsed.TotalSeconds;
            json["storage_thread_seconds"] = outcome.StorageTime.TotalSeconds;
        }
        if (run.Swept.Count == 0)
            foreach (var (key, value) in Point(run, run.Points[0]).ToList())
                json[key] = value?.DeepClone();
        else
            json["points"] = new JsonArray([.. run.Points.Select(point => SweptPoint(run, point))]);
        return JsonText.Of(json);
    }

    private static JsonNode SweptPoint(StoredRun run, RunSummary summary)
    {
        var json = new JsonObject
        {
            ["point"] = summary.Point.Name,
            ["swept"] = new JsonObject(
                summary.Point.Swept.Select(value =>
                    KeyValuePair.Create(
                        value.Column.Name,
                        (JsonNode?)(value.Value is double number ? number : JsonValue.Create((string)value.Value))
                    )
                )
            ),
            ["dies"] = summary.Dies,
        };
        foreach (var (key, value) in Point(run, summary).ToList())
            json[key] = value?.DeepClone();
        return json;
    }

    private static JsonObject Point(StoredRun run, RunSummary summary)
    {
        var json = new JsonObject
        {
            ["failures"] = new JsonObject(summary.Failures.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))),
            ["yield"] = new JsonArray([.. summary.Yields.Select(yield => Yield(yield))]),
            ["metrics"] = new JsonObject(
                summary.Metrics.Zip(
                    summary.Histograms,
                    (metric, histogram) =>
                        KeyValuePair.Create(
                            metric.Column.Name,
                            (JsonNode?)Metric(metric, run.IsSpecified(metric.Column) ? histogram : null)
                        )
                )
            ),
            ["ideal"] = run.Ideal(summary.Point).DeepClone(),
        };
        if (run.Reason(summary.Point) is { } reason)
            json["stopped"] = reason;
        if (summary.Uncounted > 0)
            json["uncounted"] = summary.Uncounted;
        return json;
    }

    private static JsonNode Yield(YieldEstimate yield)
    {
        var json = new JsonObject
        {
            ["spec"] = yield.Name,
            ["passed"] = yield.Passed,
            ["total"] = yield.Total,
            ["yield"] = yield.Value,
            ["interval"] = yield.Method,
            ["confidence"] = yield.Confidence,
            ["lower"] = yield.Interval.Lower,
            ["upper"] = yield.Interval.Upper,
        };
        if (yield.Unknown > 0)
        {
            json["unknown"] = yield.Unknown;
            json["yield_if_unknown_pass"] = yield.IfUnknownPass;
        }
        return json;
    }

    private static JsonObject Metric(MetricQuantiles metric, MetricHistogram? drawn)
    {
        var json = new JsonObject
        {
            ["unit"] = metric.Column.Unit,
            ["count"] = metric.Count,
            ["mean"] = Number(metric.Mean),
        };
        for (int i = 0; i < metric.Values.Count; i++)
            json[$"q{100 * RunSummary.Probabilities[i]:00}"] = Number(metric.Values[i]);
        if (drawn is not null)
            json["histogram"] = HistogramJson.Of(drawn);
        return json;
    }

    private static JsonNode? Number(double value) =>
        double.IsFinite(value) ? value
        : double.IsPositiveInfinity(value) ? "never"
        : null;
}
