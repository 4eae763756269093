using Xunit;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Yields;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Reports.Figures;

public class YieldFigureTests
{
    [Fact]
    public void Table_holds_the_counts_and_ends_it_was_given()
    {
        Figure figure = YieldFigure.Of([Yield(93, 100, 0.9, 0.95), Yield(1, 100, 0, 0.0004)], 0.9973);

        Assert.Equal(
            ["accuracy >= 0.9", "93", "2", "100", "93.0 %", "90.0 %", "95.0 %", "99.73 %"],
            figure.Table.Rows[0]
        );
        Assert.Equal("0.04 %", figure.Table.Rows[1][6]);
        Assert.Contains("(wilson), all of it below the target", figure.Description, StringComparison.Ordinal);
        Assert.Contains("with 95 % confidence", figure.Description, StringComparison.Ordinal);
        Assert.Contains("target of 99.73 %", figure.Description, StringComparison.Ordinal);
        Assert.Contains("target 99.73 %", figure.Svg(), StringComparison.Ordinal);
        FigureSvg.Check(figure);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 1_000_000)]
    [InlineData(1_000_000, 1_000_000)]
    public void No_die_and_all_dies_pass(long passed, long total)
    {
        ProportionInterval interval = WilsonInterval.Of(passed, total);
        FigureSvg.Check(YieldFigure.Of([Yield(passed, total, interval.Lower, interval.Upper)], 1).Named("extreme"));
    }

    private static SpecYield Yield(long passed, long total, double lower, double upper)
    {
        var estimate = new YieldEstimate("accuracy >= 0.9", passed, 2, total, new(lower, upper), "wilson", 0.95);
        return new(estimate, default, default, lower);
    }
}
