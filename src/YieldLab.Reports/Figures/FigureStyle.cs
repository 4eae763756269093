using ScottPlot;
using ScottPlot.TickGenerators;

namespace YieldLab.Reports.Figures;

/// <summary>How all figures look, and the parts that they share.</summary>
internal static class FigureStyle
{
    public const float FontSize = 14;

    /// <summary>What the library writes about a middle is so much too high.</summary>
    public const float TextOffset = 2.5f;

    // Of the shade over the failing side of a limit.
    private const double ShadeAlpha = 0.1;

    public static void Apply(Plot plot)
    {
        plot.Font.Set(FigureFont.Name, FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);
        plot.FigureBackground.Color = Palette.Surface.Color;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.Color(Palette.Axis.Color);
        plot.Grid.MajorLineColor = Palette.Grid.Color;
        plot.Axes.Frame(false);
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.TickLabelStyle.FontSize = axis.Label.FontSize = FontSize;
            axis.TickLabelStyle.ForeColor = axis.Label.ForeColor = Palette.Text.Color;
            axis.Label.Bold = false;
            axis.MinorTickStyle.Length = axis.MinorTickStyle.Width = 0;
        }
        plot.Axes.Bottom.FrameLineStyle.Width = plot.Axes.Left.FrameLineStyle.Width = 1;
        plot.Axes.Bottom.FrameLineStyle.IsVisible = plot.Axes.Left.FrameLineStyle.IsVisible = true;
        plot.Axes.Left.TickLabelStyle.OffsetY = plot.Axes.Right.TickLabelStyle.OffsetY = TextOffset;
        plot.Axes.Top.Labels([]);
        plot.Axes.Right.Labels([]);
        plot.HideLegend();
    }

    /// <summary>The horizontal axis: its range and what it shows.</summary>
    public static void XAxis(this Plot plot, Span range, string label, bool whole = false)
    {
        plot.Axes.SetLimitsX(range.From, range.To);
        plot.Axes.SetLimitsX(range.From, range.To, plot.Axes.Top);
        plot.Axes.Bottom.TickGenerator = Ticks(whole);
        plot.Axes.Bottom.Label.Text = label;
    }

    /// <summary>The vertical axis: its range and what it shows.</summary>
    public static void YAxis(this Plot plot, Span range, string label, bool whole = false)
    {
        plot.Axes.SetLimitsY(range.From, range.To);
        plot.Axes.SetLimitsY(range.From, range.To, plot.Axes.Right);
        plot.Axes.Left.TickGenerator = Ticks(whole);
        plot.Axes.Left.Label.Text = label;
    }

    /// <summary>Texts beside an axis instead of numbers.</summary>
    public static void Labels(this IAxis axis, IEnumerable<(double Place, string Text)> labels)
    {
        var ticks = labels.ToArray();
        axis.SetTicks([.. ticks.Select(tick => tick.Place)], [.. ticks.Select(tick => tick.Text)]);
        axis.MajorTickStyle.Length = 0;
    }

    /// <summary>What the colours mean, below the picture.</summary>
    public static void ShowKey(this Plot plot)
    {
        var panel = plot.ShowLegend(Edge.Bottom);
        panel.Padding = new(0);
        Legend legend = panel.Legend;
        legend.TightHorizontalWrapping = true;
        legend.Margin = new(0);
        legend.Padding = new(0, 0, 2, 4);
        legend.FontName = FigureFont.Name;
        legend.FontSize = FontSize;
        legend.FontColor = Palette.Text.Color;
        legend.Orientation = Orientation.Horizontal;
        legend.OutlineWidth = 0;
        legend.BackgroundColor = legend.ShadowColor = Colors.Transparent;
    }

    /// <summary>What colours mean that no part of the picture is named for.</summary>
    public static void ShowKey(this Plot plot, IEnumerable<(string Name, Color Color)> items)
    {
        plot.ShowKey();
        foreach (var (name, color) in items)
            plot.Legend.ManualItems.Add(new() { LabelText = name, FillColor = color });
    }

    /// <summary>Lines at values of the horizontal axis, named above the plot, so that no name covers data.</summary>
    public static void MarkX(this Plot plot, Span range, IReadOnlyList<Mark> marks)
    {
        foreach (Mark mark in marks.Where(mark => range.Holds(mark.Value)))
            plot.Add.VerticalLine(mark.Value, 1.5f, Palette.Fail.Color, LinePattern.Solid);
        foreach (Span side in Mark.Failing(marks, range))
            plot.Add.HorizontalSpan(side.From, side.To, Shade).LineStyle.Width = 0;
        plot.Axes.Top.Labels(Mark.Texts(marks, range, Apart));
    }

    /// <summary>Lines at values of the vertical axis, named right of the plot.</summary>
    public static void MarkY(this Plot plot, Span range, IReadOnlyList<Mark> marks)
    {
        foreach (Mark mark in marks.Where(mark => range.Holds(mark.Value)))
            plot.Add.HorizontalLine(mark.Value, 1.5f, Palette.Fail.Color, LinePattern.Solid);
        foreach (Span side in Mark.Failing(marks, range))
            plot.Add.VerticalSpan(side.From, side.To, Shade).LineStyle.Width = 0;
        plot.Axes.Right.Labels(Mark.Texts(marks, range, NextLine));
    }

    // Names nearer than this part of the axis would run into each other.
    private const double Apart = 0.25;
    private const double NextLine = 0.06;

    private static Color Shade => Palette.Fail.Faint(ShadeAlpha);

    private static NumericAutomatic Ticks(bool whole) =>
        new()
        {
            IntegerTicksOnly = whole,
            LabelFormatter = FigureText.Tick,
            TickDensity = 0.7,
            MinorTickGenerator = new EvenlySpacedMinorTickGenerator(1),
        };
}
