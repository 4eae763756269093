using System.Reflection;
using System.Text.Json.Nodes;
using YieldLab.Circuits.Technology;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Studies.Text;

/// <summary>Settings as JSON under the keys of their file, numbers in SI units.</summary>
internal static class SettingsJson
{
    public static JsonNode? Of(object? settings) =>
        settings switch
        {
            null => null,
            double or int or long => JsonValue.Create(Convert.ToDouble(settings)),
            bool truth => JsonValue.Create(truth),
            string text => JsonValue.Create(text),
            Enum value => JsonValue.Create(Keys.Choice(value)),
            Spec spec => JsonValue.Create($"{spec}"),
            Correlation c => new JsonObject
            {
                ["between"] = new JsonArray(Keys.Choice(c.First), Keys.Choice(c.Second)),
                ["value"] = c.Value,
            },
            System.Collections.IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Of)]),
            _ => new JsonObject(
                Keys.Of(settings.GetType())
                    .Select(property => KeyValuePair.Create(Keys.Name(property), Of(property.GetValue(settings))))
            ),
        };
}
