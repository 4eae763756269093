using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace YieldLab.Reports.Figures;

/// <summary>
/// Makes of the plotting library's SVG one that pages can use: colours become classes, so that a page's style chooses them;
/// neighbours that look the same become one path; title and description are there for those who hear the picture; texts stay
/// texts and keep their width with any font.
/// </summary>
internal static partial class SvgPicture
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Of(Figure figure, Drawing drawing)
    {
        string id = $"figure-{figure.Name}";
        XElement[] shapes = [.. SvgShapes.Of(XElement.Parse(drawing.Svg()), $"{id}-clip")];
        var root = new XElement(
            Svg + "svg",
            new XAttribute("class", "yieldlab-figure"),
            new XAttribute("viewBox", $"0 0 {Drawing.Width} {drawing.Height}"),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{id}-title"),
            new XAttribute("aria-describedby", $"{id}-desc"),
            new XAttribute("font-family", "'DejaVu Sans',Verdana,sans-serif"),
            new XAttribute("font-size", FigureStyle.FontSize),
            new XElement(Svg + "title", new XAttribute("id", $"{id}-title"), figure.Title),
            new XElement(Svg + "desc", new XAttribute("id", $"{id}-desc"), figure.Description),
            new XElement(Svg + "style", Palette.Rules(Used(shapes))),
            shapes
        );
        return root.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>A number with one digit after the point.</summary>
    public static string Round(double value)
    {
        string text = value.ToString("0.#", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    /// <summary>The numbers of a path or a transform, rounded.</summary>
    public static string Round(string numbers) =>
        Number().Replace(numbers, match => Round(double.Parse(match.Value, CultureInfo.InvariantCulture)));

    private static IEnumerable<Role> Used(IEnumerable<XElement> shapes)
    {
        HashSet<string> classes =
        [
            .. shapes
                .SelectMany(shape => shape.DescendantsAndSelf().Attributes("class"))
                .SelectMany(attribute => attribute.Value.Split(' ')),
        ];
        return Palette.All.Where(role =>
            classes.Contains(Palette.Fill(role)) || classes.Contains(Palette.Stroke(role))
        );
    }

    [GeneratedRegex(@"-?\d*\.?\d+(?:[eE][-+]?\d+)?")]
    private static partial Regex Number();
}
