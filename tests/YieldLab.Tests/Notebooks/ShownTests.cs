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

    // Two by one pixels, grey.
    private static string Picture(byte grey)
    {
        using var bitmap = new SkiaSharp.SKBitmap(2, 1);
        bitmap.SetPixel(0, 0, new(grey, grey, grey));
        bitmap.SetPixel(1, 0, new(100, 100, 100));
        return Convert.ToBase64String(bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100).ToArray());
    }
}
