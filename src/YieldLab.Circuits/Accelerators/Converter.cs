using YieldLab.Statistics.Numerics;

namespace YieldLab.Circuits.Accelerators;

/// <summary>A converter of B bits: its 2^B codes stand at equal distances from the lower to the upper end of full scale,
/// both ends included; a value is rounded to the nearest and clipped at the ends.</summary>
/// <param name="Bits">B, at least 1; null for an ideal converter.</param>
public readonly record struct Converter(int? Bits)
{
    /// <summary>A signed signal: full scale is -1 to 1.</summary>
    public double Signed(double value) => Bits is { } bits ? 2 * Code((value + 1) / 2, bits) - 1 : value;

    /// <summary>A probability: full scale is 0 to 1.</summary>
    public double Unsigned(double value) => Bits is { } bits ? Code(value, bits) : value;

    // A value in [0, 1].
    private static double Code(double value, int bits)
    {
        double steps = Math.Round(Elementary.Pow(2, bits)) - 1;
        return Math.Round(Math.Clamp(value, 0, 1) * steps) / steps;
    }
}
