using System.Text.Json.Nodes;
using YieldLab.Cli.Commands;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.WorstDies;

namespace YieldLab.Cli.Output;

/// <summary>The worst dies of a metric, for programs: "never" for a metric that is infinite, null for what does not exist.
/// </summary>
internal static class WorstJson
{
    public static string Of(WorstReport report, Replay replay, string? folder)
    {
        bool replays = replay.Problem() is null;
        JsonObject Die(ToldDie die) =>
            new()
            {
                ["die"] = die.Index,
                ["value"] = JsonNumber.OfMetric(die.Value),
                ["pass"] = die.Passed,
                ["shared"] = new JsonObject(
                    report.Dies.SharedColumns.Zip(
                        die.Shared,
                        (column, value) => KeyValuePair.Create(column.Name, JsonNumber.Of(value))
                    )
                ),
                ["distance"] = JsonNumber.Of(die.Distance),
                ["replay"] = replays ? replay.Line(die.Index) : null,
            };
        JsonObject Corner(SigmaCorner corner) =>
            new()
            {
                ["sigma"] = corner.Signed,
                ["probability"] = corner.Probability,
                ["value"] = JsonNumber.OfMetric(corner.Value),
                ["lower"] = corner.Lower is { } lower ? JsonNumber.OfMetric(lower) : null,
                ["upper"] = corner.Upper is { } upper ? JsonNumber.OfMetric(upper) : null,
                ["candidates"] = corner.Candidates,
                ["die"] = Die(corner.Die),
                ["case"] = folder is null ? null : Path.Combine(folder, WorstCommand.CaseName(report, corner)),
            };
        return JsonText.Of(
            new JsonObject
            {
                ["study"] = report.Stored.Run.Name,
                ["data"] = report.Stored.Run.Path,
                ["point"] = report.Stored.Point.Name.Length == 0 ? null : report.Stored.Point.Name,
                ["metric"] = report.Dies.Metric.Name,
                ["unit"] = report.Dies.Metric.Unit,
                ["bad"] = new JsonArray([
                    .. report.Bad.Select(side => JsonValue.Create(side == Side.Low ? "low" : "high")),
                ]),
                ["dies"] = report.Stored.Dies.Indices.Length,
                ["with_metric"] = report.Dies.Count,
                ["without_metric"] = report.Dies.Without,
                ["confidence"] = report.Confidence,
                ["quantiles"] = new JsonArray([.. report.Quantiles.Select(quantile => (JsonNode)Quantile(quantile))]),
                ["corners"] = new JsonArray([.. report.Corners.Select(corner => (JsonNode)Corner(corner))]),
                ["failed"] = new JsonArray([.. report.Failures.Select(failed => (JsonNode)Failed(failed))]),
                ["no_replay"] = replay.Problem(),
            }
        );

        JsonObject Quantile(QuantileDies quantile) =>
            new()
            {
                ["probability"] = quantile.Probability,
                ["value"] = JsonNumber.OfMetric(quantile.Value),
                ["dies"] = new JsonArray([.. quantile.Dies.Select(die => (JsonNode)Die(die))]),
            };
    }

    private static JsonObject Failed(FailedDies failed) =>
        new()
        {
            ["reason"] = failed.Reason,
            ["count"] = failed.Count,
            ["first"] = new JsonArray([.. failed.First.Select(die => JsonValue.Create(die))]),
        };
}
