using System.Text.Json.Nodes;
using YieldLab.Statistics.Comparison;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Sensitivity;

namespace YieldLab.Cli.Output;

/// <summary>Which groups the metrics and the yield depend on, for programs: shares from 0 to 1, estimates as they are, also
/// below 0.</summary>
internal static class SensitivityJson
{
    public static string Of(SensitivityStudy found) =>
        JsonText.Of(
            new JsonObject
            {
                ["study"] = found.Study.File.Study.Name,
                ["dies"] = found.Dies,
                ["trainings"] = found.Trainings,
                ["confidence"] = found.Confidence,
                ["failures"] = new JsonObject(
                    found.Failures.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))
                ),
                ["still"] = new JsonArray([.. found.Still.Select(group => (JsonNode)group.Name)]),
                ["yields"] = new JsonObject(
                    found.Yields.Select(y => KeyValuePair.Create(y.Name, (JsonNode?)Yield(found, y)))
                ),
                ["metrics"] = new JsonObject(
                    found.Metrics.Select(m => KeyValuePair.Create(m.Column.Name, (JsonNode?)Metric(found, m)))
                ),
            }
        );

    private static JsonObject Yield(SensitivityStudy found, YieldSensitivity yield)
    {
        JsonObject json = Indices(found, yield.Indices);
        json.Insert(0, "passed", yield.Passed);
        json.Insert(1, "dies", yield.Dies);
        json["gains"] = ByGroup(found, g => Gain(yield.Gains[g], found.Confidence));
        return json;
    }

    private static JsonObject Metric(SensitivityStudy found, MetricSensitivity metric)
    {
        JsonObject json = Indices(found, metric.Indices);
        json.Insert(0, "unit", metric.Column.Unit);
        json.Insert(1, "dies", metric.Rows);
        return json;
    }

    private static JsonObject Indices(SensitivityStudy found, GroupSobol? indices) =>
        new()
        {
            ["mean"] = JsonNumber.Of(indices?.Mean),
            ["sd"] = JsonNumber.Of(Math.Sqrt(indices?.Variance ?? double.NaN)),
            ["groups"] = indices is null
                ? null
                : ByGroup(
                    found,
                    g =>
                        new() { ["first"] = Index(indices.Groups[g].First), ["total"] = Index(indices.Groups[g].Total) }
                ),
            ["sum"] = indices is null ? null : Index(indices.Additive),
            ["interaction"] = indices is null ? null : Index(indices.Additive.Complement()),
        };

    private static JsonObject ByGroup(SensitivityStudy found, Func<int, JsonObject> json) =>
        new(found.Groups.Select((group, g) => KeyValuePair.Create(group.Name, (JsonNode?)json(g))));

    private static JsonObject Index(SensitivityIndex index) =>
        new()
        {
            ["value"] = JsonNumber.Of(index.Value),
            ["error"] = JsonNumber.Of(index.Error),
            ["lower"] = JsonNumber.Of(index.Lower),
            ["upper"] = JsonNumber.Of(index.Upper),
        };

    private static JsonObject Gain(PairedProportions gain, double confidence)
    {
        Difference difference = gain.Difference(confidence);
        return new()
        {
            ["gained"] = gain.OnlySecond,
            ["lost"] = gain.OnlyFirst,
            ["difference"] = difference.Value,
            ["lower"] = difference.Lower,
            ["upper"] = difference.Upper,
        };
    }
}
