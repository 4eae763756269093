using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using YieldLab.Notebooks;

namespace YieldLab.Cli.Notebooks;

/// <summary>A value as a notebook shows it: a bundle of texts and pictures of nbformat.</summary>
/// <param name="Data">Of each MIME type; <c>text/plain</c> always.</param>
/// <param name="Metadata">Of each MIME type that has any.</param>
internal sealed record ShownValue(JsonObject Data, JsonObject Metadata)
{
    // The first that a type offers is what readers see; the last stands for all where there are no pictures.
    private static readonly string[] Rich = ["image/png", "image/svg+xml", "text/html"];
    private const string Plain = "text/plain";
    private const int MostItems = 20;

    // Lists in lists; one may hold itself.
    private const int MostDepth = 4;

    /// <summary>A value by the formatters that its type names, else as plain text.</summary>
    public static ShownValue Of(object? value)
    {
        if (value is null)
            return new(new JsonObject { [Plain] = NotebookJson.Lines("null") }, []);
        IReadOnlyDictionary<string, string> formatted = ConventionFormatters.Format(value);
        var data = new JsonObject();
        var metadata = new JsonObject();
        if (Rich.FirstOrDefault(formatted.ContainsKey) is { } mime)
        {
            // Base64 is one string; texts are lists of lines.
            data[mime] = mime == "image/png" ? formatted[mime] : NotebookJson.Lines(formatted[mime]);
            // What nbconvert and Jupyter give a screen reader in place of the picture, and the place that it takes.
            if (value is ShownFigure figure)
                metadata[mime] = new JsonObject { ["alt"] = figure.AlternativeText, ["width"] = figure.DisplayWidth };
        }
        data[Plain] = NotebookJson.Lines(formatted.TryGetValue(Plain, out string? text) ? text : PlainText(value, 0));
        return new(data, metadata);
    }

    private static string PlainText(object value, int depth) =>
        value switch
        {
            string text => text,
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable when depth == MostDepth => "[ ... ]",
            IEnumerable items => PlainText(items.Cast<object?>().Take(MostItems + 1).ToArray(), depth + 1),
            _ => value.ToString() ?? "",
        };

    private static string PlainText(object?[] items, int depth)
    {
        var shown = items.Take(MostItems).Select(item => item is null ? "null" : PlainText(item, depth));
        return $"[ {string.Join(", ", shown)}{(items.Length > MostItems ? ", ..." : "")} ]";
    }
}
