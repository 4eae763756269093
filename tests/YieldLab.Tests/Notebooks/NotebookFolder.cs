using System.Text.Json.Nodes;
using YieldLab.Tests.Cli;

namespace YieldLab.Tests.Notebooks;

/// <summary>A folder of a test's own with notebooks in it.</summary>
internal sealed class NotebookFolder : IDisposable
{
    public const string Notebook = "book.ipynb";

    public NotebookFolder() => Root = Directory.CreateTempSubdirectory("yieldlab-").FullName;

    public string Root { get; }

    public string Path => System.IO.Path.Combine(Root, Notebook);

    /// <summary>Writes a notebook of code cells, each as this text.</summary>
    public NotebookFolder With(params string[] cells)
    {
        var code = cells.Select(
            (source, i) =>
                new JsonObject
                {
                    ["cell_type"] = "code",
                    ["execution_count"] = null,
                    ["id"] = $"c{i}",
                    ["metadata"] = new JsonObject(),
                    ["outputs"] = new JsonArray(),
                    ["source"] = source,
                }
        );
        return WithText(
            new JsonObject
            {
                ["cells"] = new JsonArray([.. code]),
                ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["language"] = "C#" } },
                ["nbformat"] = 4,
                ["nbformat_minor"] = 5,
            }.ToJsonString()
        );
    }

    /// <summary>Writes a notebook as it stands.</summary>
    public NotebookFolder WithText(string text)
    {
        File.WriteAllText(Path, text);
        return this;
    }

    public Answer Run(params string[] arguments) => CommandLine.Run(Root, ["notebook", "run", Notebook, .. arguments]);

    /// <summary>Outputs of a cell, as the file has them.</summary>
    public JsonArray Outputs(int cell) =>
        (JsonArray)JsonNode.Parse(File.ReadAllText(Path))!["cells"]![cell]!["outputs"]!;

    /// <summary>What a cell printed and showed as plain text, in order.</summary>
    public IReadOnlyList<string> Texts(int cell) =>
        [.. Outputs(cell).Select(output => Text(output!["text"] ?? output["data"]!["text/plain"]!))];

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string Text(JsonNode lines) => string.Concat(((JsonArray)lines).Select(line => (string?)line));
}
