using System.Globalization;

namespace YieldLab.Reports.Figures;

/// <summary>Numbers as pictures and their tables write them.</summary>
public static class FigureText
{
    private static readonly Dictionary<int, string> Prefixes = new()
    {
        [-18] = "a",
        [-15] = "f",
        [-12] = "p",
        [-9] = "n",
        [-6] = "µ",
        [-3] = "m",
        [3] = "k",
        [6] = "M",
    };

    private static readonly string[] Prefixed = ["A", "V", "F", "s", "m", "W", "J", "Hz", "eV", "Ohm"];

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    /// <summary>Four digits; "never" for infinity, "-" for no number.</summary>
    public static string Number(double value) =>
        double.IsNaN(value) ? "-"
        : double.IsPositiveInfinity(value) ? "never"
        : double.IsNegativeInfinity(value) ? "-infinite"
        : Plain(value, 4);

    /// <summary>As <see cref="Number"/>, with the digits that tell it from its neighbours, four at least.</summary>
    /// <param name="apart">How far these are, above 0.</param>
    public static string Finely(double value, double apart)
    {
        double digits = Math.Ceiling(Math.Log10(Math.Abs(value) / apart)) + 2;
        return digits is > 4 and < 100 ? Plain(value, (int)Math.Min(digits, 15)) : Number(value);
    }

    /// <summary>A number with its unit and prefix.</summary>
    /// <param name="unit">As a column has it.</param>
    public static string Quantity(double value, string unit) => Quantity(value, unit, Number);

    /// <summary>A number with its unit and prefix as somebody set it: with the digits that it has, twelve at most.</summary>
    /// <param name="unit">As a column has it.</param>
    public static string Setting(double value, string unit) => Quantity(value, unit, number => Plain(number, 12));

    private static string Quantity(double value, string unit, Func<double, string> number)
    {
        if (!double.IsFinite(value))
            return Number(value);
        var (power, prefix) = Prefix(unit, Math.Abs(value));
        string written = prefix + Unit(unit);
        return written.Length == 0 ? number(value) : $"{number(value / Math.Pow(10, power))} {written}";
    }

    /// <summary>A unit as it is read; empty for plain numbers.</summary>
    public static string Unit(string unit) =>
        unit switch
        {
            "1" => "",
            "C" => "°C",
            _ => unit,
        };

    /// <summary>Name of a column with its unit, for the head of a table.</summary>
    public static string Head(string name, string unit) => Unit(unit).Length == 0 ? name : $"{name} ({Unit(unit)})";

    /// <summary>The power of ten of a unit's prefix for values of a size.</summary>
    public static (int Power, string Prefix) Prefix(string unit, double size)
    {
        if (!Prefixed.Contains(unit) || !(size > 0) || !double.IsFinite(size))
            return (0, "");
        // A size that is rounded up to 1000 takes the next prefix.
        int power = 3 * (int)Math.Floor((Math.Log10(size) + 1e-9) / 3);
        return Prefixes.TryGetValue(power, out string? prefix) ? (power, prefix) : (0, "");
    }

    /// <summary>A share in per cent: with one digit after the point, or as many as tell it from 0 and from all.</summary>
    public static string Percent(double share)
    {
        if (double.IsNaN(share))
            return "-";
        string text = "";
        for (int digits = 1; digits <= 9; digits++)
        {
            text = (100 * share).ToString($"F{digits}", Invariant);
            double read = double.Parse(text, Invariant);
            if (read is > 0 and < 100 || share is <= 0 or >= 1)
                break;
        }
        return text == "-0.0" ? "0.0 %" : $"{text} %";
    }

    /// <summary>A share as somebody chose it, such as a confidence.</summary>
    public static string Exact(double share) => $"{(100 * share).ToString("0.######", Invariant)} %";

    /// <summary>An interval of a share, the sign once; "-" where there is none.</summary>
    public static string Interval(double lower, double upper) =>
        double.IsNaN(lower) || double.IsNaN(upper) ? "-" : $"{Percent(lower)[..^2]} to {Percent(upper)}";

    /// <summary>A number of standard deviations.</summary>
    public static string Sigma(double value) => value.ToString("0.00", Invariant);

    public static string Count(long count) => count.ToString("n0", Invariant);

    public static string Dies(long count) => Times(count, "die");

    /// <summary>A number of things.</summary>
    public static string Times(long count, string what) => count == 1 ? $"1 {what}" : $"{Count(count)} {what}s";

    /// <summary>A number of an axis.</summary>
    public static string Tick(double value)
    {
        string text = Plain(value, 9);
        return text == "-0" ? "0" : text;
    }

    /// <summary>Several as a sentence names them.</summary>
    public static string List(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}";

    /// <summary>A text that may be too long for its place.</summary>
    public static string Short(string text, int most) => text.Length <= most ? text : $"{text[..(most - 1)]}…";

    private static string Plain(double value, int digits)
    {
        double rounded = double.Parse(value.ToString($"G{digits}", Invariant), Invariant);
        return Math.Abs(rounded) is 0 or (>= 1e-4 and < 1e9)
            ? rounded.ToString("#,0.############", Invariant)
            : rounded.ToString("0.###########e0", Invariant);
    }
}
