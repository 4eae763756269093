using System.Text.Json.Nodes;
using YieldLab.Statistics.Estimation;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Output;

/// <summary>Where the variance of each metric comes from, for programs: shares from 0 to 1, estimates as they are, also
/// below 0.</summary>
internal static class VarianceJson
{
    public static string Of(VarianceStudy variance) =>
        JsonText.Of(
            new JsonObject
            {
                ["study"] = variance.Study.File.Study.Name,
                ["dies"] = variance.Design.Dies,
                ["orders"] = variance.Design.Orders,
                ["noises"] = variance.Study.Noise is null ? null : variance.Design.Noises,
                ["trainings"] = variance.Design.Trainings,
                ["failures"] = new JsonObject(
                    variance.Failures.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))
                ),
                ["confidence"] = 0.95,
                ["metrics"] = new JsonObject(
                    variance.Metrics.Select(m => KeyValuePair.Create(m.Column.Name, (JsonNode?)Metric(m)))
                ),
            }
        );

    private static JsonObject Metric(MetricVariance metric) =>
        new()
        {
            ["unit"] = metric.Column.Unit,
            ["dies"] = metric.Dies,
            ["mean"] = JsonNumber.Of(metric.Components?.Mean),
            ["sd"] = JsonNumber.Of(Math.Sqrt(metric.Components?.Variance ?? double.NaN)),
            ["silicon"] = Share(metric.Components?.Silicon),
            ["order"] = Share(metric.Components?.Order),
            ["interaction"] = Share(metric.Components?.Interaction),
            ["noise"] = Share(metric.Components?.Noise),
        };

    private static JsonObject? Share(VarianceShare? share) =>
        share is { } found
            ? new()
            {
                ["variance"] = JsonNumber.Of(found.Variance),
                ["share"] = JsonNumber.Of(found.Share),
                ["error"] = JsonNumber.Of(found.Error),
                ["lower"] = JsonNumber.Of(found.Lower),
                ["upper"] = JsonNumber.Of(found.Upper),
            }
            : null;
}
