using System.Text.Json;
using System.Text.Json.Nodes;

namespace YieldLab.Cli.Notebooks;

/// <summary>Texts of nbformat, which stand as one string or as a list of lines.</summary>
internal static class NotebookJson
{
    /// <summary>A text as Jupyter stores it: a list of lines with their ends.</summary>
    public static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (int start = 0; start < text.Length; )
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..next]);
            start = next;
        }
        return lines;
    }

    /// <summary>Whether two lists of outputs say the same, however they are written.</summary>
    public static bool SameOutputs(JsonArray a, JsonArray b) =>
        a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second));

    /// <summary>Whether two outputs say the same.</summary>
    public static bool Same(JsonNode? first, JsonNode? second)
    {
        var (a, b) = (Plain(first), Plain(second));
        return Pictures.Same(TakePicture(a), TakePicture(b)) && JsonNode.DeepEquals(a, b);
    }

    /// <summary>Whether two outputs show the same picture, or both none.</summary>
    public static bool SamePicture(JsonNode? first, JsonNode? second) =>
        Pictures.Same(TakePicture(Plain(first)), TakePicture(Plain(second)));

    /// <summary>What an output says in plain text, by lines; nothing where it is none.</summary>
    public static string[] PlainLines(JsonNode? output)
    {
        var members = Plain(output) as JsonObject;
        JsonNode? text = members?["text"] ?? (members?["data"] as JsonObject)?["text/plain"] ?? members?["evalue"];
        return IsText(text) ? ((string)text!).Split('\n') : [];
    }

    private static string? TakePicture(JsonNode? output)
    {
        if ((output as JsonObject)?["data"] is not JsonObject data || data["image/png"] is not JsonValue picture)
            return null;
        data.Remove("image/png");
        return picture.GetValueKind() == JsonValueKind.String ? (string?)picture : null;
    }

    // Lists of strings as one string.
    private static JsonNode? Plain(JsonNode? node) =>
        node switch
        {
            JsonArray lines when lines.Count > 0 && lines.All(IsText) => string.Concat(
                lines.Select(line => (string?)line)
            ),
            JsonArray items => new JsonArray([.. items.Select(Plain)]),
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(member.Key, Plain(member.Value)))
            ),
            _ => node?.DeepClone(),
        };

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;
}
