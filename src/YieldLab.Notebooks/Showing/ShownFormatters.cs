namespace YieldLab.Notebooks.Showing;

/// <summary>The formatters of everything that this library shows.</summary>
internal sealed class ShownFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
        [
            new ShownFormatter("text/html", shown => shown.ToHtml()),
            new ShownFormatter("text/plain", shown => shown.ToString()),
            new ShownFormatter(
                "image/png",
                shown => shown is ShownFigure figure ? Convert.ToBase64String(figure.Png) : null
            ),
        ];
}

/// <summary>Shows something as one MIME type.</summary>
/// <param name="mimeType">The type.</param>
/// <param name="text">Makes the text; null where it is not for this.</param>
internal sealed class ShownFormatter(string mimeType, Func<IShown, string?> text)
{
    public string MimeType { get; } = mimeType;

    /// <summary>Whether it was written.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not IShown shown || text(shown) is not { } written)
            return false;
        writer.Write(written);
        return true;
    }
}
