using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Statistics;

public class NormalQuantileTests
{
    // AS 241 is good to about 1e-16 and its rational functions of degree 7 add a few roundings of 1.1e-16: below 2e-15
    // together; the same for MathNet, whose rational functions are of the same kind. A wrong digit in a coefficient or
    // the wrong branch shows at 1e-10 and above.
    private const double Tolerance = 4e-15;

    [Fact]
    public void Normal_quantile_matches_MathNet_on_random_probabilities()
    {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++)
            AssertMatches(random.NextDouble());
    }

    // 1e-300 to 0.5 in even steps of the logarithm: both tail branches (they meet at exp(-25)) and far beyond.
    [Fact]
    public void Normal_quantile_matches_MathNet_down_to_a_probability_of_1e_300()
    {
        for (int i = 0; i <= 100_000; i++)
            AssertMatches(Math.Max(1e-300, 0.5 * Math.Pow(10, -300.0 * i / 100_000)));
    }

    // The ends of the uniforms that are drawn, both sides of the branch points 0.075 and 0.925, the middle.
    [Theory]
    [InlineData(1.1102230246251565e-16)]
    [InlineData(0.99999999999999989)]
    [InlineData(0.07499999999999999)]
    [InlineData(0.075)]
    [InlineData(0.07500000000000001)]
    [InlineData(0.9249999999999999)]
    [InlineData(0.925)]
    [InlineData(0.9250000000000002)]
    [InlineData(0.49999999999999994)]
    [InlineData(0.5)]
    [InlineData(0.50000000000000011)]
    [InlineData(1.3887943864964021e-11)]
    [InlineData(1.3887943864964023e-11)]
    public void Normal_quantile_matches_MathNet_at_the_ends_and_the_branch_points(double p) => AssertMatches(p);

    // The tabulated 97.5 % point to 17 digits, and 0.5 to nothing at all.
    [Fact]
    public void Normal_quantile_gives_tabulated_values()
    {
        Assert.Equal(1.9599639845400545, NormalQuantile.At(0.975), 1.9599639845400545 * Tolerance);
        Assert.Equal(0, NormalQuantile.At(0.5));
    }

    // 1 - p is exact for the drawn uniforms (odd multiples of 2^-53), and then both sides run through the same numbers.
    [Fact]
    public void Normal_quantile_is_odd_about_one_half_to_the_last_bit()
    {
        var random = new Random(2);
        for (int i = 0; i < 100_000; i++)
        {
            double p = Math.ScaleB(2 * random.NextInt64(1L << 52) + 1, -53);
            Assert.True(NormalQuantile.At(1 - p) == -NormalQuantile.At(p), $"p = {p:R}");
        }
    }

    // Neighbours of the grid of drawn uniforms, where the quantile rises least: its middle, both branch points, the upper
    // tail; and 2^-52 further in the lower one, to 1.4e-11, where root = 5.
    [Theory]
    [InlineData(1.3887943864964021e-11)]
    [InlineData(0.001)]
    [InlineData(0.075)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.75)]
    [InlineData(0.925)]
    [InlineData(0.999)]
    public void Normal_quantile_does_not_fall_between_neighbouring_draws(double centre)
    {
        const int Steps = 20_000;
        double middle = (Math.Floor(Math.ScaleB(centre, 52)) + 0.5) * Math.ScaleB(1, -52);
        double previous = double.NegativeInfinity;
        for (int i = -Steps; i <= Steps; i++)
        {
            double p = middle + Math.ScaleB(i, -52);
            if (p <= 0)
                continue;
            double value = NormalQuantile.At(p);
            if (value < previous)
                Assert.Fail($"p = {p:R}: {value:R} after {previous:R}");
            previous = value;
        }
    }

    // In the far tail a factor of 1 + 1e-10 moves z by 1e-10/z, at least 2.7e-12: far more than rounding does.
    [Fact]
    public void Normal_quantile_rises_strictly_in_the_far_tail()
    {
        double[] p = [.. Enumerable.Range(0, 6000).Select(i => Math.Pow(10, -300 + i * 0.05)).Where(p => p < 0.9)];
        foreach (double probability in p)
            Assert.True(
                NormalQuantile.At(probability * (1 + 1e-10)) > NormalQuantile.At(probability),
                $"p = {probability:R}"
            );
    }

    private static void AssertMatches(double p)
    {
        double expected = Normal.InvCDF(0, 1, p);
        double actual = NormalQuantile.At(p);
        if (!(Math.Abs(actual - expected) <= Tolerance * Math.Abs(expected)))
            Assert.Fail($"p = {p:R}: {actual:R} where MathNet gives {expected:R}");
    }
}
