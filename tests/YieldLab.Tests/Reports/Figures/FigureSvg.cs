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

    /// <summary>A curve lies on a wider one of the background.</summary>
    public static void CheckSeam(Figure figure, Role role)
    {
        XElement[] paths = [.. XElement.Parse(figure.Svg()).Descendants().Where(e => e.Name.LocalName == "path")];
        int seam = Array.FindIndex(paths, path => Stroke(path) == Palette.Stroke(Palette.Surface));
        Assert.Equal("5", paths[seam].Attribute("stroke-width")!.Value);
        Assert.Equal(Palette.Stroke(role), Stroke(paths[seam + 1]));
        Assert.Equal("2", paths[seam + 1].Attribute("stroke-width")!.Value);
        Assert.Equal(paths[seam].Attribute("d")!.Value, paths[seam + 1].Attribute("d")!.Value);
    }

    private static string? Stroke(XElement path) => path.Attribute("class")?.Value;

    private static void CheckNames(Figure figure, XElement svg)
    {
        Assert.Equal("img", svg.Attribute("role")!.Value);
        string[] ids = [.. svg.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.StartsWith($"figure-{figure.Name}-", id, StringComparison.Ordinal));
        string Told(string attribute) =>
            svg.Elements().Single(e => e.Attribute("id")?.Value == svg.Attribute(attribute)!.Value).Value;
        Assert.Equal(figure.Title, Told("aria-labelledby"));
        Assert.Equal(figure.Description, Told("aria-describedby"));
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
