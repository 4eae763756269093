using System.Text.Json.Nodes;

namespace YieldLab.Cli.Notebooks;

/// <summary>Texts of nbformat, which stand as one string or as a list of lines.</summary>
internal static class NotebookJson
{
    /// <summary>A text, however it is stored.</summary>
    public static string Text(JsonNode? text) =>
        text is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)text ?? "";

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
    public static bool SameOutputs(JsonArray a, JsonArray b) => JsonNode.DeepEquals(Plain(a), Plain(b));

    // Lists of strings as one string.
    private static JsonNode? Plain(JsonNode? node) =>
        node switch
        {
            JsonArray lines when lines.Count > 0 && lines.All(IsText) => Text(lines),
            JsonArray items => new JsonArray([.. items.Select(Plain)]),
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(member.Key, Plain(member.Value)))
            ),
            _ => node?.DeepClone(),
        };

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == System.Text.Json.JsonValueKind.String;
}
