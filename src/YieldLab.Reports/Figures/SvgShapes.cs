using System.Globalization;
using System.Xml.Linq;

namespace YieldLab.Reports.Figures;

/// <summary>The shapes of an SVG of the plotting library, rewritten: see <see cref="SvgPicture"/>.</summary>
internal sealed class SvgShapes
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    // What a shape has anyway.
    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["stroke-width"] = "1",
        ["stroke-miterlimit"] = "4",
    };

    private readonly string _clip;

    // Ids of the library's regions, and of ours by what they look like.
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, string> _regions = [];
    private readonly List<XElement> _clips = [];
    private readonly List<XElement> _shapes = [];

    private SvgShapes(string clip) => _clip = clip;

    /// <summary>The shapes, in the order in which they are drawn, after the regions that they are cut to.</summary>
    /// <param name="picture">Of the plotting library.</param>
    /// <param name="clip">Id of the region that data are cut to.</param>
    public static IEnumerable<XElement> Of(XElement picture, string clip)
    {
        var shapes = new SvgShapes(clip);
        foreach (XElement element in picture.Elements())
            shapes.Add(element);
        return [.. shapes._clips, .. shapes._shapes];
    }

    private void Add(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "clipPath":
                Clip(element);
                break;
            case "g":
                XElement group = Group(_names[Reference(element)]);
                foreach (XElement shape in element.Elements())
                    Append(group.Elements().LastOrDefault(), Shape(shape), group.Add);
                break;
            default:
                Append(_shapes.LastOrDefault(), Shape(element), _shapes.Add);
                break;
        }
    }

    private static void Append(XElement? last, XElement shape, Action<XElement> add)
    {
        if (last is not null && Joins(last, shape))
            last.Attribute("d")!.Value += shape.Attribute("d")!.Value;
        else
            add(shape);
    }

    // The one that is open, if it is cut to the same region.
    private XElement Group(string name)
    {
        string region = $"url(#{name})";
        if (_shapes.LastOrDefault()?.Attribute("clip-path")?.Value != region)
            _shapes.Add(new(Svg + "g", new XAttribute("clip-path", region)));
        return _shapes[^1];
    }

    // The plot has one region, which each part of it names anew.
    private void Clip(XElement clip)
    {
        string region = PathOf(clip.Elements().Single());
        if (!_regions.TryGetValue(region, out string? name))
        {
            _regions[region] = name = _regions.Count == 0 ? _clip : $"{_clip}{_regions.Count}";
            _clips.Add(
                new(
                    Svg + "clipPath",
                    new XAttribute("id", name),
                    new XElement(Svg + "path", new XAttribute("d", region))
                )
            );
        }
        _names[clip.Attribute("id")!.Value] = name;
    }

    private static string Reference(XElement group) => group.Attribute("clip-path")!.Value["url(#".Length..^1];

    private static bool Joins(XElement last, XElement shape) =>
        last.Name.LocalName == "path"
        && shape.Name.LocalName == "path"
        && last.Attributes().Count() == shape.Attributes().Count()
        && last.Attributes().All(a => a.Name == "d" || shape.Attribute(a.Name)?.Value == a.Value);

    private static XElement Shape(XElement shape) =>
        shape.Name.LocalName switch
        {
            "text" => Text(shape),
            "ellipse" => Dot(shape),
            _ => Path(shape),
        };

    private static XElement Path(XElement shape) =>
        new(
            Svg + "path",
            Look(shape),
            shape.Attribute("transform") is { } moved ? new XAttribute("transform", moved.Value) : null,
            new XAttribute("d", PathOf(shape))
        );

    // A line of no length with a round end: a tenth of the bytes of an ellipse, and many make one path.
    private static XElement Dot(XElement ellipse) =>
        ellipse.Attribute("fill")?.Value == "none"
            ? new(
                Svg + "ellipse",
                Look(ellipse),
                ellipse.Attributes().Where(a => a.Name.LocalName is "cx" or "cy" or "rx" or "ry")
            )
            : new(
                Svg + "path",
                Colour(ellipse, "fill", Palette.Stroke, "stroke"),
                ellipse.Attribute("fill-opacity") is { } opacity
                    ? new XAttribute("stroke-opacity", Opacity(opacity.Value))
                    : null,
                new XAttribute("stroke-width", SvgPicture.Round(2 * Number(ellipse, "rx"))),
                new XAttribute("stroke-linecap", "round"),
                new XAttribute("d", $"M{Place(ellipse, "cx")} {Place(ellipse, "cy")}h0")
            );

    private static XElement Text(XElement text)
    {
        string words = text.Value.Trim();
        double size = Number(text, "font-size");
        double x = First(text, "x");
        double y = First(text, "y");
        string transform = text.Attribute("transform")?.Value ?? "";
        // A shift needs no transform.
        if (transform.StartsWith("translate(", StringComparison.Ordinal))
        {
            double[] shift = [.. transform["translate(".Length..^1].Split(' ').Select(Read)];
            (x, y, transform) = (x + shift[0], y + shift[1], "");
        }
        return new(
            Svg + "text",
            Colour(text, "fill", Palette.Fill, "fill"),
            transform.Length > 0 ? new XAttribute("transform", SvgPicture.Round(transform)) : null,
            size == FigureStyle.FontSize ? null : new XAttribute("font-size", SvgPicture.Round(size)),
            new XAttribute("x", SvgPicture.Round(x)),
            new XAttribute("y", SvgPicture.Round(y)),
            new XAttribute("textLength", SvgPicture.Round(FigureFont.Width(words, size))),
            new XAttribute("lengthAdjust", "spacingAndGlyphs"),
            words
        );
    }

    private static IEnumerable<XAttribute> Look(XElement shape)
    {
        bool stroked = shape.Attribute("stroke") is not null;
        foreach (
            XAttribute attribute in Colour(shape, stroked ? "stroke" : "fill", stroked ? Palette.Stroke : Palette.Fill)
        )
            yield return attribute;
        if (stroked)
            yield return new("fill", "none");
        foreach (XAttribute attribute in shape.Attributes())
            if (attribute.Name.LocalName is "fill-opacity" or "stroke-opacity")
                yield return new(attribute.Name, Opacity(attribute.Value));
            else if (
                attribute.Name.LocalName.StartsWith("stroke-", StringComparison.Ordinal)
                && Defaults.GetValueOrDefault(attribute.Name.LocalName) != attribute.Value
            )
                yield return attribute;
    }

    // The class for a page, and the colour for a reader that knows no classes.
    private static IEnumerable<XAttribute> Colour(
        XElement shape,
        string from,
        Func<Role, string> toClass,
        string? to = null
    )
    {
        string colour = shape.Attribute(from)?.Value ?? "black";
        if (Palette.Find(colour) is { } role)
            yield return new("class", toClass(role));
        yield return new(to ?? from, colour);
    }

    private static string PathOf(XElement shape) =>
        shape.Name.LocalName == "rect"
            ? $"M{Place(shape, "x")} {Place(shape, "y")}h{Place(shape, "width")}v{Place(shape, "height")}h{SvgPicture.Round(-Number(shape, "width"))}z"
            : SvgPicture.Round(shape.Attribute("d")!.Value);

    private static string Opacity(string value) => Read(value).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Place(XElement shape, string name) => SvgPicture.Round(Number(shape, name));

    private static double Number(XElement shape, string name) =>
        shape.Attribute(name) is { } attribute ? Read(attribute.Value) : 0;

    private static double First(XElement text, string name) => Read(text.Attribute(name)!.Value.Split(',')[0]);

    private static double Read(string number) => double.Parse(number, CultureInfo.InvariantCulture);
}
