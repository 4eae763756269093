using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Xunit;
using YieldLab.Cli.Notebooks;

namespace YieldLab.Tests.Notebooks;

/// <summary>What becomes of a notebook's file: results are put into its bytes.</summary>
public sealed class NotebookBytesTests
{
    private static readonly JsonArray Shown = [Stream("one\n")];

    // Layouts of every sort: white space at random between all tokens, both line ends, a byte order mark or none.
    [Fact]
    public void All_bytes_but_those_of_results_stay_whatever_the_layout() =>
        Gen.Select(Blank.Array[40], Gen.Bool, OneOf("null", "3"), OneOf("[]", "[ ]", "[{}]"))
            .Sample(
                (blanks, mark, count, outputs) =>
                {
                    var (before, between, after) = Pieces(blanks, mark);
                    using var folder = new NotebookFolder();
                    File.WriteAllText(folder.Path, before + count + between + outputs + after, new UTF8Encoding(false));
                    NotebookFile notebook = NotebookFile.Read(folder.Path);
                    string written = Encoding.UTF8.GetString(notebook.With([new(notebook.Cells[1], 7, Shown)]));
                    return written.StartsWith(before + "7" + between, StringComparison.Ordinal)
                        && written.EndsWith(after, StringComparison.Ordinal)
                        && JsonNode.DeepEquals(
                            JsonNode.Parse(written[(before + "7" + between).Length..^after.Length]),
                            Shown
                        );
                },
                iter: 300
            );

    [Fact]
    public void Results_that_are_stored_already_stay_as_they_are_written()
    {
        // A list of lines, one string, and keys in another order say the same.
        const string outputs = """[ {"text":"one\n",   "output_type":"stream", "name" : "stdout"}]""";
        using var folder = new NotebookFolder();
        var (before, between, after) = Pieces([.. Enumerable.Repeat("", 40)], false);
        File.WriteAllText(folder.Path, before + "7" + between + outputs + after);
        NotebookFile notebook = NotebookFile.Read(folder.Path);
        Assert.Equal(File.ReadAllBytes(folder.Path), notebook.With([new(notebook.Cells[1], 7, Shown)]));
    }

    [Fact]
    public void Results_are_laid_out_as_the_rest_of_the_file()
    {
        using var folder = new NotebookFolder().WithText(
            "{\r\n\t\"cells\": [\r\n\t\t{\r\n\t\t\t\"cell_type\": \"code\",\r\n\t\t\t\"execution_count\": null,\r\n\t\t\t\"outputs\": [],\r\n\t\t\t\"source\": \"1\"\r\n\t\t}\r\n\t],\r\n\t\"nbformat\": 4\r\n}\r\n"
        );
        NotebookFile notebook = NotebookFile.Read(folder.Path);
        string written = Encoding.UTF8.GetString(notebook.With([new(notebook.Cells[0], 1, Shown)]));
        Assert.Contains(
            "\t\t\t\"outputs\": [\r\n\t\t\t\t{\r\n\t\t\t\t\t\"name\": \"stdout\",\r\n\t\t\t\t\t\"output_type\": \"stream\",\r\n\t\t\t\t\t\"text\": [\r\n\t\t\t\t\t\t\"one\\n\"\r\n\t\t\t\t\t]\r\n\t\t\t\t}\r\n\t\t\t],\r\n",
            written
        );
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Gen<string> Blank => OneOf(" ", "", "\n", "\r\n", "\t", "   ").Array[0, 3].Select(string.Concat);

    private static (string Before, string Between, string After) Pieces(string[] blanks, bool mark)
    {
        int next = 0;
        string B() => blanks[next++];
        string Laid(params string[] tokens) => string.Concat(tokens.Select(token => B() + token));
        string before =
            (mark ? "\uFEFF" : "")
            + Laid(
                "{",
                "\"cells\"",
                ":",
                "[",
                "{",
                "\"cell_type\"",
                ":",
                "\"markdown\"",
                ",",
                "\"source\"",
                ":",
                "\"é \\\"outputs\\\": []\"",
                "}"
            )
            + Laid(",", "{", "\"cell_type\"", ":", "\"code\"", ",", "\"execution_count\"", ":");
        string between = Laid(",", "\"outputs\"", ":");
        string after =
            Laid(",", "\"source\"", ":", "[\"1 +\\n\", \"1\"]", "}", "]", ",", "\"nbformat\"", ":") + " 4}" + B();
        return (before, between, after);
    }

    private static JsonNode Stream(string text) =>
        new JsonObject
        {
            ["name"] = "stdout",
            ["output_type"] = "stream",
            ["text"] = new JsonArray(text),
        };
}
