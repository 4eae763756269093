using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Shapes;
using static YieldLab.Tests.Reports.Figures.FigureColumns;

namespace YieldLab.Tests.Reports.Figures;

public class DistributionFigureTests
{
    [Fact]
    public void Bars_are_hand_counted_values()
    {
        Figure figure = Of([0.7, 0.8, 0.8, 0.9, 0.9, 0.9], failed: 1, never: 2, spec: "accuracy <= 0.8");

        Assert.Equal(
            [
                ["0.65", "0.75", "1"],
                ["0.75", "0.85", "2"],
                ["0.85", "0.95", "3"],
            ],
            figure.Table.Rows
        );
        Assert.Contains("3 of 9 dies meet accuracy <= 0.8", figure.Description, StringComparison.Ordinal);
        Assert.Contains("1 die without a value", figure.Description, StringComparison.Ordinal);
        Assert.Contains("2 dies that never got there", figure.Description, StringComparison.Ordinal);
        FigureSvg.Check(figure);
    }

    // Of values that are steps, few of them and more than there are bars, and of others; with limits on and between values.
    [Theory]
    [InlineData(10, ">= 0.8", "<= 0.9")]
    [InlineData(10, "> 0.8", "< 0.9")]
    [InlineData(10, ">= 0.75", "<= 1.5")]
    [InlineData(45, ">= 0.9", "<= 0.955")]
    [InlineData(500, "> 0.8", "<= 0.91")]
    [InlineData(0, ">= 0.8", "< 0.8001")]
    [InlineData(0, "<= 0.7", "> 1")]
    public void No_bar_stands_on_both_sides_of_a_limit(int steps, params string[] limits)
    {
        Spec[] specs = [.. limits.Select(limit => Spec.TryParse($"accuracy {limit}")!)];
        double[] values =
        [
            .. Enumerable
                .Range(0, 2_000)
                .Select(i => 0.7 + 0.3 * (i * 0.618034 % 1) * (i * 0.324718 % 1))
                .Select(value => steps == 0 ? value : Math.Round(value * steps) / steps)
                .Order(),
        ];
        HistogramBars bars = HistogramBars.Of(values, [.. specs.Select(spec => spec.Edge)]);

        Assert.Equal(steps > 0, bars.Step is not null);
        Assert.Equal(values.Length, bars.Bars.Sum(bar => bar.Count));
        foreach (HistogramBar bar in bars.Bars)
        {
            double[] inside = [.. values.Where(v => v >= bar.From && (v < bar.To || bar == bars.Bars[^1]))];
            Assert.Equal(bar.Count, inside.Length);
            Assert.All(specs, spec => Assert.True(inside.Select(spec.IsMetBy).Distinct().Count() < 2, $"{spec} {bar}"));
        }
        Assert.All(
            specs,
            spec => Assert.Equal(values.Count(v => v < spec.Edge), values.Count(v => v < bars.Boundary(spec.Edge)))
        );
    }

    [Fact]
    public void Shade_of_a_limit_that_is_a_value_begins_between_bars()
    {
        HistogramBars bars = HistogramBars.Of([0.7, 0.8, 0.8, 0.9, 0.9, 0.9], 0.8);
        var mark = new Mark(0.8, ">= 0.8", FailsBelow: true) { Side = bars.Boundary(0.8) };

        Span shade = Assert.Single(Mark.Failing([mark], new(0.5, 1)));
        Assert.Equal((0.5, 0.75), (shade.From, Math.Round(shade.To, 12)));
    }

    [Fact]
    public void Bars_of_another_width_have_the_area_of_their_values()
    {
        double[] values = [.. Enumerable.Range(0, 1_000).Select(i => i / 1_000.0), 1.2];
        HistogramBars bars = HistogramBars.Of(values, 0.5, 0.77);

        Assert.False(bars.AreCounts);
        Assert.All(
            bars.Bars.Where(bar => bar.To - bar.From >= bars.Width / 2),
            bar => Assert.Equal(bar.Count * bars.Width, bars.Height(bar) * (bar.To - bar.From), 1e-9)
        );
        Assert.Contains(bars.Bars, bar => bar.To == 0.77);
        Assert.Contains("dies per 0.0", Of(values, spec: "accuracy <= 0.77").Svg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Far_dies_are_counted_beside_the_picture()
    {
        Figure figure = Of([.. Enumerable.Range(0, 2_000).Select(i => 0.9 + 1e-5 * i + 1e-10 * i * i), 50, 60]);

        Assert.Contains("0 dies below and 2 above", figure.Description, StringComparison.Ordinal);
        Assert.Equal("2", figure.Table.Rows[^1][2]);
    }

    [Theory]
    [InlineData]
    [InlineData(0.0)]
    [InlineData(0.9)]
    [InlineData(1e-12, 2e-12)]
    [InlineData(-1e12, 1e12)]
    [InlineData(0.5, 0.5, 0.5)]
    public void Extremes_are_drawn(params double[] values) => FigureSvg.Check(Of(values));

    private static Figure Of(double[] values, int failed = 0, int never = 0, string spec = "accuracy >= 0.9") =>
        DistributionFigure.Of(
            new MetricValues(Accuracy, values, values.Length + failed + never, failed, 0, never),
            [Spec.TryParse(spec)!]
        );
}
