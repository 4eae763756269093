using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>In what two descriptions of a run differ, in words.</summary>
public static class JsonDifference
{
    private const int MostNamed = 4;

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>For example "training.epochs is 20 there and 30 here"; null where they are the same.</summary>
    /// <param name="there">The description that is stored.</param>
    /// <param name="here">The description of what is asked for.</param>
    public static string? Of(JsonObject there, JsonObject here)
    {
        string[] unlike = [.. All(there, here).Select(d => Difference(d.Key, d.There, d.Here))];
        string more = unlike.Length > MostNamed ? $"; and {unlike.Length - MostNamed} more" : "";
        return unlike.Length == 0 ? null : string.Join("; ", unlike.Take(MostNamed)) + more;
    }

    /// <summary>All keys whose values differ, with both values; "absent" where one has none.</summary>
    /// <param name="there">A description.</param>
    /// <param name="here">Another.</param>
    public static IReadOnlyList<(string Key, string There, string Here)> All(JsonObject there, JsonObject here)
    {
        Dictionary<string, string> a = Flat(there);
        Dictionary<string, string> b = Flat(here);
        return
        [
            .. a
                .Keys.Union(b.Keys)
                .Where(key => a.GetValueOrDefault(key) != b.GetValueOrDefault(key))
                .Order(StringComparer.Ordinal)
                .Select(key => (key, Text(a, key), Text(b, key))),
        ];
    }

    // Other programs write the same number in another way.
    private static string Text(JsonNode node) =>
        node.GetValueKind() switch
        {
            JsonValueKind.Number => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture)
                .ToString(CultureInfo.InvariantCulture),
            JsonValueKind.Array => node.ToJsonString(Plain),
            _ => node.ToString(),
        };

    // Nobody reads a checksum.
    private static string Difference(string key, string there, string here) =>
        key.EndsWith("sha256", StringComparison.Ordinal)
            ? $"{key} differs, so what is in the file has changed"
            : $"{key} is {there} there and {here} here";

    private static string Text(Dictionary<string, string> values, string key) =>
        values.TryGetValue(key, out string? value) ? value : "absent";

    private static Dictionary<string, string> Flat(JsonNode json)
    {
        var values = new Dictionary<string, string>();
        void Add(string path, JsonNode? node)
        {
            // An absent section and one that is null say the same.
            if (node is JsonObject section)
                foreach (var (key, child) in section)
                    Add(path.Length == 0 ? key : $"{path}.{key}", child);
            else if (node is not null)
                values.Add(path, Text(node));
        }
        Add("", json);
        return values;
    }
}
