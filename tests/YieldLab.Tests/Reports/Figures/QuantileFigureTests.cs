using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Shapes;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Reports.Figures;

public class QuantileFigureTests
{
    private static readonly Column Offset = new("offset", ColumnType.Real, "V", "Offset", IsMetric: true);

    [Fact]
    public void Band_of_the_smallest_of_two_is_that_of_its_law()
    {
        // P(X(1) <= q) = 1 - (1 - Phi(q))^2: 1 - sqrt(0.975) and 1 - sqrt(0.025) of the law are the ends.
        NormalBand band = NormalBand.Of(1, 2);

        Assert.Equal(NormalQuantile.At(1 - Math.Sqrt(0.975)), band.Lower, 1e-9);
        Assert.Equal(NormalQuantile.At(1 - Math.Sqrt(0.025)), band.Upper, 1e-9);
        Assert.Equal(NormalQuantile.At(0.25), band.Expected, 1e-12);
    }

    [Fact]
    public void Quantiles_of_the_law_itself_lie_in_the_band_and_on_the_table()
    {
        Figure figure = Of([
            .. Enumerable.Range(0, 10_000).Select(i => 2 + 3e-3 * NormalQuantile.At((i + 0.5) / 10_000)),
        ]);

        Assert.Contains("100.0 % lie within the band", figure.Description, StringComparison.Ordinal);
        Assert.Equal(["50.0 %", "2", "2"], figure.Table.Rows[4]);
        FigureSvg.Check(figure);
    }

    [Theory]
    [InlineData]
    [InlineData(1.0)]
    [InlineData(1.0, 1.0, 1.0)]
    [InlineData(-1e9, 1e9)]
    public void Extremes_are_drawn(params double[] values) => FigureSvg.Check(Of(values));

    private static Figure Of(double[] values) =>
        QuantileFigure.Of(new MetricValues(Offset, values, values.Length, 0, 0, 0));
}
