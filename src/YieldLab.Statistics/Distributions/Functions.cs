using YieldLab.Statistics.Numerics;

namespace YieldLab.Statistics.Distributions;

/// <summary>Elementary and special functions over the whole range that distributions ask for.</summary>
internal static class Functions
{
    /// <summary>Half of ln(2 pi).</summary>
    public const double HalfLogTwoPi = 0.91893853320467274178;

    private const double Tiny = 2.2250738585072014e-308;

    /// <summary>Natural logarithm; minus infinity at 0, NaN below.</summary>
    public static double Log(double x) =>
        x >= Tiny ? Elementary.Log(x)
        : x > 0 ? Elementary.Log(x * (1L << 54)) - 54 * Elementary.Log(2)
        : x == 0 ? double.NegativeInfinity
        : double.NaN;

    /// <summary>e to the power x; 0 where that is below the smallest normal number.</summary>
    public static double Exp(double x) =>
        x < -708 ? 0
        : x > 708 ? double.PositiveInfinity
        : Elementary.Exp(x);

    /// <summary>ln(1 + x) for x above -1, exact for small ones.</summary>
    public static double Log1p(double x) =>
        x >= 0 ? Elementary.Log1p(x)
        : x > -1 ? -Elementary.Log1p(-x / (1 + x))
        : x == -1 ? double.NegativeInfinity
        : double.NaN;

    /// <summary>e to the power x, less 1, exact for small ones.</summary>
    public static double Expm1(double x)
    {
        if (x > 708)
            return double.PositiveInfinity;
        // (e^x - 1) = 2 sinh(x/2) e^(x/2), and the series below it where cancellation would begin.
        if (x is > -0.5 and < 0.5)
            return SmallExpm1(x);
        return Exp(x) - 1;
    }

    // Taylor to x^16: leaves 0.5^17/17!, below 1e-19.
    private static double SmallExpm1(double x)
    {
        double sum = 0;
        for (int k = 16; k >= 1; k--)
            sum = (1 + sum) * x / k;
        return sum;
    }

    /// <summary>x to the power p for x from 0 on.</summary>
    public static double Pow(double x, double p) =>
        x > 0 ? Exp(p * Log(x))
        : p > 0 ? 0
        : double.PositiveInfinity;

    /// <summary>Second derivative of ln Gamma for x above 0: recurrence to 12, then the asymptotic series to x^-15
    /// (Abramowitz and Stegun 6.4.6 and 6.4.12); relative error below 1e-14.</summary>
    public static double Trigamma(double x)
    {
        double sum = 0;
        for (; x < 12; x++)
            sum += 1 / (x * x);
        double r = 1 / (x * x);
        double series =
            1.0 / 6
            + r * (-1.0 / 30 + r * (1.0 / 42 + r * (-1.0 / 30 + r * (5.0 / 66 + r * (-691.0 / 2730 + r * 7.0 / 6)))));
        return sum + 1 / x + r / 2 + r / x * series;
    }
}
