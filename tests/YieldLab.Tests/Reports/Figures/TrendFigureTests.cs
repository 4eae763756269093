using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;
using static YieldLab.Tests.Reports.Figures.FigureColumns;

namespace YieldLab.Tests.Reports.Figures;

public class TrendFigureTests
{
    private static readonly Column Temperature = new("temperature_c", ColumnType.Real, "C", "Temperature");

    [Fact]
    public void Bins_hold_hand_counted_quantiles_of_finite_values()
    {
        // Two temperatures, nine dies each: 0.1 to 0.9, and 1.1 to 1.9; two dies have no value.
        double[] places = [.. Enumerable.Repeat(80.0, 9), .. Enumerable.Repeat(20.0, 9), 20, double.NaN];
        double[] values =
        [
            .. Enumerable.Range(1, 9).Select(i => 1 + i / 10.0),
            .. Enumerable.Range(1, 9).Select(i => i / 10.0),
            double.PositiveInfinity,
            0.5,
        ];
        Figure figure = Of(values, places);

        Assert.Equal(["20", "20", "9", "0.14", "0.5", "0.86"], figure.Table.Rows[0]);
        Assert.Equal(["80", "80", "9", "1.14", "1.5", "1.86"], figure.Table.Rows[1]);
        Assert.Contains("Left out of the picture: 2 dies", figure.Description, StringComparison.Ordinal);
        FigureSvg.Check(figure);
        FigureSvg.CheckSeam(figure, Palette.Second);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    public void Few_dies_have_dots_alone(int dies)
    {
        Figure figure = Of([.. Enumerable.Range(0, dies).Select(i => (double)i)], [.. new double[dies]]);

        Assert.Empty(figure.Table.Rows);
        FigureSvg.Check(figure);
    }

    [Fact]
    public void Many_dies_are_all_in_the_bins_and_make_a_small_picture()
    {
        double[] places = [.. Enumerable.Range(0, 100_003).Select(i => i * 0.618 % 1)];
        Figure figure = Of(places, places);

        Assert.Equal(
            100_003,
            figure.Table.Rows.Sum(row => int.Parse(row[2].Replace(",", "", StringComparison.Ordinal)))
        );
        FigureSvg.Check(figure);
    }

    private static Figure Of(double[] values, double[] places) =>
        TrendFigure.Of(Accuracy, values, Temperature, places, [Spec.TryParse("accuracy >= 0.9")!]);
}
