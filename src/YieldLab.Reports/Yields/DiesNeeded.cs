using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Yields;

/// <summary>How many dies, their number fixed beforehand, a yield needs to be known to a half width.</summary>
/// <param name="Yield">The yield now.</param>
/// <param name="Worse">The yield in its interval that is nearest to one half and needs most dies.</param>
/// <param name="AtYield">By each method, dies in all if the yield is what it seems; null where no number of dies is enough.
/// </param>
/// <param name="AtWorse">By each method, dies in all if the yield is the worse one.</param>
public sealed record DiesNeeded(
    YieldEstimate Yield,
    double Worse,
    IReadOnlyDictionary<ProportionMethod, long?> AtYield,
    IReadOnlyDictionary<ProportionMethod, long?> AtWorse
)
{
    /// <summary>Half of the width of the interval now.</summary>
    public double HalfWidth => Yield.Interval.Width / 2;

    /// <summary>Dies to add to those that there are.</summary>
    public long? More(long? needed) => needed is { } dies ? Math.Max(0, dies - Yield.Total) : null;

    internal static DiesNeeded Of(YieldEstimate yield, double halfWidth, double confidence)
    {
        double unknown = (double)yield.Unknown / yield.Total;
        // Dies without a result keep their share; only what is known moves.
        double worse = Math.Min(Math.Clamp(0.5, yield.Interval.Lower, yield.Interval.Upper), 1 - unknown);
        Dictionary<ProportionMethod, long?> At(double passes) =>
            ProportionMethods.All.ToDictionary(
                method => method,
                method => DiesForWidth.Of(method, passes, halfWidth, confidence, unknown)
            );
        return new(yield, worse, At(yield.Value), At(worse));
    }
}
