using System.Text.Json;
using YieldLab.Studies;

namespace YieldLab.Cli.Notebooks;

/// <summary>What a JSON reader lets pass until somebody asks for it.</summary>
internal static class StrictJson
{
    /// <summary>Reads all texts of a file.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="StudyException">A text in it is no Unicode, or a key stands twice in an object.</exception>
    public static void Check(string path, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var keys = new Stack<HashSet<string>>();
        while (reader.Read())
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    keys.Push([]);
                    break;
                case JsonTokenType.EndObject:
                    keys.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    if (!keys.Peek().Add(Text(path, ref reader, json)))
                        throw At(path, "a key that stands twice", json, reader.TokenStartIndex);
                    break;
                case JsonTokenType.String:
                    Text(path, ref reader, json);
                    break;
            }
    }

    private static string Text(string path, ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        try
        {
            return reader.GetString()!;
        }
        // Bytes that are no UTF-8, or half of a pair of \u escapes.
        catch (InvalidOperationException)
        {
            throw At(path, "a text that is no Unicode", json, reader.TokenStartIndex);
        }
    }

    private static StudyException At(string path, string what, ReadOnlySpan<byte> json, long place)
    {
        ReadOnlySpan<byte> before = json[..(int)place];
        long line = before.Count((byte)'\n') + 1;
        long column = place - before.LastIndexOf((byte)'\n');
        return new($"{path}({line},{column}): has {what}; expected a Jupyter notebook (.ipynb)");
    }
}
