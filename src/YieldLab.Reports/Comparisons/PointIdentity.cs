using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Reports.Comparisons;

/// <summary>What the rows of a stored point depend on, as the manifest tells it: what all points have in common, and the
/// swept values of this one at their keys.</summary>
internal static class PointIdentity
{
    private const string Overrides = "process.override.";

    // A swept temperature is stored in degrees Celsius, and in kelvin where it is not swept.
    private const string Celsius = "C";
    private const double ZeroCelsius = 273.15;

    public static JsonObject Of(StoredPointDies stored)
    {
        var identity = (JsonObject)stored.Run.Manifest["identity"]!.DeepClone();
        foreach (PointValue value in stored.Point.Swept)
            Set(identity, KeyOf(stored, value.Column.Name), Setting(value));
        return identity;
    }

    private static object Setting(PointValue value) =>
        value is { Value: double number, Column.Unit: Celsius } ? number + ZeroCelsius : value.Value;

    // Columns are named by their keys with _ for points, and sweep_ before it where the name was taken.
    private static string KeyOf(StoredPointDies stored, string column) =>
        stored.Run.Manifest["points"]![stored.Point.Name]!["changes"]!
            .AsArray()
            .Select(change => KeyOf((string)change!))
            .LastOrDefault(key => column.EndsWith(key.Replace('.', '_'), StringComparison.Ordinal))
        ?? column;

    // Of a swept temperature the whole section is set: temperature={value: 27 C}.
    private static string KeyOf(string change)
    {
        string[] sides = change.Split('=', 2, StringSplitOptions.TrimEntries);
        return sides is [var section, ['{', ..] value] ? $"{section}.{value[1..].Split(':')[0].Trim()}" : sides[0];
    }

    private static void Set(JsonObject identity, string key, object value)
    {
        string[] path = (
            key.StartsWith(Overrides, StringComparison.Ordinal) ? $"process.{key[Overrides.Length..]}" : key
        ).Split('.');
        JsonObject section = identity;
        foreach (string part in path[..^1])
            section = Below(section, part);
        section[path[^1]] = value is double number ? number : JsonValue.Create((string)value);
    }

    private static JsonObject Below(JsonObject section, string part)
    {
        if (section[part] is not JsonObject below)
            section[part] = below = [];
        return below;
    }
}
