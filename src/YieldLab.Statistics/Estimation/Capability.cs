using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace YieldLab.Statistics.Estimation;

/// <summary>An index of capability and its interval.</summary>
/// <param name="Value">Of the dies.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
public readonly record struct CapabilityIndex(double Value, double Lower, double Upper);

/// <summary>
/// How far a metric's mean lies inside its limits, in units of three standard deviations (V. E. Kane, Journal of Quality
/// Technology 18 (1986) 41). With the mean m and the standard deviation s of n dies and limits L and U,
/// <code>
/// CPL = (m - L)/(3 s)    CPU = (U - m)/(3 s)    Cpk = the smaller    Cp = (U - L)/(6 s)
/// </code>
/// </summary>
/// <remarks>
/// <para>All intervals assume independent dies, their number fixed beforehand, and a <b>normal</b> metric. Cp^2 is chi-square over
/// (n - 1) and its interval exact. 3 sqrt(n) CPL is noncentral t with n - 1 degrees of freedom and the noncentrality 3 sqrt(n)
/// times the true one, so that of one limit is exact too (D. B. Owen, Technometrics 10 (1968) 445). Cpk of two limits has no
/// such law: here its lower end is that of the nearer limit alone and its upper end takes alpha/4 in place of alpha/2, since either limit may by
/// chance be the nearer one. That interval keeps its confidence at every n and mean (Cpk is at most either index, and the ends
/// rise with it), and holds more often than it says. The common approximation of A. F. Bissell (Applied Statistics 39 (1990)
/// 331) is symmetric and keeps neither end (docs/yield.md).</para>
/// <para>Of a metric that is not normal, Cpk says nothing on the yield, and its interval misses: ask <see cref="Normality"/>, and
/// compare <see cref="NormalYield"/> with the dies counted.</para>
/// </remarks>
/// <param name="Dies">Values.</param>
/// <param name="Mean">In the metric's unit.</param>
/// <param name="StandardDeviation">In the metric's unit, with n - 1.</param>
/// <param name="Cp">Null with one limit.</param>
/// <param name="OfLower">CPL; null without a lower limit.</param>
/// <param name="OfUpper">CPU; null without an upper limit.</param>
/// <param name="Cpk">The smaller of them.</param>
/// <param name="NormalYield">Share of dies within the limits if the metric were normal with this mean and standard
/// deviation.</param>
public sealed record Capability(
    long Dies,
    double Mean,
    double StandardDeviation,
    CapabilityIndex? Cp,
    CapabilityIndex? OfLower,
    CapabilityIndex? OfUpper,
    CapabilityIndex Cpk,
    double NormalYield
)
{
    /// <summary>Fewest values.</summary>
    public const int Fewest = 3;

    /// <summary>The indices of some values.</summary>
    /// <param name="values">At least <see cref="Fewest"/>, finite, not all the same.</param>
    /// <param name="lower">Lower limit in the metric's unit, or null.</param>
    /// <param name="upper">Upper limit above the lower one, or null; at least one of them.</param>
    /// <param name="confidence">For example 0.95.</param>
    public static Capability Of(
        IReadOnlyCollection<double> values,
        double? lower,
        double? upper,
        double confidence = 0.95
    )
    {
        Refuse(values, lower, upper);
        Guard.Confidence(confidence);
        double first = values.First();
        double mean = first + values.Average(value => value - first);
        double s = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        double tail = (1 - confidence) / 2;
        var below = lower is { } l ? Index((mean - l) / (3 * s), values.Count, (tail, tail)) : (CapabilityIndex?)null;
        var above = upper is { } u ? Index((u - mean) / (3 * s), values.Count, (tail, tail)) : (CapabilityIndex?)null;
        double nearer = Math.Min(below?.Value ?? double.MaxValue, above?.Value ?? double.MaxValue);
        return new(
            values.Count,
            mean,
            s,
            lower is { } from && upper is { } to ? OfWidth((to - from) / (6 * s), values.Count, tail) : null,
            below,
            above,
            below is null || above is null ? below ?? above!.Value : Index(nearer, values.Count, (tail, tail / 2)),
            1 - Beyond(below) - Beyond(above)
        );
    }

    // The index whose noncentral t is so large with a probability of the tail.
    private static CapabilityIndex Index(double value, int n, (double Lower, double Upper) tails)
    {
        double scale = 3 * Math.Sqrt(n);
        double End(double probability) => NoncentralT.Delta(scale * value, n - 1, probability) / scale;
        return new(value, End(1 - tails.Lower), End(tails.Upper));
    }

    private static CapabilityIndex OfWidth(double value, int n, double tail)
    {
        double End(double probability) => value * Math.Sqrt(ChiSquared.InvCDF(n - 1, probability) / (n - 1));
        return new(value, End(tail), End(1 - tail));
    }

    private static double Beyond(CapabilityIndex? index) =>
        index is { } found ? 0.5 * SpecialFunctions.Erfc(3 * found.Value * 0.70710678118654752) : 0;

    private static void Refuse(IReadOnlyCollection<double> values, double? lower, double? upper)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Count, Fewest, nameof(values));
        if (!values.All(double.IsFinite))
            throw new ArgumentException("A value is not finite.", nameof(values));
        if (values.Max() == values.Min())
            throw new ArgumentException("All values are the same.", nameof(values));
        if (lower is null && upper is null)
            throw new ArgumentException("A capability needs a limit.", nameof(lower));
        if (lower >= upper)
            throw new ArgumentException("The upper limit is above the lower one.", nameof(upper));
    }
}
