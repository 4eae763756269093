using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Comparison;

/// <summary>
/// The interval of a difference of two shares out of an interval of each: the distances from each share to its ends are
/// squared and added, as the variances of a difference are (R. G. Newcombe, Statistics in Medicine 17 (1998) 873, method 10,
/// with Wilson's intervals; G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008) 1693, with any, under the name MOVER).
/// </summary>
/// <remarks>
/// <code>
/// lower = d - sqrt((q - lq)^2 + (up - p)^2 - 2 r (q - lq)(up - p))
/// upper = d + sqrt((uq - q)^2 + (p - lp)^2 - 2 r (uq - q)(p - lp)),     d = q - p
/// </code>
/// with (lp, up) and (lq, uq) the intervals of p and q and r the correlation of their estimates. It covers as the intervals
/// that it is made of do; with Clopper-Pearson's, exact sums over binomials give at least the nominal coverage but where
/// one share is nearly 0 and the other nearly 1 (docs/compare.md).
/// </remarks>
public static class ShareDifference
{
    /// <summary>q less p.</summary>
    /// <param name="p">The first share.</param>
    /// <param name="first">Its interval, which holds it.</param>
    /// <param name="q">The second share.</param>
    /// <param name="second">Its interval, which holds it.</param>
    /// <param name="correlation">Of the two estimates, -1 to 1; 0 for independent samples.</param>
    public static Difference Of(
        double p,
        ProportionInterval first,
        double q,
        ProportionInterval second,
        double correlation = 0
    )
    {
        if (!first.Holds(p) || !second.Holds(q))
            throw new ArgumentException($"A share is not in its interval: {p} in {first}, {q} in {second}.");
        if (!(Math.Abs(correlation) <= 1))
            throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "A correlation is -1 to 1.");
        double d = q - p;
        double below = Distance(q - second.Lower, first.Upper - p, correlation);
        double above = Distance(second.Upper - q, p - first.Lower, correlation);
        return new(d, Math.Max(-1, d - below), Math.Min(1, d + above));
    }

    private static double Distance(double a, double b, double correlation) =>
        Math.Sqrt(Math.Max(0, a * a + b * b - 2 * correlation * a * b));
}
