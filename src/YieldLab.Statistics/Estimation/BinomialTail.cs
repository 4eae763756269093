namespace YieldLab.Statistics.Estimation;

/// <summary>How probable at least so many of n independent dies are. Order statistics ask nothing else: the r-th smallest of n
/// lies below a quantile of probability p if at least r dies do.</summary>
internal static class BinomialTail
{
    /// <summary>P(at least <paramref name="count"/> of <paramref name="total"/>) = I_p(r, n - r + 1).</summary>
    /// <param name="count">1 where it is 0 or less, 0 where it is above the total.</param>
    /// <param name="total">Dies.</param>
    /// <param name="p">Probability of each, in (0, 1).</param>
    public static double AtLeast(long count, long total, double p) =>
        count <= 0 ? 1
        : count > total ? 0
        : IncompleteBeta.At(count, total - count + 1, p);

    /// <summary>The most dies that at least so many are with a probability of <paramref name="least"/> or more; 0 at the
    /// fewest.</summary>
    public static long Most(long total, double p, double least)
    {
        long some = 0;
        long tooMany = total + 1;
        while (tooMany - some > 1)
        {
            long middle = some + (tooMany - some) / 2;
            if (AtLeast(middle, total, p) >= least)
                some = middle;
            else
                tooMany = middle;
        }
        return some;
    }
}
