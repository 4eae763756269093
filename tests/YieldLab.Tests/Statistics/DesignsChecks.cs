using MathNet.Numerics.Distributions;
using Xunit;

namespace YieldLab.Tests.Statistics;

/// <summary>Tests of distribution at false-alarm probabilities of 1e-7, for the points of designs.</summary>
internal static class DesignsChecks
{
    public const double FalseAlarm = 1e-7;

    // Kolmogorov: P(sqrt(n) D > x) is nearly 2 exp(-2 x^2).
    public static void AssertUniform(double[] values)
    {
        double[] sorted = [.. values.Order()];
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
            distance = Math.Max(
                distance,
                Math.Max(sorted[i] - (double)i / sorted.Length, (i + 1.0) / sorted.Length - sorted[i])
            );
        double critical = Math.Sqrt(Math.Log(2 / FalseAlarm) / 2 / sorted.Length);
        Assert.True(distance < critical, $"Kolmogorov-Smirnov distance {distance:g4}, critical value {critical:g4}");
    }

    /// <summary>Pearson's statistic of equally probable cells.</summary>
    public static void AssertEven(int[] counts)
    {
        double expected = (double)counts.Sum() / counts.Length;
        double statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(
            statistic,
            ChiSquared.InvCDF(counts.Length - 1, FalseAlarm / 2),
            ChiSquared.InvCDF(counts.Length - 1, 1 - FalseAlarm / 2)
        );
    }

    // The correlation of n independent pairs is nearly normal with deviation 1/sqrt(n); 5.4 of it are exceeded with a
    // probability of 7e-8.
    public static void AssertUncorrelated(double[] a, double[] b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        double product = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        double squares = a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB));
        Assert.InRange(product / Math.Sqrt(squares), -5.4 / Math.Sqrt(a.Length), 5.4 / Math.Sqrt(a.Length));
    }

    public static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
