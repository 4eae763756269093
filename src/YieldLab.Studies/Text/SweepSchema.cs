using System.Text.Json.Nodes;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Text;

/// <summary>The schema of a study's sweep. Its keys are paths such as training.l2; which there are and what each takes
/// is left to the program.</summary>
internal static class SweepSchema
{
    public static JsonObject OfSection() =>
        new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(
                Keys.Of(typeof(SweepSettings))
                    .Select(property =>
                        KeyValuePair.Create(Keys.Name(property), (JsonNode?)OfKeys(Keys.Meaning(property)))
                    )
            ),
        };

    private static JsonObject OfKeys(string meaning) =>
        new()
        {
            ["type"] = "object",
            ["additionalProperties"] = new JsonObject { ["anyOf"] = new JsonArray(List(), Range()) },
            ["description"] = meaning,
        };

    private static JsonObject List() =>
        new()
        {
            ["type"] = "array",
            ["minItems"] = 1,
            ["items"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
        };

    // The ends and the step are numbers of the key: with a unit, or plain.
    private static JsonObject Range()
    {
        JsonObject range = JsonSchema.Settings(typeof(SweepRange), allRequired: true);
        foreach (string key in new[] { "from", "to", "step" })
            range["properties"]![key]!["type"] = new JsonArray("string", "number");
        return range;
    }
}
