using System.Globalization;

namespace YieldLab.Studies.Settings;

/// <summary>Settings as they are stored with a run, written as a study has them.</summary>
public static class SettingText
{
    private const string Card = "process.";

    /// <summary>For example 2 um for the width of a cell, which is stored as 2E-06; what is no number or no setting stays.
    /// </summary>
    /// <param name="key">Path of the setting in the description of the run.</param>
    /// <param name="stored">Its value there: a number in its SI unit, a temperature in kelvin.</param>
    public static string Of(string key, string stored)
    {
        if (stored is "true" or "false")
            return stored == "true" ? "on" : "off";
        return
            double.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && TypeOf(key) is { IsNumber: true } type
            ? type.Text((double)type.Stored(value))
            : stored;
    }

    // The card is stored as a whole, and its values are set below process.override.
    private static SweptType? TypeOf(string key) =>
        (
            SweepKeys.Known(key)
            ?? (
                key.StartsWith(Card, StringComparison.Ordinal)
                    ? SweepKeys.Known($"{Card}override.{key[Card.Length..]}")
                    : null
            )
        )
            is { } property
            ? new(property)
            : null;
}
