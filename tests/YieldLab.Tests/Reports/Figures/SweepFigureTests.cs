using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Figures;
using static YieldLab.Tests.Reports.Figures.FigureColumns;

namespace YieldLab.Tests.Reports.Figures;

public class SweepFigureTests
{
    private static readonly Column Capacitance = new("capacitance_f", ColumnType.Real, "F", "Capacitance of a weight");
    private static readonly Column Corner = new("corner", ColumnType.Text, "1", "Process corner");

    [Fact]
    public void Numbers_are_told_in_their_order_and_unit_and_points_without_dies_left_out()
    {
        Figure figure = SweepFigure.OfYield(Capacitance, [2e-12, 5e-13, 4e-12], [Yield(0.9), Yield(0.5), null], 0.7995);

        Assert.Equal(
            [
                ["500 fF", "50.0 %", "40.0 %", "60.0 %"],
                ["2 pF", "90.0 %", "80.0 %", "100.0 %"],
            ],
            figure.Table.Rows
        );
        Assert.Contains(
            "at or above the target of 79.95 % at 1 of 2 points, and below it at 1",
            figure.Description,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "95 % confidence for a point chosen beforehand, not for all",
            figure.Description,
            StringComparison.Ordinal
        );
        Assert.Contains("target 79.95 %", figure.Svg(), StringComparison.Ordinal);
        Assert.Contains("Left out of the picture: 1 of 3 points", figure.Description, StringComparison.Ordinal);
        FigureSvg.Check(figure);
    }

    [Fact]
    public void Texts_keep_their_order()
    {
        Figure figure = SweepFigure.OfMetric(Accuracy, Corner, ["tt", "ff"], [Quantiles(0.9), Quantiles(0.8)], []);

        Assert.Equal(
            [
                ["tt", "0.9", "0.85", "0.95"],
                ["ff", "0.8", "0.75", "0.85"],
            ],
            figure.Table.Rows
        );
        FigureSvg.Check(figure);
    }

    [Fact]
    public void Points_of_which_many_dies_never_get_there_keep_what_is_finite()
    {
        const double never = double.PositiveInfinity;
        Figure figure = SweepFigure.OfMetric(
            Accuracy,
            Capacitance,
            [1e-12, 2e-12, 3e-12],
            [Quantiles(8), new(Accuracy, 10, 8, [7, 8, 9, 10, never, never, never]), Quantiles(never)],
            []
        );

        Assert.Equal(
            [
                ["1 pF", "8", "7.95", "8.05"],
                ["2 pF", "10", "8", "never"],
                ["3 pF", "never", "never", "never"],
            ],
            figure.Table.Rows
        );
        Assert.Contains("highest with never (never to never) at 3 pF", figure.Description, StringComparison.Ordinal);
        Assert.Contains("At 2 of 3 points 5 % of the dies or more never get", figure.Description);
        Assert.Contains("at 1 half of them or more", figure.Description, StringComparison.Ordinal);
        Assert.Contains("open upwards", figure.Svg(), StringComparison.Ordinal);
        FigureSvg.Check(figure);
    }

    [Fact]
    public void Extremes_are_drawn()
    {
        FigureSvg.Check(SweepFigure.OfYield(Capacitance, [], []));
        FigureSvg.Check(SweepFigure.OfYield(Capacitance, [0.0], [Yield(0)], 1));
        FigureSvg.Check(SweepFigure.OfYield(Corner, ["tt"], [Yield(1)], 0));
        FigureSvg.Check(SweepFigure.OfYield(Capacitance, [1e-15, 1e-9, 1e-3], [Yield(0), Yield(1), Yield(0)]));
        FigureSvg.Check(SweepFigure.OfMetric(Accuracy, Corner, ["tt"], [Quantiles(double.PositiveInfinity)], []));
        FigureSvg.Check(SweepFigure.OfMetric(Accuracy, Corner, ["tt"], [new(Accuracy, 0, double.NaN, [])], []));
    }

    private static YieldEstimate Yield(double share) =>
        new("all specs", (long)(1_000 * share), 0, 1_000, new(share - 0.1, share + 0.1), "wilson", 0.95);

    private static MetricQuantiles Quantiles(double m) =>
        new(Accuracy, 10, m, [m - 0.06, m - 0.05, m - 0.01, m, m + 0.01, m + 0.05, m + 0.06]);
}
