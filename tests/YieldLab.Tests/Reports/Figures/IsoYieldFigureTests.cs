using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Figures;

namespace YieldLab.Tests.Reports.Figures;

public class IsoYieldFigureTests
{
    private static readonly Column Capacitance = new("capacitance_f", ColumnType.Real, "F", "Capacitance of a weight");
    private static readonly Column Corner = new("corner", ColumnType.Text, "1", "Process corner");

    [Fact]
    public void Fields_are_told_by_their_pair_of_values()
    {
        Figure figure = IsoYieldFigure.Of(
            Capacitance,
            Corner,
            [new(2e-12, "tt", Yield(0.9)), new(1e-12, "tt", Yield(0.5)), new(1e-12, "ss", null)],
            0.8495
        );

        Assert.Equal(
            [
                ["1 pF", "tt", "50.0 %", "40.0 %", "60.0 %", "1,000"],
                ["2 pF", "tt", "90.0 %", "80.0 %", "100.0 %", "1,000"],
            ],
            figure.Table.Rows
        );
        Assert.Contains(
            "1 of 2 points reach the target of 84.95 %, 0 of them with their whole interval. Each interval has 95 % confidence",
            figure.Description,
            StringComparison.Ordinal
        );
        Assert.Contains("2 of 4 pairs have no dies", figure.Description, StringComparison.Ordinal);
        FigureSvg.Check(figure);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 2)]
    [InlineData(30, 30)]
    public void Maps_of_any_size_are_drawn(int width, int height) =>
        FigureSvg.Check(
            IsoYieldFigure.Of(
                Capacitance,
                Corner,
                [
                    .. from x in Enumerable.Range(0, width)
                    from y in Enumerable.Range(0, height)
                    select new IsoYieldPoint(x * 1e-12, $"corner {y}", Yield((double)x / width)),
                ],
                0.4
            )
        );

    private static YieldEstimate Yield(double share) =>
        new("all specs", (long)(1_000 * share), 0, 1_000, new(share - 0.1, share + 0.1), "wilson", 0.95);
}
