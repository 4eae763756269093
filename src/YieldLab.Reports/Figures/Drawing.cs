using ScottPlot;

namespace YieldLab.Reports.Figures;

/// <summary>How a picture is drawn.</summary>
/// <param name="Height">In pixels at a width of <see cref="Width"/>.</param>
/// <param name="Draw">Adds to a plot in the style of all figures; the same each time.</param>
internal sealed record Drawing(int Height, Action<Plot> Draw)
{
    public const int Width = 720;

    public const int UsualHeight = 380;

    // The plotting library keeps fonts in tables of the process that only one thread may use.
    private static readonly Lock Gate = new();

    /// <summary>The picture as the plotting library writes it.</summary>
    public string Svg() => Render(plot => plot.GetSvgXml(Width, Height));

    /// <param name="scale">Pixels for each pixel of the drawing.</param>
    public byte[] Png(double scale) =>
        Render(plot =>
        {
            plot.ScaleFactor = scale;
            return plot.GetImageBytes((int)Math.Round(Width * scale), (int)Math.Round(Height * scale), ImageFormat.Png);
        });

    private T Render<T>(Func<Plot, T> render)
    {
        lock (Gate)
        {
            FigureFont.Install();
            using var plot = new Plot();
            FigureStyle.Apply(plot);
            Draw(plot);
            return render(plot);
        }
    }
}
