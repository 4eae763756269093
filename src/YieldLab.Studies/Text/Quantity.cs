using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace YieldLab.Studies.Text;

/// <summary>
/// Reads quantities as people write them: "500 fF", "85 C", "5 mV*um", "10n", "2meg", "30 %". A suffix that is a unit of
/// the expected dimension is that unit; otherwise it is a SPICE scale factor.
/// </summary>
public static partial class Quantity
{
    private static readonly Dictionary<string, double> Prefixes = new()
    {
        ["a"] = 1e-18,
        ["f"] = 1e-15,
        ["p"] = 1e-12,
        ["n"] = 1e-9,
        ["u"] = 1e-6,
        ["µ"] = 1e-6,
        ["μ"] = 1e-6,
        ["m"] = 1e-3,
        ["k"] = 1e3,
        ["meg"] = 1e6,
        ["G"] = 1e9,
    };

    private static readonly string[] Bases = ["eV", "A", "V", "F", "s", "m", "K"];

    // Units of time that are no power of ten of a second.
    private static readonly Dictionary<string, int> Seconds = new() { ["min"] = 60, ["h"] = 3600 };

    private static readonly string[] Celsius = ["C", "°C", "degC"];

    /// <summary>The value in the expected unit.</summary>
    /// <param name="text">For example "500 fF".</param>
    /// <param name="unit">Expected unit: of <see cref="Circuits.Technology.ParameterAttribute.Unit"/>.</param>
    /// <param name="value">The value.</param>
    /// <param name="problem">What is wrong, without the expectation; null when nothing is.</param>
    public static bool TryParse(string text, string unit, out double value, out string? problem)
    {
        value = 0;
        Match match = Form().Match(text);
        if (!match.Success)
        {
            problem = $"'{text}' is not a number";
            return false;
        }
        string suffix = match.Groups[3].Value.Trim();
        if (suffix.Length == 0 && unit != "1")
        {
            problem = $"'{text}' has no unit";
            return false;
        }
        if (unit == "K" && Celsius.Contains(suffix))
        {
            value = Shifted(match, 0) + Circuits.Technology.PhysicalConstants.ZeroCelsius;
            problem = null;
            return true;
        }
        if (unit == "s" && Seconds.TryGetValue(suffix, out int seconds))
        {
            value = Multiple(match, seconds);
            problem = null;
            return true;
        }
        if (Scale(suffix, unit == Difference ? "K" : unit) is not { } scale)
        {
            problem =
                suffix == "M"
                    ? $"'{text}' is ambiguous: write m for milli or meg for mega"
                    : $"'{text}' has the wrong unit";
            return false;
        }
        // All scales are powers of ten: moving the decimal point gives the double nearest to what was written.
        value = Shifted(match, (int)Math.Round(Math.Log10(scale)));
        problem = null;
        return true;
    }

    /// <summary>Unit of a temperature difference, which cannot be given in degrees Celsius.</summary>
    public const string Difference = "K (difference)";

    private static double Shifted(Match number, int places)
    {
        int exponent = number.Groups[2].Success ? int.Parse(number.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
        return double.Parse($"{number.Groups[1].Value}e{exponent + places}", CultureInfo.InvariantCulture);
    }

    // The double nearest to a multiple of the number that is written: its digits are multiplied exactly.
    private static double Multiple(Match number, int factor)
    {
        string digits = number.Groups[1].Value;
        int point = digits.IndexOf('.');
        int decimals = point < 0 ? 0 : digits.Length - point - 1;
        BigInteger product = factor * BigInteger.Parse(digits.Replace(".", ""), CultureInfo.InvariantCulture);
        string exponent = number.Groups[2].Success ? number.Groups[2].Value : "0";
        int places = int.Parse(exponent, CultureInfo.InvariantCulture) - decimals;
        return double.Parse($"{product}e{places}", CultureInfo.InvariantCulture);
    }

    private static double? Scale(string suffix, string unit)
    {
        if (suffix.Length == 0)
            return 1;
        if (
            Product(suffix) is { } given
            && Product(unit == "1" ? "" : unit) is { } expected
            && SameDimension(given, expected)
        )
            return given.Scale / expected.Scale;
        bool simple = unit == "1" || Bases.Contains(unit);
        string spice = suffix.Equals("meg", StringComparison.OrdinalIgnoreCase) ? "meg" : suffix;
        return simple && Prefixes.TryGetValue(spice, out double scale) ? scale : null;
    }

    private static (double Scale, Dictionary<string, int> Powers)? Product(string text)
    {
        double scale = 1;
        var powers = new Dictionary<string, int>();
        foreach (Match factor in Factor().Matches(text))
        {
            int power = factor.Groups[3].Success ? int.Parse(factor.Groups[3].Value, CultureInfo.InvariantCulture) : 1;
            if (factor.Groups[1].Value == "/")
                power = -power;
            if (Unit(factor.Groups[2].Value) is not { } unit)
                return null;
            scale *= Math.Pow(unit.Scale, power);
            if (unit.Base.Length > 0)
                powers[unit.Base] = powers.GetValueOrDefault(unit.Base) + power;
        }
        return Factor().Replace(text, "").Trim().Length == 0 ? (scale, powers) : null;
    }

    private static (double Scale, string Base)? Unit(string text)
    {
        if (text == "%")
            return (0.01, "");
        foreach (string name in Bases)
        {
            if (!text.EndsWith(name, StringComparison.Ordinal))
                continue;
            string prefix = text[..^name.Length];
            if (prefix.Length == 0)
                return (1, name);
            if (Prefixes.TryGetValue(prefix, out double scale))
                return (scale, name);
        }
        return null;
    }

    private static bool SameDimension(
        (double Scale, Dictionary<string, int> Powers) a,
        (double Scale, Dictionary<string, int> Powers) b
    ) => a.Powers.Where(p => p.Value != 0).ToHashSet().SetEquals(b.Powers.Where(p => p.Value != 0));

    [GeneratedRegex(@"^\s*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:[eE]([+-]?[0-9]{1,4}))?\s*(.*)$")]
    private static partial Regex Form();

    [GeneratedRegex(@"\s*([*·/]?)\s*([A-Za-zµμ%]+)(?:\^([0-9]))?\s*")]
    private static partial Regex Factor();
}
