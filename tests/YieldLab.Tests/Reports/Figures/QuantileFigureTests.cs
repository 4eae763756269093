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

        Assert.Contains("Outside of the band: 0 of the ", figure.Description, StringComparison.Ordinal);
        Assert.Equal(["50.0 %", "2", "2"], figure.Table.Rows[4]);
        FigureSvg.Check(figure);
    }

    // 2,000 samples: each share has a standard deviation of 0.0049 and leaves 0.95 by 5.5 of them once in 3e7 cases, which
    // catches a band of 92 % or of 98 %. With mean and deviation of the sample itself more lie inside, as the picture says.
    [Fact]
    public void Band_holds_95_percent_of_each_die_of_a_known_law_and_more_of_a_fitted_one()
    {
        const int samples = 2_000;
        int[] ranks = [1, 5, 10, 19];
        NormalBand[] bands = [.. ranks.Select(rank => NormalBand.Of(rank, 20))];
        var (known, fitted) = (new int[ranks.Length], new int[ranks.Length]);
        for (int sample = 0; sample < samples; sample++)
        {
            double[] values = Sample(sample, 20);
            double mean = values.Average();
            double deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / 19);
            for (int i = 0; i < ranks.Length; i++)
            {
                double value = values[ranks[i] - 1];
                known[i] += Holds(bands[i], value) ? 1 : 0;
                fitted[i] += Holds(bands[i], (value - mean) / deviation) ? 1 : 0;
            }
        }
        Assert.All(known, inside => Assert.Equal(0.95, (double)inside / samples, 0.027));
        Assert.All(fitted, inside => Assert.InRange((double)inside / samples, 0.98, 1));
    }

    [Fact]
    public void Dies_outside_of_the_band_are_counted()
    {
        Figure figure = Of([.. Enumerable.Range(0, 99).Select(i => NormalQuantile.At((i + 0.5) / 99)), 6]);

        Assert.Contains("Outside of the band: 1 of the 100 dies", figure.Description);
        Assert.Contains("where, as here, both are of the same dies", figure.Description, StringComparison.Ordinal);
    }

    private static bool Holds(NormalBand band, double value) => value >= band.Lower && value <= band.Upper;

    private static double[] Sample(long number, int dies)
    {
        var draws = new AddressedDraws(7);
        var stream = new RandomStream("quantile-figure-test");
        return [.. Enumerable.Range(0, dies).Select(i => draws.Normal(stream, number, (uint)i)).Order()];
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
