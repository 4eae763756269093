using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace YieldLab.Cli.Notebooks;

/// <summary>How a notebook's file is laid out: what is put into it looks like the rest.</summary>
/// <param name="Unit">White space by which a level is indented; empty where the file is not laid out in lines.</param>
/// <param name="NewLine">How lines end.</param>
internal sealed record NotebookLayout(string Unit, string NewLine)
{
    /// <summary>The layout of a file.</summary>
    public static NotebookLayout Of(byte[] bytes)
    {
        int end = Array.IndexOf(bytes, (byte)'\n');
        string newLine = end > 0 && bytes[end - 1] == '\r' ? "\r\n" : "\n";
        return new(end < 0 ? "" : Blank(bytes, end + 1), newLine);
    }

    /// <summary>A value as it is to stand at a place of the file.</summary>
    public string Text(JsonNode value, byte[] bytes, int place)
    {
        string? indent = IndentOfLine(bytes, place);
        if (Unit.Length == 0 || indent is null)
            return value.ToJsonString(Options(0));
        string text = value.ToJsonString(Options(Unit.Length));
        // Text has no line ends of its own, since JSON escapes them.
        return text.Replace("\n", NewLine + indent);
    }

    private JsonSerializerOptions Options(int indent) =>
        new()
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = indent > 0,
            IndentSize = indent,
            IndentCharacter = indent > 0 ? Unit[0] : ' ',
            NewLine = "\n",
        };

    // Null where the key does not begin its line.
    private static string? IndentOfLine(byte[] bytes, int place)
    {
        int begin = Array.LastIndexOf(bytes, (byte)'\n', place) + 1;
        string indent = Blank(bytes, begin);
        int key = Array.IndexOf(bytes, (byte)'"', begin);
        return begin > 0 && key == begin + indent.Length && key < place ? indent : null;
    }

    private static string Blank(byte[] bytes, int start)
    {
        int end = start;
        while (end < bytes.Length && bytes[end] is (byte)' ' or (byte)'\t')
            end++;
        return string.Concat(bytes[start..end].Select(blank => (char)blank));
    }
}
