using MathNet.Numerics.Distributions;

namespace YieldLab.Statistics.Comparison;

/// <summary>Quantiles of Wilcoxon's statistics where there is no shift: the smallest k up to which the statistic has at
/// least the probability of a tail. R's qsignrank and qwilcox where they are exact.</summary>
internal static class WilcoxonRanks
{
    // From here on R takes the normal distribution too.
    private const int FewestForNormal = 50;

    /// <summary>Of the sum of the ranks of positive differences.</summary>
    /// <param name="n">Differences.</param>
    /// <param name="tail">For example 0.025.</param>
    public static long SignedRank(int n, double tail)
    {
        double mean = n * (n + 1.0) / 4;
        return n < FewestForNormal
            ? Exact(SignedRankCounts(n), tail)
            : Approximate(mean, mean * (2.0 * n + 1) / 6, tail);
    }

    /// <summary>Of the number of pairs in which the second is larger.</summary>
    /// <param name="m">Values of the first sample.</param>
    /// <param name="n">Values of the second.</param>
    /// <param name="tail">For example 0.025.</param>
    public static long RankSum(int m, int n, double tail)
    {
        double mean = (double)m * n / 2;
        return m < FewestForNormal && n < FewestForNormal
            ? Exact(RankSumCounts(m, n), tail)
            : Approximate(mean, mean * (m + n + 1.0) / 6, tail);
    }

    private static long Approximate(double mean, double variance, double tail) =>
        (long)Math.Ceiling(mean - 0.5 + Normal.InvCDF(0, 1, tail) * Math.Sqrt(variance));

    private static long Exact(double[] counts, double tail)
    {
        double least = tail * counts.Sum();
        double sum = 0;
        long k = -1;
        while (sum < least)
            sum += counts[++k];
        return k;
    }

    // Of the 2^n subsets of the ranks 1 to n, how many have each sum.
    private static double[] SignedRankCounts(int n)
    {
        var counts = new double[n * (n + 1) / 2 + 1];
        counts[0] = 1;
        for (int rank = 1; rank <= n; rank++)
        for (int sum = counts.Length - 1; sum >= rank; sum--)
            counts[sum] += counts[sum - rank];
        return counts;
    }

    // Of the subsets of m of the ranks 0 to m + n - 1, how many have each sum above the least.
    private static double[] RankSumCounts(int m, int n)
    {
        int least = m * (m - 1) / 2;
        int most = least + m * n;
        var counts = new double[m + 1, most + 1];
        counts[0, 0] = 1;
        for (int rank = 0; rank < m + n; rank++)
        for (int size = Math.Min(m, rank + 1); size >= 1; size--)
        for (int sum = most; sum >= rank; sum--)
            counts[size, sum] += counts[size - 1, sum - rank];
        return [.. Enumerable.Range(least, m * n + 1).Select(sum => counts[m, sum])];
    }
}
