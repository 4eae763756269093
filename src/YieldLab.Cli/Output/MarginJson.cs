using System.Text.Json;
using System.Text.Json.Nodes;
using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Margins;
using YieldLab.Studies.Margins;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Output;

/// <summary>Margins for programs: values in the unit that stands beside them, shares from 0 to 1, SI units of the cost.</summary>
internal static class MarginJson
{
    public static string Of(MarginStudy study, MarginRequest request, IReadOnlyList<MarginResult> results) =>
        JsonText.Of(
            new JsonObject
            {
                ["study"] = study.Study.Name,
                ["specs"] = new JsonArray([.. study.Study.Specs.Select(spec => (JsonNode)$"{spec}")]),
                ["vary"] = new JsonArray([.. study.Varied.Select(key => (JsonNode)key.Key)]),
                ["unit"] = study.Varied[0].Unit,
                ["against"] = study.Against,
                ["against_unit"] = study.Against is null ? null : study.AgainstKeys[0].Unit,
                ["target"] = request.Target,
                ["confidence"] = request.Confidence,
                ["most_dies"] = request.MostDies,
                ["complete"] = results.Count == study.Curves && !results.Any(result => result.Interrupted),
                ["curves"] = new JsonArray([.. results.Select((result, curve) => Curve(study, curve, result))]),
            }
        );

    private static JsonObject Curve(MarginStudy study, int curve, MarginResult result) =>
        new()
        {
            ["at"] = study.Against is null ? null : At(study.AgainstValue(curve)),
            ["outcome"] = Choice(result.Outcome),
            ["interrupted"] = result.Interrupted,
            ["margin"] = result.Margin is { } margin ? Margin(study, curve, margin) : null,
            ["crossings"] = new JsonArray([.. result.Crossings.Select(crossing => Crossing(study, crossing))]),
            ["ranges"] = new JsonArray([
                .. result.Ranges.Select(range => new JsonObject
                {
                    ["first"] = study.Value(range.First),
                    ["last"] = study.Value(range.Last),
                }),
            ]),
            ["monotone"] = new JsonObject
            {
                ["refuted"] = result.IsNotMonotone,
                ["rise"] = Change(study, result.Rise),
                ["fall"] = Change(study, result.Fall),
            },
            ["dies"] = result.Dies,
            ["dies_of_full_sweep"] = result.DiesOfFullSweep,
            ["interval_confidence"] = result.Plan.IntervalConfidence,
            ["settings"] = new JsonArray([.. result.Settings.Select(setting => Setting(study, setting))]),
            ["band"] = Band(study, result),
        };

    private static JsonNode At(object value) => value is double number ? number : (string)value;

    private static JsonObject Margin(MarginStudy study, int curve, MarginCrossing margin)
    {
        JsonObject json = Crossing(study, margin);
        json["setting"] = study.Value(margin.Above);
        json["is"] = study.Value(margin.Above) > study.Value(margin.Below) ? "smallest" : "largest";
        json["settings"] = new JsonArray([.. study.Point(curve, margin.Above).Settings.Select(text => (JsonNode)text)]);
        json["power"] = study.Cost(curve, margin.Above) is { } cost ? cost.Analog.Power : null;
        json["area"] = study.Cost(curve, margin.Above) is { } design ? design.Analog.Area : null;
        return json;
    }

    private static string Choice(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName($"{value}");

    private static JsonObject Crossing(MarginStudy study, MarginCrossing crossing) =>
        new()
        {
            ["below"] = study.Value(crossing.Below),
            ["above"] = study.Value(crossing.Above),
            ["neighbours"] = crossing.IsSharp,
        };

    private static JsonObject? Change(MarginStudy study, PairedChange? change) =>
        change is null
            ? null
            : new()
            {
                ["lower"] = study.Value(change.Lower),
                ["higher"] = study.Value(change.Higher),
                ["dies"] = change.Dies,
                ["only_higher"] = change.OnlyHigher,
                ["only_lower"] = change.OnlyLower,
            };

    private static JsonObject Setting(MarginStudy study, SettingYield setting) =>
        new()
        {
            ["value"] = study.Value(setting.Setting),
            ["dies"] = setting.Dies,
            ["passed"] = setting.Passed,
            ["failed"] = setting.Unknown,
            ["yield"] = setting.Yield,
            ["lower"] = setting.Interval.Lower,
            ["upper"] = setting.Interval.Upper,
            ["verdict"] = Choice(setting.Verdict),
        };

    private static JsonArray? Band(MarginStudy study, MarginResult result)
    {
        ProportionInterval?[] band = [.. Enumerable.Range(0, study.Settings).Select(result.Band)];
        return band.Contains(null)
            ? null
            : new JsonArray([
                .. band.Select(
                    (interval, setting) =>
                        new JsonObject
                        {
                            ["value"] = study.Value(setting),
                            ["lower"] = interval!.Value.Lower,
                            ["upper"] = interval.Value.Upper,
                        }
                ),
            ]);
    }
}
