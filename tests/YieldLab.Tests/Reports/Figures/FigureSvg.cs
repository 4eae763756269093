using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;
using YieldLab.Reports.Figures;

namespace YieldLab.Tests.Reports.Figures;

/// <summary>What must hold of the SVG of any figure.</summary>
internal static partial class FigureSvg
{
    public static void Check(Figure figure)
    {
        string text = figure.Svg();
        Assert.Equal(text, figure.Svg());
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1_000, 60_000);
        XElement svg = XElement.Parse(text);
        CheckNames(figure, svg);
        foreach (XElement shape in svg.Descendants().Where(e => e.Name.LocalName is "path" or "text" or "ellipse"))
            CheckColour(shape);
        foreach (string numbers in svg.Descendants().Attributes("d").Select(d => d.Value))
        foreach (Match match in Number().Matches(numbers))
            Assert.InRange(double.Parse(match.Value, CultureInfo.InvariantCulture), -1e5, 1e5);
        Assert.All(figure.Table.Rows, row => Assert.Equal(figure.Table.Header.Length, row.Length));
        Assert.EndsWith(".", figure.Description, StringComparison.Ordinal);
    }

    private static void CheckNames(Figure figure, XElement svg)
    {
        Assert.Equal("img", svg.Attribute("role")!.Value);
        string[] ids = [.. svg.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.StartsWith($"figure-{figure.Name}-", id, StringComparison.Ordinal));
        string[] told =
        [
            .. svg.Attribute("aria-labelledby")!
                .Value.Split(' ')
                .Select(id => svg.Elements().Single(e => e.Attribute("id")?.Value == id).Value),
        ];
        Assert.Equal([figure.Title, figure.Description], told);
        Assert.All(
            svg.Descendants().Attributes("clip-path"),
            clip => Assert.Contains(clip.Value["url(#".Length..^1], ids)
        );
    }

    // Every shape has a class of the palette, but for regions that data are cut to.
    private static void CheckColour(XElement shape)
    {
        if (shape.Parent!.Name.LocalName == "clipPath")
            return;
        string name = shape.Attribute("class")!.Value;
        Assert.Contains(name, Palette.All.SelectMany(role => new[] { Palette.Fill(role), Palette.Stroke(role) }));
    }

    [GeneratedRegex(@"-?\d+(?:\.\d+)?")]
    private static partial Regex Number();
}
