using ScottPlot;

namespace YieldLab.Reports.Figures;

/// <summary>The parts that figures are made of. Numbers are of the axes.</summary>
internal static class FigureParts
{
    private const float DotSize = 4;

    // A little of what lies under it is seen, and every colour keeps its contrast of 3:1.
    public const double Faint = 0.9;

    /// <summary>A curve, with a seam of the background that parts it from a band or dots of any colour under it.</summary>
    public static void AddCurve(this Plot plot, double[] xs, double[] ys, Role role, string? name = null)
    {
        plot.Add.ScatterLine(xs, ys, Palette.Surface.Color).LineWidth = 5;
        var line = plot.Add.ScatterLine(xs, ys, role.Color);
        line.LineWidth = 2;
        line.LegendText = name ?? "";
    }

    /// <summary>Many dots, no larger than what lies under them needs.</summary>
    public static void AddDots(this Plot plot, double[] xs, double[] ys, Role role, string? name = null) =>
        plot.Add.Markers(xs, ys, MarkerShape.FilledCircle, DotSize, role.Faint(Faint)).LegendText = name ?? "";

    /// <summary>A few dots, or other shapes that tell what no colour needs to.</summary>
    public static void AddPoints(
        this Plot plot,
        double[] xs,
        double[] ys,
        Role role,
        string? name = null,
        MarkerShape shape = MarkerShape.FilledCircle
    ) =>
        plot
            .Add.Markers(xs, ys, shape, (shape == MarkerShape.FilledCircle ? 2 : 2.5f) * DotSize, role.Color)
            .LegendText = name ?? "";

    /// <summary>What lies between two curves.</summary>
    public static void AddBand(
        this Plot plot,
        double[] xs,
        double[] low,
        double[] high,
        Role role,
        string? name = null,
        double alpha = 0.2
    )
    {
        var band = plot.Add.FillY(xs, low, high);
        band.FillColor = role.Faint(alpha);
        band.LineWidth = 0;
        band.MarkerSize = 0;
        band.LegendText = name ?? "";
    }

    /// <summary>An interval: a thick line with ends.</summary>
    public static void AddInterval(this Plot plot, Coordinates from, Coordinates to, Role role)
    {
        var line = plot.Add.Line(from, to);
        line.LineWidth = 3;
        line.LineColor = role.Faint(Faint);
        line.MarkerSize = 0;
        plot.AddEnds(from, to, role);
    }

    /// <summary>An interval over a bar: a thin line with ends.</summary>
    public static void AddEnds(this Plot plot, Coordinates from, Coordinates to, Role role)
    {
        var line = plot.Add.Line(from, to);
        line.LineWidth = 1;
        line.LineColor = role.Color;
        line.MarkerSize = 0;
        double[] xs = [from.X, to.X];
        double[] ys = [from.Y, to.Y];
        plot.Add.Markers(xs, ys, from.Y == to.Y ? MarkerShape.VerticalBar : MarkerShape.HorizontalBar, 10, role.Color);
    }

    /// <summary>The bars of a histogram.</summary>
    public static void AddBars(this Plot plot, HistogramBars bars, AxisScale scale)
    {
        foreach (HistogramBar each in bars.Bars.Where(bar => bar.Count > 0))
        {
            var bar = plot.Add.Bar(scale.Factor * (each.From + each.To) / 2, bars.Height(each));
            bar.Bars[0].Size = 0.94 * scale.Factor * (each.To - each.From);
            bar.Bars[0].LineWidth = 0;
            bar.Bars[0].FillColor = Palette.First.Faint(Faint);
        }
    }

    /// <summary>A field of a map, one wide and high.</summary>
    public static void AddField(this Plot plot, double x, double y, double shade)
    {
        var field = plot.Add.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5);
        field.FillColor = Palette.First.Faint(shade);
        field.LineWidth = 0;
    }

    /// <summary>A text about its middle.</summary>
    /// <param name="covered">Whether lines go through its place: it then has a ground of its own.</param>
    public static void AddText(this Plot plot, double x, double y, string text, bool covered)
    {
        var label = plot.Add.Text(text, x, y);
        label.LabelFontName = FigureFont.Name;
        label.LabelFontSize = FigureStyle.FontSize;
        label.LabelFontColor = Palette.Text.Color;
        label.LabelAlignment = Alignment.MiddleCenter;
        label.LabelBackgroundColor = covered ? Palette.Surface.Color : Colors.Transparent;
        label.LabelPadding = covered ? 2 : 0;
        label.OffsetY = FigureStyle.TextOffset;
    }

    /// <summary>Lines of the same height over a field.</summary>
    public static void AddContours(this Plot plot, Coordinates3d[,] field, double[] levels)
    {
        if (levels.Length == 0)
            return;
        var lines = plot.Add.ContourLines(field, levels.Length);
        lines.ContourLineLevels = levels;
        lines.Update(field);
        lines.LineColor = Palette.Text.Color;
        lines.LineWidth = 2;
        lines.LabelStyle.IsVisible = false;
    }
}
