using MathNet.Numerics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Sensitivity;

/// <summary>
/// Interval of an index: the percentiles of its bootstrap replicates (B. Efron, R. J. Tibshirani, An Introduction to the
/// Bootstrap, 1993, section 13.3), each moved outwards by what the rows that were not seen could add.
/// </summary>
/// <remarks>Percentiles alone cover too little where rare rows decide: of 64 dies of which 6 fail, no row may show what a
/// small group does, and every replicate is then 0. If single rows change the index by e/n, and the error is s, a score
/// interval has the half-width h with h^2 = z^2 (s^2 + h e/n) instead of z s; h - z s is added. e is the mean size of what a
/// row does, weighted by its square, halved: sum |r|^3/(2 sum r^2). It falls as 1/n beside the error's n^-1/2.</remarks>
/// <param name="confidence">Above 0 and below 1.</param>
/// <param name="unseen">What one row that shows the group's effect would do to the index, times n: e where no row did
/// anything, and the least e of a quantity of two values.</param>
/// <param name="twoValued">Whether the quantity has two values, such as pass and fail.</param>
internal readonly struct IndexInterval(double confidence, double unseen, bool twoValued)
{
    private readonly double _z = Normal.InvCDF(0, 1, 0.5 + confidence / 2);

    /// <param name="value">The estimate.</param>
    /// <param name="replicates">Of the bootstrap; NaN where a replicate has no index.</param>
    /// <param name="influence">What each row adds.</param>
    public SensitivityIndex Of(double value, double[] replicates, double[] influence)
    {
        double[] sorted = [.. replicates.Where(double.IsFinite).Order()];
        if (sorted.Length < replicates.Length / 10)
            return new(value, double.NaN, 0, 1);
        double margin = Margin(influence);
        return new(
            value,
            Spread(sorted),
            Math.Clamp(Quantile.OfSorted(sorted, 0.5 - confidence / 2) - margin, 0, 1),
            Math.Clamp(Quantile.OfSorted(sorted, 0.5 + confidence / 2) + margin, 0, 1)
        );
    }

    private double Margin(double[] influence)
    {
        double squares = influence.Sum(r => r * r);
        double seen = squares > 0 ? influence.Sum(r => Math.Abs(r) * r * r) / squares / 2 : 0;
        double e = twoValued || squares == 0 ? Math.Max(unseen, seen) : seen;
        double added = _z * _z * e / influence.Length;
        double error = _z * Math.Sqrt(squares) / influence.Length;
        return (added + Math.Sqrt(added * added + 4 * error * error)) / 2 - error;
    }

    private static double Spread(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }
}
