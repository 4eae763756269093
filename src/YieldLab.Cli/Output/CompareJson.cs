using System.Text.Json.Nodes;
using YieldLab.Reports;
using YieldLab.Reports.Comparisons;
using YieldLab.Statistics.Comparison;

namespace YieldLab.Cli.Output;

/// <summary>Two stored points side by side, for programs: shares from 0 to 1, differences B less A, null for what does not
/// exist.</summary>
internal static class CompareJson
{
    public static string Of(StudyComparison found) =>
        JsonText.Of(
            new JsonObject
            {
                ["a"] = Side(found.First, found.Pairs.FirstRows.Count, found.Failed.First),
                ["b"] = Side(found.Second, found.Pairs.SecondRows.Count, found.Failed.Second),
                ["settings"] = new JsonObject(found.Settings.Select(s => KeyValuePair.Create(s.Key, Setting(s)))),
                ["paired"] = found.Pairs.Paired,
                ["because"] = found.Pairs.Reason,
                ["share_draws"] = found.Pairs.ShareDraws,
                ["confidence"] = found.Confidence,
                ["yield"] = new JsonArray([.. found.Yields.Select(yield => (JsonNode)Yield(yield, found.Confidence))]),
                ["metrics"] = new JsonObject(
                    found.Metrics.Select(m => KeyValuePair.Create(m.Column.Name, (JsonNode?)Metric(m)))
                ),
                ["not_compared"] = new JsonArray([.. found.LeftOut.Select(name => JsonValue.Create(name))]),
            }
        );

    private static JsonObject Side(StoredPointDies stored, int compared, int failed) =>
        new()
        {
            ["study"] = stored.Run.Name,
            ["data"] = stored.Run.Path,
            ["point"] = stored.Point.Name.Length == 0 ? null : stored.Point.Name,
            ["dies"] = stored.Dies.Indices.Length,
            ["compared"] = compared,
            ["failed"] = failed,
            ["interval"] = stored.Run.Rule.Name,
        };

    private static JsonNode? Setting((string Key, string First, string Second) setting) =>
        new JsonObject { ["a"] = setting.First, ["b"] = setting.Second };

    private static JsonObject Yield(YieldComparison yield, double confidence)
    {
        var json = new JsonObject
        {
            ["spec"] = yield.Name,
            ["a"] = Share(yield.First),
            ["b"] = Share(yield.Second),
            ["difference"] = Difference(yield.Difference),
            ["interval"] = yield.Method,
            ["exact_p"] = JsonNumber.Of(yield.ExactP),
        };
        if (yield.Pairs is not { } pairs)
            return json;
        var odds = yield.ExactP is null ? null : pairs.Odds(confidence);
        json["mid_p"] = yield.ExactP is null ? null : JsonNumber.Of(pairs.MidP);
        json["odds"] = odds is { } known
            ? new JsonObject
            {
                ["value"] = JsonNumber.Of(known.Odds),
                ["lower"] = JsonNumber.Of(known.Lower),
                ["upper"] = JsonNumber.Of(known.Upper),
            }
            : null;
        json["pass_in_both"] = pairs.Both;
        json["pass_in_neither"] = pairs.Neither;
        json["pass_in_a_alone"] = new JsonArray([.. yield.Lost.Select(die => JsonValue.Create(die))]);
        json["pass_in_b_alone"] = new JsonArray([.. yield.Gained.Select(die => JsonValue.Create(die))]);
        return json;
    }

    private static JsonObject Share((long Passed, long Total) share) =>
        new()
        {
            ["passed"] = share.Passed,
            ["total"] = share.Total,
            ["yield"] = (double)share.Passed / share.Total,
        };

    private static JsonObject Metric(MetricComparison metric) =>
        new()
        {
            ["unit"] = metric.Column.Unit,
            ["a"] = Side(metric.First),
            ["b"] = Side(metric.Second),
            ["mean_difference"] = Difference(metric.Mean),
            ["shift"] = Difference(metric.Shift),
            ["histogram"] = new JsonObject
            {
                ["edges"] = HistogramJson.Edges(metric.First.Bins),
                ["a"] = HistogramJson.Counts(metric.First.Bins),
                ["b"] = HistogramJson.Counts(metric.Second.Bins),
            },
        };

    private static JsonObject Side(MetricSide side) =>
        new()
        {
            ["compared"] = side.Compared,
            ["mean"] = JsonNumber.Of(side.Mean),
            ["median"] = JsonNumber.Of(side.Median),
            ["never"] = side.Never,
            ["missing"] = side.Missing,
        };

    private static JsonObject? Difference(Difference? difference) =>
        difference is { } found
            ? new()
            {
                ["value"] = JsonNumber.Of(found.Value),
                ["lower"] = JsonNumber.Of(found.Lower),
                ["upper"] = JsonNumber.Of(found.Upper),
            }
            : null;
}
