namespace YieldLab.Statistics.Estimation;

/// <summary>An interval of a proportion, such as a yield. What it promises is told by the method that made it.</summary>
/// <param name="Lower">Lower end, in [0, 1].</param>
/// <param name="Upper">Upper end, in [0, 1].</param>
public readonly record struct ProportionInterval(double Lower, double Upper)
{
    /// <summary>Upper end less lower end.</summary>
    public double Width => Upper - Lower;

    /// <summary>Whether a proportion lies inside; the ends do.</summary>
    public bool Holds(double p) => Lower <= p && p <= Upper;
}
