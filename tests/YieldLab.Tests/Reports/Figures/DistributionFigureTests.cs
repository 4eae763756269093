using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Shapes;

namespace YieldLab.Tests.Reports.Figures;

public class DistributionFigureTests
{
    private static readonly Column Accuracy = new(
        "accuracy",
        ColumnType.Real,
        "1",
        "Share of right ones",
        IsMetric: true
    );

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

    [Fact]
    public void No_bar_stands_on_both_sides_of_a_limit()
    {
        Figure figure = Of([.. Enumerable.Range(0, 100).Select(i => 0.85 + 0.001 * i + 1e-5 * i * i)]);

        Assert.Contains(figure.Table.Rows, row => row[0] == "0.9");
        Assert.Equal(100, figure.Table.Rows.Sum(row => int.Parse(row[2])));
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
