using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Cli.Notebooks;
using YieldLab.Notebooks;

namespace YieldLab.Tests.Notebooks;

/// <summary>How values and pictures are shown and compared.</summary>
public sealed class ShownTests
{
    [Fact]
    public void A_table_shows_itself_by_the_convention_of_kernels()
    {
        var table = new ShownTable(
            "a < b",
            ["name", "n"],
            [
                ["one & two", "1"],
                ["three", "22"],
            ]
        );
        IReadOnlyDictionary<string, string> shown = ConventionFormatters.Format(table);
        Assert.Equal(["text/html", "text/plain"], shown.Keys.Order());
        Assert.Equal("a < b\nname        n\none & two   1\nthree      22", shown["text/plain"]);
        Assert.Equal(
            "<table>\n<caption>a &lt; b</caption>\n<thead>\n<tr><th align=\"left\">name</th><th align=\"right\">n</th></tr>\n</thead>\n<tbody>\n"
                + "<tr><td align=\"left\">one &amp; two</td><td align=\"right\">1</td></tr>\n"
                + "<tr><td align=\"left\">three</td><td align=\"right\">22</td></tr>\n</tbody>\n</table>",
            shown["text/html"]
        );
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Pictures_are_the_same_up_to_a_shade_that_nobody_sees(byte difference, bool same)
    {
        string a = Picture(100);
        string b = Picture((byte)(100 + difference));
        Assert.Equal(same, Pictures.Same(a, b));
        Assert.False(Pictures.Same(a, null));
        Assert.False(Pictures.Same(a, "no picture"));
    }

    [Fact]
    public void A_list_that_holds_itself_is_shown_to_a_depth()
    {
        var list = new List<object?> { 1, null };
        list.Add(list);
        Assert.Equal("[ 1, null, [ 1, null, [ 1, null, [ 1, null, [ ... ] ] ] ] ]", PlainText(list));
        Assert.Equal("null", PlainText(null));
    }

    [Fact]
    public void The_first_difference_of_outputs_is_told()
    {
        JsonArray stored = [Output("a\nb", 100), Output("c\nd", 100)];
        string Told(params JsonNode[] now) => OutputDifference.Of(stored, [.. now]);
        Assert.Equal(
            "line 2 of output 2 is \"e\", and \"d\" is stored",
            Told(Output("a\nb", 101), Output("c\ne", 100))
        );
        Assert.Equal("line 1 of output 2 is nothing, and \"c\" is stored", Told(Output("a\nb", 100)));
        Assert.Equal("the picture of output 1 is another", Told(Output("a\nb", 200)));
        JsonNode other = Output("a\nb", 100);
        other["metadata"] = 1;
        Assert.Equal("output 1 differs in other than its plain text", Told(other));
        Assert.Equal(
            $"line 1 of output 1 is \"{new string('x', 60)}...\", and \"a\" is stored",
            Told(new JsonObject { ["text"] = new string('x', 99) })
        );
    }

    private static string? PlainText(object? value) => (string?)ShownValue.Of(value).Data["text/plain"]![0];

    private static JsonObject Output(string text, byte grey) =>
        new()
        {
            ["data"] = new JsonObject { ["text/plain"] = text, ["image/png"] = Picture(grey) },
        };

    // Two by one pixels, grey.
    private static string Picture(byte grey)
    {
        using var bitmap = new SkiaSharp.SKBitmap(2, 1);
        bitmap.SetPixel(0, 0, new(grey, grey, grey));
        bitmap.SetPixel(1, 0, new(100, 100, 100));
        return Convert.ToBase64String(bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100).ToArray());
    }
}
