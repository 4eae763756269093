using MathNet.Numerics.Distributions;

namespace YieldLab.Statistics.Estimation;

/// <summary>
/// Between which values in order the quantile of a distribution lies, whatever the distribution: how many of n values lie
/// below it is binomial (H. A. David, H. N. Nagaraja, Order Statistics, 2003, section 7.1). Each end misses with a
/// probability of (1 - confidence)/2 at most. Of independent dies; with ties the closed interval covers no less often.
/// </summary>
/// <param name="Lower">Rank of the lower end, from 1 for the smallest value; null where n is too small for one.</param>
/// <param name="Upper">Rank of the upper end; null where n is too small for one.</param>
public readonly record struct QuantileRanks(int? Lower, int? Upper)
{
    /// <summary>The ranks for n values.</summary>
    /// <param name="n">At least 1.</param>
    /// <param name="p">Probability of the quantile, above 0 and below 1.</param>
    /// <param name="confidence">For example 0.95.</param>
    public static QuantileRanks Of(int n, double p, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        if (!(p > 0 && p < 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A quantile has a probability between 0 and 1.");
        Guard.Confidence(confidence);
        double tail = (1 - confidence) / 2;
        int lower = MostBelow(n, p, tail);
        // Counted from the other end, the quantile is that of 1 - p.
        int upper = n + 1 - MostBelow(n, 1 - p, tail);
        return new(lower == 0 ? null : lower, upper > n ? null : upper);
    }

    // The largest k with P(fewer than k of n below the quantile) <= tail; 0 where there is none.
    private static int MostBelow(int n, double p, double tail)
    {
        int known = 0;
        int over = n + 1;
        while (known + 1 < over)
        {
            int k = known + (over - known) / 2;
            if (Binomial.CDF(p, n, k - 1) <= tail)
                known = k;
            else
                over = k;
        }
        return known;
    }
}
