using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Statistics;

/// <summary>
/// Whether numbers at different addresses look independent and have the distribution they should. The seed is fixed, so
/// a test that passes once passes always; its false-alarm probability is that of another seed.
/// </summary>
public class DrawIndependenceTests
{
    private const int Count = 400_000;

    private static readonly AddressedDraws Draws = new(987654321);
    private static readonly RandomStream First = new("silicon/first");
    private static readonly RandomStream Second = new("silicon/second");

    // The correlation of n independent pairs is nearly normal with deviation 1/sqrt(n). At 5.5 of them a false alarm has
    // a probability of 4e-8 a case, 4e-7 over the eleven cases here. It catches correlations above 0.009.
    private static readonly double Limit = 5.5 / Math.Sqrt(Count);

    [Theory]
    [InlineData("next index")]
    [InlineData("next block")]
    [InlineData("next die")]
    [InlineData("die 2^32 further")]
    [InlineData("other stream")]
    [InlineData("next seed")]
    [InlineData("seed 2^32 further")]
    [InlineData("die and index swapped")]
    public void Uniforms_of_neighbouring_addresses_are_uncorrelated(string neighbour)
    {
        double[] here = Uniforms(address => Draws.Uniform(First, address.Die, address.Index));
        double[] there = Uniforms(address => Neighbour(neighbour, address.Die, address.Index));
        double correlation = Correlation(here, there);
        Assert.True(Math.Abs(correlation) < Limit, $"{neighbour}: correlation {correlation:g3}, limit {Limit:g3}");
    }

    // The squares of normals see a dependence that keeps the mean, such as a common scale.
    [Theory]
    [InlineData("next index")]
    [InlineData("next die")]
    [InlineData("other stream")]
    public void Squared_deviations_of_neighbouring_addresses_are_uncorrelated(string neighbour)
    {
        double[] here = Uniforms(address => Square(Draws.Uniform(First, address.Die, address.Index)));
        double[] there = Uniforms(address => Square(Neighbour(neighbour, address.Die, address.Index)));
        double correlation = Correlation(here, there);
        Assert.True(Math.Abs(correlation) < Limit, $"{neighbour}: correlation {correlation:g3}, limit {Limit:g3}");
    }

    // Kolmogorov: P(sqrt(n) D > x) is nearly 2 exp(-2 x^2), which is 1e-7 at x = 2.899, so 4e-7 over the four cases. With
    // 400 000 numbers that catches a distribution function that is off by 0.0046 anywhere. The numbers run over dies or
    // over indices.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Uniforms_follow_the_uniform_distribution(bool alongDies) =>
        AssertDistribution(k => alongDies ? Draws.Uniform(First, k, 3) : Draws.Uniform(First, 3, (uint)k), u => u);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Normals_follow_the_normal_distribution_of_MathNet(bool alongDies) =>
        AssertDistribution(
            k => alongDies ? Draws.Normal(First, k, 3) : Draws.Normal(First, 3, (uint)k),
            z => Normal.CDF(0, 1, z)
        );

    private static double Neighbour(string kind, long die, uint index) =>
        kind switch
        {
            "next index" => Draws.Uniform(First, die, index + 1),
            "next block" => Draws.Uniform(First, die, index + 2),
            "next die" => Draws.Uniform(First, die + 1, index),
            "die 2^32 further" => Draws.Uniform(First, die + (1L << 32), index),
            "other stream" => Draws.Uniform(Second, die, index),
            "next seed" => new AddressedDraws(Draws.Seed + 1).Uniform(First, die, index),
            "seed 2^32 further" => new AddressedDraws(Draws.Seed + (1UL << 32)).Uniform(First, die, index),
            // Off the diagonal: dies here are 5000 and above, indices below 1000, so no pair is a number with itself.
            _ => Draws.Uniform(First, index, (uint)die),
        };

    private static double Square(double uniform) => (uniform - 0.5) * (uniform - 0.5);

    private static double[] Uniforms(Func<(long Die, uint Index), double> draw)
    {
        double[] values = new double[Count];
        for (int k = 0; k < Count; k++)
            values[k] = draw((5000 + k / 1000, (uint)(k % 1000)));
        return values;
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            product += (a[i] - meanA) * (b[i] - meanB);
            squareA += (a[i] - meanA) * (a[i] - meanA);
            squareB += (b[i] - meanB) * (b[i] - meanB);
        }
        return product / Math.Sqrt(squareA * squareB);
    }

    private static void AssertDistribution(Func<int, double> draw, Func<double, double> cumulative)
    {
        double[] values = [.. Enumerable.Range(0, Count).Select(draw)];
        Array.Sort(values);
        double distance = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double expected = cumulative(values[i]);
            distance = Math.Max(distance, Math.Max(expected - (double)i / Count, (i + 1.0) / Count - expected));
        }
        double critical = Math.Sqrt(Math.Log(2 / 1e-7) / 2 / Count);
        Assert.True(distance < critical, $"Kolmogorov-Smirnov distance {distance:g4}, critical value {critical:g4}");
    }
}
