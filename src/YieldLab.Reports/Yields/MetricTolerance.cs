using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Yields;

/// <summary>On which side of a tolerance bound the share of dies lies.</summary>
public enum ToleranceSide
{
    /// <summary>At or above a value.</summary>
    Above,

    /// <summary>At or below a value.</summary>
    Below,

    /// <summary>Between two values, which belong to it.</summary>
    Between,
}

/// <summary>Values beyond which a share of <b>all</b> dies lies. A die that does not have the metric counts as lying outside:
/// below every lower bound, above every upper bound, and below both of two.</summary>
/// <param name="Column">The metric.</param>
/// <param name="Side">Where the share lies.</param>
/// <param name="Dies">Dies in all.</param>
/// <param name="Without">Dies that do not have the metric.</param>
/// <param name="Bound">What was found. A bound that is infinite says nothing: so many dies are without a value, or never get
/// there.</param>
public sealed record MetricTolerance(Column Column, ToleranceSide Side, long Dies, long Without, ToleranceBound Bound)
{
    /// <summary>Whether there is a bound that says something.</summary>
    public bool Exists =>
        Bound.Confidence is not null && IsFiniteOrAbsent(Bound.Lower) && IsFiniteOrAbsent(Bound.Upper);

    internal static IEnumerable<MetricTolerance> Of(
        PointColumns point,
        Column column,
        MetricLimits? limits,
        double share,
        YieldConfidence confidence
    )
    {
        double[] values = point.Sorted(column);
        return Sides(limits)
            .Select(side => Of(column, side, (point.Dies.Length, values), share, confidence.Confidence));
    }

    private static MetricTolerance Of(
        Column column,
        ToleranceSide side,
        (int Dies, double[] Values) of,
        double share,
        double confidence
    )
    {
        double[] without = new double[of.Dies - of.Values.Length];
        Array.Fill(without, side == ToleranceSide.Below ? double.PositiveInfinity : double.NegativeInfinity);
        double[] all = side == ToleranceSide.Below ? [.. of.Values, .. without] : [.. without, .. of.Values];
        ToleranceBound bound = side switch
        {
            ToleranceSide.Above => ToleranceBound.Above(all, share, confidence),
            ToleranceSide.Below => ToleranceBound.Below(all, share, confidence),
            _ => ToleranceBound.Between(all, share, confidence),
        };
        return new(column, side, of.Dies, without.Length, bound);
    }

    // The sides of the limits; where there is no limit every side.
    private static ToleranceSide[] Sides(MetricLimits? limits) =>
        limits switch
        {
            { Lower: not null, Upper: null } => [ToleranceSide.Above],
            { Lower: null, Upper: not null } => [ToleranceSide.Below],
            _ => [ToleranceSide.Above, ToleranceSide.Below, ToleranceSide.Between],
        };

    private static bool IsFiniteOrAbsent(double? bound) => bound is null || double.IsFinite(bound.Value);
}
