namespace YieldLab.Statistics.Estimation;

/// <summary>Sample quantiles by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996; the
/// default of NumPy, R and DuckDB's quantile_cont). Point estimates without an error.</summary>
public static class Quantile
{
    /// <summary>The quantile at probability p of values in ascending order.</summary>
    /// <param name="ascending">At least one value, sorted, no NaN; the last ones may be infinite.</param>
    /// <param name="p">0 to 1.</param>
    public static double OfSorted(ReadOnlySpan<double> ascending, double p)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ascending.Length);
        double h = (ascending.Length - 1) * Math.Clamp(p, 0, 1);
        int i = (int)Math.Floor(h);
        // Between equal numbers there is nothing to interpolate, and infinity less infinity is no number.
        return i + 1 == ascending.Length || h == i || ascending[i] == ascending[i + 1]
            ? ascending[i]
            : ascending[i] + (h - i) * (ascending[i + 1] - ascending[i]);
    }
}
