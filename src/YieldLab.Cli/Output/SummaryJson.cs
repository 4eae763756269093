using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Output;

/// <summary>What a run found, for programs.</summary>
internal static class SummaryJson
{
    public static string Of(PreparedStudy study, RunSummary summary, RunOutcome outcome, string path) =>
        JsonText.Of(
            new JsonObject
            {
                ["study"] = study.File.Study.Name,
                ["data"] = path,
                ["dies"] = summary.Dies,
                ["interrupted"] = outcome.Interrupted,
                ["seconds"] = outcome.Progress.Elapsed.TotalSeconds,
                ["storage_thread_seconds"] = outcome.StorageTime.TotalSeconds,
                ["failures"] = new JsonObject(
                    summary.Failures.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))
                ),
                ["yield"] = new JsonArray([.. summary.Yields.Select(Yield)]),
                ["metrics"] = new JsonObject(
                    summary.Metrics.Select(m => KeyValuePair.Create(m.Column.Name, (JsonNode?)Metric(m)))
                ),
                ["ideal"] = new JsonObject(
                    study.IdealMetrics().Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))
                ),
            }
        );

    private static JsonNode Yield(YieldEstimate yield) =>
        new JsonObject
        {
            ["spec"] = yield.Name,
            ["passed"] = yield.Passed,
            ["total"] = yield.Total,
            ["yield"] = yield.Value,
            ["confidence"] = 0.95,
            ["lower"] = yield.Interval.Lower,
            ["upper"] = yield.Interval.Upper,
        };

    private static JsonObject Metric(MetricQuantiles metric)
    {
        var json = new JsonObject
        {
            ["unit"] = metric.Column.Unit,
            ["count"] = metric.Count,
            ["mean"] = Number(metric.Mean),
        };
        for (int i = 0; i < metric.Values.Count; i++)
            json[$"q{100 * RunSummary.Probabilities[i]:00}"] = Number(metric.Values[i]);
        return json;
    }

    private static JsonNode? Number(double value) =>
        double.IsFinite(value) ? value
        : double.IsPositiveInfinity(value) ? "never"
        : null;
}
