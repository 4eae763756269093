using System.Globalization;

namespace YieldLab.Notebooks;

/// <summary>Numbers as text, the same whatever the language of the machine.</summary>
internal static class Told
{
    private const int LongestCell = 24;

    /// <summary>A share with one decimal.</summary>
    public static string Percent(double share) => Invariant($"{100 * share:0.0} %");

    /// <summary>A share with as many digits as it has.</summary>
    public static string Share(double share) => Invariant($"{Math.Round(100 * share, 10):0.######} %");

    /// <summary>Two ends of an interval of a share.</summary>
    public static string Percents(double lower, double upper) => $"{Percent(lower)} to {Percent(upper)}";

    /// <summary>A difference of two shares.</summary>
    public static string Points(double difference) => Invariant($"{100 * difference:+0.0;-0.0;0.0} %");

    /// <summary>A number with four digits.</summary>
    public static string Number(double? value) =>
        value is not { } number || double.IsNaN(number) ? "-"
        : double.IsPositiveInfinity(number) ? "never"
        : Invariant($"{number:g4}");

    /// <summary>The beginning of a text that is too long for a table.</summary>
    public static string Short(string text) => text.Length <= LongestCell ? text : $"{text[..(LongestCell - 3)]}...";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
