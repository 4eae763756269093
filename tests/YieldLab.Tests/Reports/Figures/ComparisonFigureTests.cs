using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;

namespace YieldLab.Tests.Reports.Figures;

public class ComparisonFigureTests
{
    private static readonly Column Epochs = new("epochs", ColumnType.Real, "1", "Epochs needed", IsMetric: true)
    {
        NullIsNever = true,
    };

    [Fact]
    public void Distance_and_shares_are_hand_counted()
    {
        // At 2 three of four dies of A are there, and one of four of B.
        Figure figure = Of([1, 2, 2, 4], [2, 3, double.PositiveInfinity, 5, double.NaN]);

        Assert.Contains("by 50.0 % of the dies, at 2.", figure.Description, StringComparison.Ordinal);
        Assert.Contains("B: 4 dies, median epochs 4", figure.Description, StringComparison.Ordinal);
        Assert.Contains("75.0 % of them meet epochs <= 3.", figure.Description, StringComparison.Ordinal);
        Assert.Contains("1 die of B never get there", figure.Description, StringComparison.Ordinal);
        Assert.Contains("Left out: 1 die of B without", figure.Description, StringComparison.Ordinal);
        Assert.Equal(["50.0 %", "2", "4"], figure.Table.Rows[2]);
        FigureSvg.Check(figure);
    }

    [Fact]
    public void Extremes_are_drawn()
    {
        FigureSvg.Check(Of([], []));
        FigureSvg.Check(Of([1], []));
        FigureSvg.Check(Of([1, 1], [1, 1]));
        FigureSvg.Check(Of([double.PositiveInfinity], [double.NaN]));
        FigureSvg.Check(Of([.. Enumerable.Range(0, 100_000).Select(i => i * 0.1)], [1]));
    }

    private static Figure Of(double[] a, double[] b) =>
        ComparisonFigure.Of(Epochs, "A", a, "B", b, [Spec.TryParse("epochs <= 3")!]);
}
