using System.Globalization;
using YieldLab.Statistics.Numerics;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>Numbers from one end to another. The ends are exact; those between are decimals of few digits where the ends
/// are, so that 0.3 is 0.3 and the same everywhere.</summary>
internal static class Spacing
{
    /// <summary>Equal differences.</summary>
    /// <remarks>Computed in decimal, which is exact for the sums of decimals, and rounded to 15 significant digits of the
    /// larger end.</remarks>
    public static double[] Linear(double from, double to, int count)
    {
        int exponent = QuantityText.DecimalExponent(Math.Max(Math.Abs(from), Math.Abs(to)));
        decimal first = QuantityText.Shifted(from, -exponent);
        decimal last = QuantityText.Shifted(to, -exponent);
        return Between(
            from,
            to,
            count,
            i => QuantityText.Double(decimal.Round(first + (last - first) * i / (count - 1), 14), exponent)
        );
    }

    /// <summary>Equal ratios of positive numbers.</summary>
    /// <remarks>Rounded to 12 significant digits: the logarithm of a double of any size, in absolute value below 745, is
    /// known to 1e-13, and so is the number relative to itself.</remarks>
    public static double[] Logarithmic(double from, double to, int count)
    {
        double first = Elementary.Log(from);
        double last = Elementary.Log(to);
        return Between(from, to, count, i => TwelveDigits(Elementary.Exp(first + (last - first) * i / (count - 1))));
    }

    private static double[] Between(double from, double to, int count, Func<int, double> inner) =>
        [from, .. Enumerable.Range(1, count - 2).Select(inner), to];

    private static double TwelveDigits(double value) =>
        double.Parse(value.ToString("E11", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
