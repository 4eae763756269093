using Xunit;
using YieldLab.Cli.Notebooks;
using YieldLab.Studies;

namespace YieldLab.Tests.Notebooks;

/// <summary>JSON that is no notebook is refused in a line that says where.</summary>
public sealed class NotebookReaderTests
{
    private const string Code = "\"cell_type\":\"code\",\"outputs\":[],\"execution_count\":null,\"source\":\"1\"";

    [Theory]
    [InlineData("source", "5", "source is not a text")]
    [InlineData("source", "[\"1\",5]", "source is not a text")]
    [InlineData("metadata", "[]", "metadata is not an object")]
    [InlineData("metadata", "{\"polyglot_notebook\":5}", "metadata.polyglot_notebook is not an object")]
    [InlineData("execution_count", "\"1\"", "execution_count is not a whole number or null")]
    [InlineData("execution_count", "1.0", "execution_count is not a whole number or null")]
    [InlineData("execution_count", "99999999999", "execution_count is not a whole number or null")]
    [InlineData("cell_type", "5", "cell_type is not a text")]
    [InlineData("outputs", "{}", "outputs is not an array")]
    public void A_member_of_a_cell_must_be_of_its_kind(string key, string value, string message)
    {
        var members = new Dictionary<string, string>
        {
            ["cell_type"] = "\"code\"",
            ["outputs"] = "[]",
            ["execution_count"] = "null",
            ["source"] = "\"1\"",
            [key] = value,
        };
        string cell = string.Join(",", members.Select(member => $"\"{member.Key}\":{member.Value}"));
        Refused($"{{\"cells\":[{{{Code}}},{{{cell}}}],\"nbformat\":4}}", $": cell 2: {message}");
    }

    [Theory]
    [InlineData("{\"cells\":[],\"nbformat\":4.5}", ": nbformat is not 4")]
    [InlineData("{\"cells\":[],\"nbformat\":4,\"metadata\":[]}", ": metadata is not an object")]
    [InlineData(
        "{\"cells\":[],\"nbformat\":4,\"metadata\":{\"kernelspec\":5}}",
        ": metadata.kernelspec is not an object"
    )]
    [InlineData("{\"cells\":[],\n \"nbformat\":4,\"a\":\"\\ud800\"}", "(2,19): has a text that is no Unicode")]
    [InlineData("{\"cells\":[],\n \"nbformat\":4,\"a\":\"\u00ff\"}", "(2,19): has a text that is no Unicode")]
    [InlineData(
        "{\"cells\":[{\"outputs\":[{\"a\":1,\"a\":2}]}],\"nbformat\":4}",
        "(1,30): has a key that stands twice"
    )]
    public void A_file_must_be_one_of_nbformat(string text, string message) => Refused(text, message);

    [Fact]
    public void Outputs_that_are_none_differ_from_all()
    {
        using var folder = new NotebookFolder().WithText(
            $"{{\"cells\":[{{{Code.Replace("[]", "[5]")}}}],\"nbformat\":4}}"
        );
        NotebookCell cell = NotebookFile.Read(folder.Path).Cells[0];
        Assert.False(new CellResult(cell, 1, [6]).HasStoredOutputs);
        Assert.True(new CellResult(cell, 1, [5]).HasStoredOutputs);
    }

    // As bytes, so that U+00FF is one byte, which no UTF-8 has.
    private static void Refused(string text, string message)
    {
        using var folder = new NotebookFolder();
        File.WriteAllBytes(folder.Path, System.Text.Encoding.Latin1.GetBytes(text));
        string refusal = Assert.Throws<StudyException>(() => NotebookFile.Read(folder.Path)).Message;
        Assert.StartsWith(folder.Path + message, refusal);
        Assert.Contains("; expected a ", refusal);
    }
}
