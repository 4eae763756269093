using System.Text.Json;
using System.Text.Json.Nodes;
using YieldLab.Studies;

namespace YieldLab.Cli.Notebooks;

/// <summary>Finds the cells of a notebook, and the places of their results, in the bytes of its file.</summary>
internal sealed class NotebookReader(string path, byte[] bytes)
{
    private static readonly string[] CSharp = ["c#", "csharp"];

    // A notebook of several languages: each cell names its own.
    private const string Polyglot = "polyglot-notebook";

    // A byte order mark is no JSON.
    private readonly int _offset = bytes.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? 3 : 0;

    public IReadOnlyList<NotebookCell> Read()
    {
        StrictJson.Check(path, bytes.AsSpan(_offset));
        Dictionary<string, Span> notebook = Members(new(_offset, bytes.Length), "the file");
        if (Value(notebook, "nbformat") is not JsonValue format || !format.TryGetValue(out int version) || version != 4)
            throw new StudyException($"{path}: nbformat is not 4; expected a notebook of Jupyter's format 4");
        RefuseOtherLanguage(new NotebookNode(path, "metadata", Value(notebook, "metadata")));
        if (!notebook.TryGetValue("cells", out Span cells))
            throw new StudyException($"{path}: has no cells; expected a notebook of Jupyter's format 4");
        return [.. Items(cells).Select((span, index) => Cell(span, index + 1))];
    }

    private NotebookCell Cell(Span span, int number)
    {
        Dictionary<string, Span> members = Members(span, $"cell {number}");
        NotebookNode Node(string key) => new($"{path}: cell {number}", key, Value(members, key));
        bool isCode = Node("cell_type").Text() == "code";
        return new()
        {
            Number = number,
            IsCode = isCode,
            Source = Node("source").Lines(),
            Language = LanguageOf(Node("metadata")),
            Outputs = Node("outputs").Array(),
            ExecutionCount = Node("execution_count").Whole(),
            OutputsSpan = isCode ? Place("outputs") : default,
            CountSpan = isCode ? Place("execution_count") : default,
        };

        Span Place(string key) =>
            members.TryGetValue(key, out Span place)
                ? place
                : throw new StudyException($"{path}: cell {number}: has no {key}, which a code cell must have");
    }

    private void RefuseOtherLanguage(NotebookNode metadata)
    {
        string? language = metadata["kernelspec"]["language"].Text() ?? metadata["language_info"]["name"].Text();
        if (language is not (null or Polyglot) && !IsCSharp(language))
            throw new StudyException($"{path}: is a notebook of {language}; expected one of C#");
    }

    // As the kernel and its editor write it, each in its own place.
    private static string? LanguageOf(NotebookNode metadata)
    {
        string? language =
            metadata["polyglot_notebook"]["kernelName"].Text() ?? metadata["dotnet_interactive"]["language"].Text();
        return language is null || IsCSharp(language) ? null : language;
    }

    private static bool IsCSharp(string language) => CSharp.Contains(language.ToLowerInvariant());

    private Dictionary<string, Span> Members(Span span, string what)
    {
        var reader = Reader(span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new StudyException($"{path}: {what} is no object; expected a Jupyter notebook (.ipynb)");
        var members = new Dictionary<string, Span>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            members[name] = Next(ref reader, span.Start);
        }
        // What follows the end is read, and refused, too.
        if (span.End == bytes.Length)
            reader.Read();
        return members;
    }

    private List<Span> Items(Span span)
    {
        var reader = Reader(span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new StudyException($"{path}: cells is no array; expected a Jupyter notebook (.ipynb)");
        var items = new List<Span>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = span.Start + (int)reader.TokenStartIndex;
            reader.Skip();
            items.Add(new(start, span.Start + (int)reader.BytesConsumed));
        }
        return items;
    }

    private static Span Next(ref Utf8JsonReader reader, int offset)
    {
        reader.Read();
        int start = offset + (int)reader.TokenStartIndex;
        reader.Skip();
        return new(start, offset + (int)reader.BytesConsumed);
    }

    private Utf8JsonReader Reader(Span span) => new(bytes.AsSpan(span.Start, span.End - span.Start));

    private JsonNode? Value(Dictionary<string, Span> members, string key) =>
        members.TryGetValue(key, out Span span)
            ? JsonNode.Parse(bytes.AsSpan(span.Start, span.End - span.Start))
            : null;
}
