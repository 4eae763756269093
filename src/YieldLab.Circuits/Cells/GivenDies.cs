using YieldLab.Circuits.Technology;

namespace YieldLab.Circuits.Cells;

/// <summary>
/// What is known of dies, as measured on silicon, and takes the place of draws. Entry k of a list is die k's; what has no
/// list, and a die beyond the end of one, is drawn.
/// </summary>
public sealed record GivenDies
{
    /// <summary>Nothing is known; all is drawn.</summary>
    public static readonly GivenDies None = new();

    /// <summary>Temperatures at the arrays' centres in kelvin; null where they are drawn.</summary>
    public IReadOnlyList<double>? Temperatures { get; init; }

    /// <summary>Shifts that the cells of each die share: volts, relative, relative, relative, ln.</summary>
    public IReadOnlyDictionary<GlobalShift, IReadOnlyList<double>> Shifts { get; init; } =
        new Dictionary<GlobalShift, IReadOnlyList<double>>();

    /// <summary>Lowest and highest temperature given, in kelvin; null where none is.</summary>
    public (double Low, double High)? TemperatureExtent =>
        Temperatures is { Count: > 0 } kelvin ? (kelvin.Min(), kelvin.Max()) : null;

    /// <summary>The given temperature of a die in kelvin, or null.</summary>
    public double? Temperature(long die) => Temperatures is { } kelvin && die < kelvin.Count ? kelvin[(int)die] : null;

    /// <summary>Puts the given shifts of a die in the place of those that are there.</summary>
    /// <param name="shifts">Indexed by <see cref="GlobalShift"/>.</param>
    /// <param name="die">Index of the die.</param>
    public void Replace(double[] shifts, long die)
    {
        foreach (var (shift, values) in Shifts)
            if (die < values.Count)
                shifts[(int)shift] = values[(int)die];
    }
}
