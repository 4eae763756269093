namespace YieldLab.Statistics.Comparison;

/// <summary>How much larger the second of two is than the first, with an interval. What the interval promises is told by
/// the method that made it.</summary>
/// <param name="Value">Second less first, in the unit of both.</param>
/// <param name="Lower">Lower end; NaN where there are too few for an interval.</param>
/// <param name="Upper">Upper end; NaN where there are too few for an interval.</param>
public readonly record struct Difference(double Value, double Lower, double Upper)
{
    /// <summary>Whether there is an interval.</summary>
    public bool HasInterval => !double.IsNaN(Lower);

    /// <summary>Whether a difference lies inside; the ends do.</summary>
    public bool Holds(double difference) => Lower <= difference && difference <= Upper;

    /// <summary>A difference without an interval.</summary>
    internal static Difference Alone(double value) => new(value, double.NaN, double.NaN);
}
