using System.Net;
using YieldLab.Notebooks.Showing;
using YieldLab.Reports.Figures;

namespace YieldLab.Notebooks;

/// <summary>A picture that shows itself, with a text in its place for those who cannot see it.</summary>
/// <remarks>It is shown as PNG. SVG would be sharper, and Jupyter shows it, but GitHub's viewer takes the styles out of it.
/// </remarks>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class ShownFigure : IShown
{
    // Pixels for each that it takes on a page: sharp on most screens.
    private const double Scale = 1.5;

    private readonly Lazy<byte[]> _png;

    /// <summary>Shows a figure.</summary>
    public ShownFigure(Figure figure)
    {
        Figure = figure;
        _png = new(() => figure.Png(Scale));
    }

    /// <summary>The figure, to be stored as SVG or PNG.</summary>
    public Figure Figure { get; }

    /// <summary>What a screen reader reads in place of the picture.</summary>
    public string AlternativeText => $"{Figure.Title}. {Figure.Description}";

    /// <summary>Width on a page in pixels; the picture has more.</summary>
    public int DisplayWidth => (int)Math.Round(BigEndian(PngWidthAt) / Scale);

    /// <summary>The numbers of the picture.</summary>
    public ShownTable Table => new(Figure.Title, Figure.Table.Header, Figure.Table.Rows);

    /// <summary>The picture as PNG.</summary>
    public byte[] Png => _png.Value;

    /// <inheritdoc/>
    public string ToHtml() =>
        $"<img width=\"{DisplayWidth}\" alt=\"{WebUtility.HtmlEncode(AlternativeText)}\" src=\"data:image/png;base64,{Convert.ToBase64String(Png)}\">";

    /// <inheritdoc/>
    public override string ToString() => $"{Figure.Description}\n\n{Table}";

    // In the header chunk, right behind the signature (PNG specification, 11.2.2).
    private const int PngWidthAt = 16;

    private int BigEndian(int place) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(Png.AsSpan(place));
}
