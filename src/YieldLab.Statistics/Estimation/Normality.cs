using YieldLab.Statistics.Numerics;

namespace YieldLab.Statistics.Estimation;

/// <summary>What values say against their being normal.</summary>
public enum NormalityVerdict
{
    /// <summary>Fewer than <see cref="Normality.Fewest"/> values.</summary>
    TooFew,

    /// <summary>Fewer than half of the values differ from all others: a count or a share of few examples, never normal.</summary>
    Discrete,

    /// <summary>The test refuses the normal distribution.</summary>
    NotNormal,

    /// <summary>The test does not refuse it, which does not say that they are normal.</summary>
    NotRefused,
}

/// <summary>
/// The omnibus test of normality by skewness and kurtosis (R. B. D'Agostino, E. S. Pearson, Biometrika 60 (1973) 613; the
/// transformations of skewness by D'Agostino, Biometrika 57 (1970) 679, and of kurtosis by F. J. Anscombe, W. J. Glynn, Biometrika
/// 70 (1983) 227): K^2 = z1^2 + z2^2, about chi-square with 2 degrees of freedom.
/// </summary>
/// <remarks>It sees tails and asymmetry, which decide a capability, and no other deviation: two humps of normal kurtosis pass.
/// With 10,000 dies it refuses deviations that change nothing; skewness and kurtosis say how large they are.</remarks>
/// <param name="Count">Values.</param>
/// <param name="Distinct">Values that differ.</param>
/// <param name="Skewness">Third standardised moment, 0 for a normal metric.</param>
/// <param name="ExcessKurtosis">Fourth standardised moment less 3, 0 for a normal metric.</param>
/// <param name="PValue">Of K^2; null with too few values, or values all the same.</param>
public sealed record Normality(long Count, long Distinct, double Skewness, double ExcessKurtosis, double? PValue)
{
    /// <summary>Fewest values of the test.</summary>
    public const int Fewest = 20;

    /// <summary>Below this probability the test refuses.</summary>
    public const double Level = 0.01;

    /// <summary>What the values say.</summary>
    public NormalityVerdict Verdict =>
        2 * Distinct < Count ? NormalityVerdict.Discrete
        : PValue is not { } p ? NormalityVerdict.TooFew
        : p < Level ? NormalityVerdict.NotNormal
        : NormalityVerdict.NotRefused;

    /// <summary>The test of some values.</summary>
    /// <param name="values">At least one, all finite.</param>
    public static Normality Of(IReadOnlyCollection<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        double first = values.First();
        double mean = first + values.Average(value => value - first);
        double Moment(Func<double, double> power) => values.Average(value => power(value - mean));
        double variance = Moment(x => x * x);
        long distinct = values.Distinct().LongCount();
        if (distinct == 1)
            return new(values.Count, 1, double.NaN, double.NaN, null);
        double skewness = Moment(x => x * x * x) / (variance * Math.Sqrt(variance));
        double kurtosis = Moment(x => x * x * x * x) / (variance * variance);
        return new(values.Count, distinct, skewness, kurtosis - 3, PValueOf(values.Count, skewness, kurtosis));
    }

    private static double? PValueOf(double n, double skewness, double kurtosis)
    {
        if (n < Fewest)
            return null;
        double z1 = OfSkewness(n, skewness);
        double z2 = OfKurtosis(n, kurtosis);
        return Elementary.Exp(-(z1 * z1 + z2 * z2) / 2);
    }

    private static double OfSkewness(double n, double skewness)
    {
        double y = Math.Abs(skewness) * Math.Sqrt((n + 1) * (n + 3) / (6 * (n - 2)));
        double beta = 3 * (n * n + 27 * n - 70) * (n + 1) * (n + 3) / ((n - 2) * (n + 5) * (n + 7) * (n + 9));
        double w = Math.Sqrt(2 * (beta - 1)) - 1;
        double x = y * Math.Sqrt((w - 1) / 2);
        return Elementary.Log(x + Math.Sqrt(x * x + 1)) / Math.Sqrt(Elementary.Log(w) / 2);
    }

    private static double OfKurtosis(double n, double kurtosis)
    {
        double expected = 3 * (n - 1) / (n + 1);
        double variance = 24 * n * (n - 2) * (n - 3) / ((n + 1) * (n + 1) * (n + 3) * (n + 5));
        double x = (kurtosis - expected) / Math.Sqrt(variance);
        double beta =
            6 * (n * n - 5 * n + 2) / ((n + 7) * (n + 9)) * Math.Sqrt(6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3)));
        double a = 6 + 8 / beta * (2 / beta + Math.Sqrt(1 + 4 / (beta * beta)));
        double divisor = 1 + x * Math.Sqrt(2 / (a - 4));
        double root = Elementary.Pow((1 - 2 / a) / Math.Abs(divisor), 1.0 / 3);
        return (1 - 2 / (9 * a) - (divisor < 0 ? -root : root)) / Math.Sqrt(2 / (9 * a));
    }
}
