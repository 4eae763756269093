using MathNet.Numerics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Comparison;

/// <summary>
/// Differences of means with Student's t. Exact for normal differences (paired); for independent samples approximate, and
/// nearly exact for normal values. Many dies make up for other distributions but not for a few values far out that decide
/// the mean. Both assume independent dies (or independent means of randomisations) and finite values.
/// </summary>
public static class MeanDifference
{
    /// <summary>The mean of differences of the same dies.</summary>
    /// <param name="differences">Second less first of each die, at least one, finite.</param>
    /// <param name="confidence">For example 0.95.</param>
    /// <returns>No interval for fewer than two.</returns>
    public static Difference Paired(IReadOnlyList<double> differences, double confidence = 0.95)
    {
        Guard.Confidence(confidence);
        var (mean, error) = MeanAndError(differences);
        double freedom = differences.Count - 1;
        return Interval(mean, error, freedom, confidence);
    }

    /// <summary>The mean of the second sample less that of the first (B. L. Welch, Biometrika 34 (1947) 28): the variances
    /// may differ, and the degrees of freedom are estimated.</summary>
    /// <param name="first">At least one value, finite.</param>
    /// <param name="second">At least one value, finite.</param>
    /// <param name="confidence">For example 0.95.</param>
    /// <returns>No interval where a sample has fewer than two.</returns>
    public static Difference Independent(
        IReadOnlyList<double> first,
        IReadOnlyList<double> second,
        double confidence = 0.95
    )
    {
        Guard.Confidence(confidence);
        var (a, errorA) = MeanAndError(first);
        var (b, errorB) = MeanAndError(second);
        double va = errorA * errorA;
        double vb = errorB * errorB;
        double sum = va + vb;
        // Two constants: any degrees of freedom give the same interval of no width.
        double freedom =
            sum == 0 ? 1 : 1 / (Square(va / sum) / (first.Count - 1.0) + Square(vb / sum) / (second.Count - 1.0));
        return Interval(b - a, Math.Sqrt(sum), freedom, confidence);
    }

    private static Difference Interval(double mean, double error, double freedom, double confidence)
    {
        if (double.IsNaN(error))
            return Difference.Alone(mean);
        double half = error == 0 ? 0 : StudentT.InvCDF(0, 1, freedom, 0.5 + confidence / 2) * error;
        return new(mean, mean - half, mean + half);
    }

    // The first is taken off before sums are formed, so that equal values have no error at all.
    private static (double Mean, double Error) MeanAndError(IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        if (!values.All(double.IsFinite))
            throw new ArgumentException("A mean is of finite values.", nameof(values));
        double first = values[0];
        double offset = values.Average(value => value - first);
        double squares = values.Sum(value => Square(value - first - offset));
        int count = values.Count;
        return (first + offset, count < 2 ? double.NaN : Math.Sqrt(squares / (count * (count - 1.0))));
    }

    private static double Square(double x) => x * x;
}
