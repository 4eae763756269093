using ScottPlot;
using SkiaSharp;

namespace YieldLab.Reports.Figures;

/// <summary>DejaVu Sans, of the assembly and not of the machine: widths of texts, and so pictures, are the same everywhere.
/// </summary>
internal sealed class FigureFont : IFontResolver
{
    /// <summary>No font of the machine has this name.</summary>
    public const string Name = "YieldLab DejaVu Sans";

    private static readonly Lazy<SKTypeface> Typeface = new(Load);
    private static readonly FigureFont Resolver = new();

    private FigureFont() { }

    /// <summary>Makes the font known to the plotting library.</summary>
    public static void Install()
    {
        if (!Fonts.FontResolvers.Contains(Resolver))
            Fonts.FontResolvers.Insert(0, Resolver);
    }

    /// <summary>Width of a text.</summary>
    /// <param name="text">One line.</param>
    /// <param name="size">Of the font, in the unit of the width.</param>
    public static double Width(string text, double size)
    {
        // At the font's own resolution no rounding to pixels comes in.
        using var font = new SKFont(Typeface.Value, Typeface.Value.UnitsPerEm)
        {
            Hinting = SKFontHinting.None,
            Subpixel = true,
        };
        return font.MeasureText(text) * size / Typeface.Value.UnitsPerEm;
    }

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? Load() : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Load() : null;

    private static SKTypeface Load()
    {
        using Stream stream = typeof(FigureFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        return SKTypeface.FromStream(stream);
    }
}
