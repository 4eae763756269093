using MathNet.Numerics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Distributions;

/// <summary>
/// Mean, standard deviation, skewness and excess kurtosis of independent values of one distribution, each with a standard
/// error that assumes no normality.
/// </summary>
/// <remarks>
/// <para>Sums are of deviations from a first mean (two passes), so that an offset many times the spread costs no digits.
/// Variance has the divisor n - 1; skewness and excess kurtosis are G1 and G2 of D. N. Joanes, C. A. Gill (The Statistician
/// 47 (1998) 183), which are unbiased for normal values and biased towards 0 for heavy tails.</para>
/// <para>Errors of the standard deviation, skewness and kurtosis are by the delete-one jackknife. That of the kurtosis
/// needs eight finite moments and is too small for heavy tails and few dies. The interval of the mean is Student's, which
/// needs a mean that is nearly normal: some tens of values for a skewed metric. That of the standard deviation is of D. G.
/// Bonett (Computational Statistics and Data Analysis 50 (2006) 775), made for distributions that are not normal.</para>
/// </remarks>
/// <param name="Count">Number of values.</param>
/// <param name="Mean">Mean with its error.</param>
/// <param name="MeanInterval">Interval of the mean.</param>
/// <param name="Deviation">Standard deviation with its error, in the unit of the values.</param>
/// <param name="DeviationInterval">Interval of the standard deviation; null below five values.</param>
/// <param name="Skewness">0 for a symmetric distribution; null below four values or where all are the same.</param>
/// <param name="ExcessKurtosis">0 for the normal distribution; null below five values or where all are the same.</param>
public sealed record Moments(
    int Count,
    Estimate Mean,
    Interval MeanInterval,
    Estimate Deviation,
    Interval? DeviationInterval,
    Estimate? Skewness,
    Estimate? ExcessKurtosis
)
{
    /// <summary>Fewest values: one has no spread.</summary>
    public const int Fewest = 2;

    /// <summary>The moments of some values.</summary>
    /// <param name="values">At least <see cref="Fewest"/>, all finite, in any order.</param>
    /// <param name="confidence">Of the intervals, for example 0.95.</param>
    public static Moments Of(ReadOnlySpan<double> values, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, Fewest, nameof(values));
        Guard.Confidence(confidence);
        double mean = CentredMean(values);
        var sums = PowerSums.Of(values, mean);
        double error = sums.Deviation / Math.Sqrt(values.Length);
        double half = error * StudentT.InvCDF(0, 1, values.Length - 1, 0.5 + confidence / 2);
        bool spread = sums.Second > 0;
        return new(
            values.Length,
            new(mean, error),
            new(mean - half, mean + half),
            values.Length == 2 ? new(sums.Deviation, double.NaN) : Jackknife(values, mean, sums, s => s.Deviation),
            values.Length >= 5 && spread ? Bonett(values, sums, confidence) : null,
            spread && values.Length > 3 ? Jackknife(values, mean, sums, s => s.Skewness) : null,
            spread && values.Length > 4 ? Jackknife(values, mean, sums, s => s.ExcessKurtosis) : null
        );
    }

    // The second pass takes back what rounding did to the first.
    internal static double CentredMean(ReadOnlySpan<double> values)
    {
        double first = 0;
        for (int i = 0; i < values.Length; i++)
            first += (values[i] - first) / (i + 1);
        double rest = 0;
        foreach (double value in values)
            rest += value - first;
        return first + rest / values.Length;
    }

    private static Estimate Jackknife(
        ReadOnlySpan<double> values,
        double mean,
        PowerSums all,
        Func<PowerSums, double> statistic
    )
    {
        double n = values.Length;
        double centre = statistic(all);
        double sum = 0;
        double squares = 0;
        foreach (double value in values)
        {
            double difference = statistic(all.Without(value - mean)) - centre;
            sum += difference;
            squares += difference * difference;
        }
        // Not a number where the others of a value are all the same.
        return new(centre, Math.Sqrt(Math.Max(0, squares - sum * sum / n) * (n - 1) / n));
    }

    private static Interval Bonett(ReadOnlySpan<double> values, PowerSums sums, double confidence)
    {
        double n = values.Length;
        double z = Normal.InvCDF(0, 1, 0.5 + confidence / 2);
        double trimmed = TrimmedMean(values, 1 / (2 * Math.Sqrt(n - 4)));
        double fourth = 0;
        foreach (double value in values)
        {
            double square = (value - trimmed) * (value - trimmed);
            fourth += square * square;
        }
        double kurtosis = n * fourth / (sums.Second * sums.Second);
        double c = n / (n - z);
        double error = c * Math.Sqrt(Math.Max(0, (kurtosis - (n - 3) / n) / (n - 1)));
        double centre = Math.Sqrt(Math.Max(c, 1)) * sums.Deviation;
        return new(centre * Functions.Exp(-z * error / 2), centre * Functions.Exp(z * error / 2));
    }

    private static double TrimmedMean(ReadOnlySpan<double> values, double share)
    {
        double[] ascending = values.ToArray();
        Array.Sort(ascending);
        int cut = Math.Min((int)Math.Floor(share * ascending.Length), (ascending.Length - 1) / 2);
        ReadOnlySpan<double> kept = ascending.AsSpan(cut, ascending.Length - 2 * cut);
        return CentredMean(kept);
    }
}
