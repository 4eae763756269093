using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Studies.Sensitivity;

namespace YieldLab.Cli.Output;

/// <summary>Where variance and loss of yield come from, for programs: shares from 0 to 1, estimates as they are, also below
/// 0.</summary>
internal static class ContributionsJson
{
    public static string Of(StoredPointDies stored, StudyContributions found, double confidence) =>
        JsonText.Of(
            new JsonObject
            {
                ["study"] = stored.Run.Name,
                ["point"] = stored.Point.Name.Length == 0 ? null : stored.Point.Name,
                ["dies"] = stored.Dies.Indices.Length,
                ["independent_dies"] = stored.Run.Rule is not EstimateRule.Replicated,
                ["confidence"] = confidence,
                ["metrics"] = Outputs(found, output => output.Unit is not null),
                ["lost_yield"] = Outputs(found, output => output.Unit is null),
            }
        );

    private static JsonObject Outputs(StudyContributions found, Func<OutputContributions, bool> chosen) =>
        new(
            found
                .Outputs.Where(chosen)
                .Select(output => KeyValuePair.Create(output.Name, (JsonNode?)Output(found, output)))
        );

    private static JsonObject Output(StudyContributions found, OutputContributions output)
    {
        var json = new JsonObject { ["dies"] = output.Dies };
        if (output.Unit is { } unit)
            json["unit"] = unit;
        json["model"] = output.Split?.Model.ToString().ToLowerInvariant();
        if (output.Split is not { } split)
            return json;
        json["r_squared"] = Share(split.RSquared);
        json["tried"] = new JsonObject(
            split.Tried.Select(model =>
                KeyValuePair.Create(model.Model.ToString().ToLowerInvariant(), (JsonNode?)Share(model.RSquared))
            )
        );
        json["sources"] = new JsonObject([
            .. found.Inputs.Select((input, i) => KeyValuePair.Create(input.Name, (JsonNode?)Input(output, split, i))),
            .. found.Groups.Select((group, i) => KeyValuePair.Create(group.Name, (JsonNode?)Group(found, split, i))),
        ]);
        return json;
    }

    private static JsonObject Input(OutputContributions output, Contributions split, int input)
    {
        JsonObject json = Share(split.Inputs[input]);
        if (output.Leans is { } leans)
        {
            json["failing_dies_sd"] = JsonNumber.Of(leans[input].Value);
            json["failing_dies_error"] = JsonNumber.Of(leans[input].Error);
        }
        return json;
    }

    private static JsonObject Group(StudyContributions found, Contributions split, int group)
    {
        JsonObject json = Share(split.Groups[group]);
        json["draws"] = found.Draws[group];
        return json;
    }

    private static JsonObject Share(Contribution share) =>
        new()
        {
            ["share"] = JsonNumber.Of(share.Share),
            ["error"] = JsonNumber.Of(share.Error),
            ["lower"] = JsonNumber.Of(share.Lower),
            ["upper"] = JsonNumber.Of(share.Upper),
        };
}
