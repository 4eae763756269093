using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>The notebooks that ship.</summary>
public sealed partial class ShippedNotebookTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "notebooks");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.ipynb").Select(path => Path.GetFileName(path)).Order()];

    // In a copy of the folders that it reads, so that nobody's runs are touched.
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_cell_gives_the_outputs_that_are_stored(string name)
    {
        string root = Directory.CreateTempSubdirectory("yieldlab-").FullName;
        try
        {
            Copy("studies", root);
            Copy(Path.Combine("studies", "data"), root);
            Copy("notebooks", root);
            string book = Path.Combine("notebooks", name);
            Answer answer = CommandLine.Run(root, "notebook", "run", book, "--check");
            Assert.EndsWith("outputs are those that are stored\n", answer.Succeeded().ReplaceLineEndings("\n"));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    // The schema of nbformat 4.5 in short: required keys, and ids of 1 to 64 letters, digits, - and _, each once.
    [Theory]
    [MemberData(nameof(Names))]
    public void Each_is_valid_nbformat_4_5(string name)
    {
        JsonNode notebook = Read(name);
        Assert.Equal((4, 5), ((int)notebook["nbformat"]!, (int)notebook["nbformat_minor"]!));
        Assert.Equal(".net-csharp", (string?)notebook["metadata"]!["kernelspec"]!["name"]);
        var ids = Cells(notebook).Select(cell => (string)cell["id"]!).ToArray();
        Assert.All(ids, id => Assert.Matches("^[a-zA-Z0-9-_]{1,64}$", id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
        foreach (JsonNode cell in Cells(notebook))
        {
            string[] keys = [.. cell.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)];
            string[] expected = IsCode(cell)
                ? ["cell_type", "execution_count", "id", "metadata", "outputs", "source"]
                : ["cell_type", "id", "metadata", "source"];
            Assert.Equal(expected, keys);
            foreach (JsonNode? output in IsCode(cell) ? cell["outputs"]!.AsArray() : [])
                IsOutput(output!);
        }
    }

    // A figure in a text that no output shows has gone stale.
    [Theory]
    [MemberData(nameof(Names))]
    public void Shares_in_the_text_are_those_of_the_outputs(string name)
    {
        JsonNode notebook = Read(name);
        string shown = string.Concat(
            Cells(notebook)
                .Where(IsCode)
                .SelectMany(cell => cell["outputs"]!.AsArray())
                .Select(output => Text(output!["text"] ?? output["data"]?["text/plain"]))
        );
        string told = string.Concat(Cells(notebook).Where(cell => !IsCode(cell)).Select(cell => Text(cell["source"])));
        string[] shares = Shares(told);
        string[] all = Shares(shown);
        Assert.NotEmpty(shares);
        Assert.All(shares, share => Assert.Contains(share, all));
    }

    // Whole figures: 0.4 % is none of those of a text that has 90.4 %.
    private static string[] Shares(string text) =>
        [.. Share().Matches(text).Select(match => match.Value.ReplaceLineEndings(" "))];

    [GeneratedRegex(@"\d+\.\d+\s%")]
    private static partial Regex Share();

    private static void IsOutput(JsonNode output)
    {
        string[] keys = (string)output["output_type"]! switch
        {
            "stream" => ["name", "text"],
            "display_data" => ["data", "metadata"],
            "execute_result" => ["data", "execution_count", "metadata"],
            var other => throw new InvalidDataException(other),
        };
        Assert.All(keys, key => Assert.NotNull(output[key]));
    }

    private static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!;

    private static IEnumerable<JsonNode> Cells(JsonNode notebook) => notebook["cells"]!.AsArray().Select(cell => cell!);

    private static bool IsCode(JsonNode cell) => (string?)cell["cell_type"] == "code";

    private static string Text(JsonNode? lines) =>
        lines is JsonArray list ? string.Concat(list.Select(line => (string?)line)) : "";

    private static void Copy(string folder, string root)
    {
        string target = Directory.CreateDirectory(Path.Combine(root, folder)).FullName;
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, folder)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }
}
