using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Learning;
using static YieldLab.Tests.Reports.Figures.FigureColumns;

namespace YieldLab.Tests.Reports.Figures;

public class LearningFigureTests
{
    [Fact]
    public void Table_holds_hand_counted_quantiles_of_each_epoch()
    {
        // 0 to 1 in steps of 0.05: the quantiles are the values of their own probabilities.
        double[] values = [.. Enumerable.Range(0, 21).Select(i => i / 20.0), double.NaN];
        Figure figure = Of(EpochQuantiles.Of(1, values), EpochQuantiles.Of(2, [.. values.Select(v => v + 1)]));

        Assert.Equal(["1", "21", "0.05", "0.25", "0.5", "0.75", "0.95"], figure.Table.Rows[0]);
        Assert.Equal(["2", "21", "1.05", "1.25", "1.5", "1.75", "1.95"], figure.Table.Rows[1]);
        Assert.Contains("up to 1 die an epoch without", figure.Description, StringComparison.Ordinal);
        FigureSvg.Check(figure);
        FigureSvg.CheckSeam(figure, Palette.First);
    }

    [Fact]
    public void No_epoch_one_epoch_and_many_are_drawn()
    {
        FigureSvg.Check(Of());
        FigureSvg.Check(Of(EpochQuantiles.Of(1, [0.5])));
        FigureSvg.Check(Of(EpochQuantiles.Of(1, [double.NaN])));
        FigureSvg.Check(Of([.. Enumerable.Range(1, 5_000).Select(epoch => EpochQuantiles.Of(epoch, [0.1, 0.2]))]));
    }

    private static Figure Of(params EpochQuantiles[] epochs) =>
        LearningFigure.Of(Accuracy, epochs, [Spec.TryParse("accuracy >= 0.9")!]);
}
