using System.Text.Json.Nodes;
using YieldLab.Studies;

namespace YieldLab.Cli.Notebooks;

/// <summary>A value of a notebook, asked for as what it must be. What is absent, or null, is nothing; what is of another kind is
/// refused.</summary>
/// <param name="Owner">File, and cell where it is of one.</param>
/// <param name="Key">Keys that lead to it.</param>
/// <param name="Value">The value.</param>
internal sealed record NotebookNode(string Owner, string Key, JsonNode? Value)
{
    /// <summary>A member of an object.</summary>
    /// <exception cref="StudyException">It is no object.</exception>
    public NotebookNode this[string key] =>
        new(Owner, $"{Key}.{key}", Value is null or JsonObject ? Value?[key] : throw Refusal("an object"));

    /// <exception cref="StudyException">It is no text.</exception>
    public string? Text() =>
        Value is null ? null
        : Value is JsonValue value && value.TryGetValue(out string? text) ? text
        : throw Refusal("a text");

    /// <summary>A text that may stand as a list of lines.</summary>
    /// <exception cref="StudyException">It is neither.</exception>
    public string Lines() =>
        Value is JsonArray lines
            ? string.Concat(lines.Select(line => (this with { Value = line }).Text()))
            : Text() ?? "";

    /// <exception cref="StudyException">It is no array.</exception>
    public JsonArray Array() => Value is null ? [] : Value as JsonArray ?? throw Refusal("an array");

    /// <exception cref="StudyException">It is no whole number.</exception>
    public int? Whole() =>
        Value is null ? null
        : Value is JsonValue value && value.TryGetValue(out int number) ? number
        : throw Refusal("a whole number or null");

    private StudyException Refusal(string expected) =>
        new($"{Owner}: {Key} is not {expected}; expected a notebook of nbformat 4");
}
