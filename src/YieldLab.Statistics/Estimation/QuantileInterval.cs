using YieldLab.Statistics.Numerics;

namespace YieldLab.Statistics.Estimation;

/// <summary>
/// A quantile and an interval of it that assumes no distribution: two order statistics of independent dies, whose number was
/// fixed beforehand (W. R. Thompson, Annals of Mathematical Statistics 7 (1936) 122; H. A. David, H. N. Nagaraja, Order
/// Statistics, 2003, section 7.1).
/// <code>
/// P(X(l) &lt;= q &lt;= X(u)) >= P(l &lt;= B &lt; u),   B = dies below q, binomial (n, p)
/// </code>
/// </summary>
/// <remarks>
/// <para>l is the largest and u the smallest rank that misses on its side with a probability of alpha/2 at most. Since ranks are
/// whole numbers the coverage is above the nominal one; what it is for a continuous metric is told. Where values are tied, as
/// those of an accuracy are, it is that or more, the ends belonging to the interval.</para>
/// <para>Where even the smallest die is above the quantile with a probability above alpha/2, nothing bounds it below: there is no
/// lower end, and likewise no upper end. <see cref="DiesFor"/> says how many dies have both.</para>
/// </remarks>
/// <param name="Probability">Of the quantile.</param>
/// <param name="Estimate">By <see cref="Quantile"/>.</param>
/// <param name="Lower">Lower end; null where no die bounds the quantile below.</param>
/// <param name="Upper">Upper end; null where no die bounds it above.</param>
/// <param name="LowerRank">Which die in ascending order the lower end is, from 1; 0 for none.</param>
/// <param name="UpperRank">Which die the upper end is; n + 1 for none.</param>
/// <param name="Coverage">The probability of holding the quantile, at least the confidence; with an end that does not exist
/// it is that of the half-open interval.</param>
public sealed record QuantileInterval(
    double Probability,
    double Estimate,
    double? Lower,
    double? Upper,
    long LowerRank,
    long UpperRank,
    double Coverage
)
{
    /// <summary>The quantile and its interval.</summary>
    /// <param name="ascending">At least one value, sorted, no NaN; values may be infinite and tied.</param>
    /// <param name="probability">Of the quantile, in (0, 1).</param>
    /// <param name="confidence">For example 0.95.</param>
    public static QuantileInterval Of(ReadOnlySpan<double> ascending, double probability, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ascending.Length);
        Guard.Share(probability, nameof(probability));
        Guard.Confidence(confidence);
        long n = ascending.Length;
        double tail = (1 - confidence) / 2;
        long lower = BinomialTail.Most(n, probability, 1 - tail);
        // Seen from above, the dies from the quantile on are counted.
        long upper = n + 1 - BinomialTail.Most(n, 1 - probability, 1 - tail);
        return new(
            probability,
            Quantile.OfSorted(ascending, probability),
            At(ascending, lower),
            At(ascending, upper),
            lower,
            upper,
            BinomialTail.AtLeast(lower, n, probability) - BinomialTail.AtLeast(upper, n, probability)
        );
    }

    /// <summary>The fewest dies of which an interval has both ends: max(p, 1 - p)^n &lt;= alpha/2.</summary>
    /// <param name="probability">Of the quantile, in (0, 1).</param>
    /// <param name="confidence">For example 0.95.</param>
    public static long DiesFor(double probability, double confidence = 0.95)
    {
        Guard.Share(probability, nameof(probability));
        Guard.Confidence(confidence);
        double larger = Math.Max(probability, 1 - probability);
        return (long)Math.Ceiling(Elementary.Log((1 - confidence) / 2) / Elementary.Log(larger));
    }

    private static double? At(ReadOnlySpan<double> ascending, long rank) =>
        rank >= 1 && rank <= ascending.Length ? ascending[(int)rank - 1] : null;
}
