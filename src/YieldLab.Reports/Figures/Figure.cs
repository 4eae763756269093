namespace YieldLab.Reports.Figures;

/// <summary>A picture of a result, with the same in words and as a table.</summary>
public sealed class Figure
{
    private readonly Drawing _drawing;

    internal Figure(string name, string title, string description, FigureTable table, Drawing drawing)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new ArgumentException($"'{name}': expected letters, digits, - and _ alone", nameof(name));
        (Name, Title, Description, Table, _drawing) = (name, title, description, table, drawing);
    }

    /// <summary>Fit for a file name and for an id: letters, digits, - and _. Two figures of a page need two names.</summary>
    public string Name { get; }

    public string Title { get; }

    /// <summary>Sentences that say what a reader of the picture would see.</summary>
    public string Description { get; }

    /// <summary>The numbers of the picture.</summary>
    public FigureTable Table { get; }

    /// <summary>What a page with inlined figures needs once: the colours of light, dark and print.</summary>
    public static string Css => Palette.Css;

    /// <summary>The picture as an svg element, to be inlined or stored: it fills the width it is given, up to 720 pixels, and
    /// shows the colours of <see cref="Css"/>, or without it its own for light, dark and print. Its bytes are the same each
    /// time.</summary>
    public string Svg() => SvgPicture.Of(this, _drawing);

    /// <summary>The picture in the colours of light.</summary>
    /// <param name="scale">Pixels for each of 720 of the width, above 0.</param>
    public byte[] Png(double scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        return _drawing.Png(scale);
    }

    /// <summary>The same under another name.</summary>
    public Figure Named(string name) => new(name, Title, Description, Table, _drawing);
}
