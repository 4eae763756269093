using System.Globalization;

namespace YieldLab.Studies.Text;

/// <summary>Writes quantities so that <see cref="Quantity"/> reads the very same double.</summary>
public static class QuantityText
{
    private static readonly Dictionary<int, string> Prefixes = new()
    {
        [-18] = "a",
        [-15] = "f",
        [-12] = "p",
        [-9] = "n",
        [-6] = "u",
        [-3] = "m",
        [0] = "",
        [3] = "k",
    };

    private static readonly string[] Prefixed = ["eV", "A", "V", "F", "s", "m", "K"];

    /// <summary>A quantity with a prefix where its unit takes one: 1.5 pF, 25 C, 0.1.</summary>
    /// <param name="value">In <paramref name="unit"/>.</param>
    /// <param name="unit">As declared; C for a temperature in degrees Celsius.</param>
    public static string Of(double value, string unit)
    {
        if (unit == "1")
            return Plain(value);
        int exponent = 3 * (int)Math.Floor(DecimalExponent(value) / 3.0);
        if (!Prefixed.Contains(unit) || !Prefixes.TryGetValue(exponent, out string? prefix))
            return $"{Plain(value)} {unit}";
        // 17 digits at most, three of them before the point.
        return $"{Shifted(value, -exponent).ToString("0.####################", Invariant)} {prefix}{unit}";
    }

    /// <summary>The power of ten of a number's first digit, rounded to 15 digits; 0 for 0.</summary>
    public static int DecimalExponent(double value) =>
        int.Parse(value.ToString("E14", Invariant).Split('E')[1], Invariant);

    /// <summary>The shortest decimal that is read as a number, its point moved to the right.</summary>
    public static decimal Shifted(double value, int places)
    {
        string[] parts = Plain(value).Split('E');
        int exponent = parts.Length > 1 ? int.Parse(parts[1], Invariant) : 0;
        return decimal.Parse($"{parts[0]}E{exponent + places}", NumberStyles.Float, Invariant);
    }

    /// <summary>The double nearest to a decimal whose point is moved to the right.</summary>
    public static double Double(decimal value, int places) =>
        double.Parse($"{value.ToString(Invariant)}E{places}", Invariant);

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static string Plain(double value) => value.ToString("R", Invariant);
}
