using System.Globalization;

namespace YieldLab.Tests.Statistics;

/// <summary>Logarithms in 28 decimal digits, slow and plain.</summary>
internal static class LongLogarithm
{
    private const decimal HalfLnTwoPi = 0.9189385332046727417803297364m;

    private static readonly decimal Ln2 = AreaTangentTwice(1m / 3);

    // Numerators and denominators B(2k)/(2k (2k - 1)) of Stirling's series.
    private static readonly decimal[] Stirling =
    [
        1m / 12,
        -1m / 360,
        1m / 1260,
        -1m / 1680,
        1m / 1188,
        -691m / 360360,
        1m / 156,
        -3617m / 122400,
    ];

    /// <summary>All digits of a double from 1e-10 to 1e10 that a decimal can hold; a cast takes 15.</summary>
    public static decimal Digits(double x) =>
        decimal.Parse(
            x.ToString("E40", CultureInfo.InvariantCulture),
            NumberStyles.Float,
            CultureInfo.InvariantCulture
        );

    /// <summary>ln x for x from 1e-20 to 1e20: a power of two, and 2 artanh of the rest.</summary>
    public static decimal Of(decimal x)
    {
        decimal sum = 0;
        for (; x > 1.5m; x /= 2)
            sum += Ln2;
        for (; x < 0.75m; x *= 2)
            sum -= Ln2;
        return sum + AreaTangentTwice((x - 1) / (x + 1));
    }

    /// <summary>ln Gamma(x) for x from 1/2 on: Stirling's series from 40 on, where the first term left out is below 1e-25,
    /// and x Gamma(x) = Gamma(x + 1) below.</summary>
    public static decimal OfGamma(decimal x)
    {
        decimal product = 0;
        for (; x < 40; x++)
            product += Of(x);
        decimal series = 0;
        decimal power = 1 / x;
        foreach (decimal coefficient in Stirling)
        {
            series += coefficient * power;
            power = power / x / x;
        }
        return (x - 0.5m) * Of(x) - x + HalfLnTwoPi + series - product;
    }

    // 2 artanh w.
    private static decimal AreaTangentTwice(decimal w)
    {
        decimal sum = 0;
        decimal power = 2 * w;
        for (int k = 1; Math.Abs(power) > 1e-28m; k += 2)
        {
            sum += power / k;
            power *= w * w;
        }
        return sum;
    }
}
