using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Comparison;

/// <summary>
/// Shifts without a distribution (J. L. Hodges, E. L. Lehmann, Annals of Mathematical Statistics 34 (1963) 598): the median of
/// all means of two differences, or of all differences between two samples, with the interval that Wilcoxon's test leaves
/// (M. Hollander, D. A. Wolfe, E. Chicken, Nonparametric Statistical Methods, 2014, chapters 3 and 4). A few values far out
/// move it little.
/// </summary>
/// <remarks>
/// <para>Paired: assumes independent differences, symmetric about the shift. Where they are skew, the shift is neither their
/// mean nor their median, and the interval may miss it (docs/compare.md has how often). Independent: assumes that the two
/// distributions differ by a shift alone.</para>
/// <para>Ties and zeros are kept: a die that does not differ is evidence that there is no difference. The interval is closed
/// and then covers at least as often as without ties. (R's wilcox.test drops zeros first, and so gives other numbers where
/// there are some.) Quantiles of the test are exact below 50 values, normal with continuity correction from there on, as in
/// R.</para>
/// </remarks>
public static class HodgesLehmann
{
    /// <summary>The shift of differences of the same dies: the median of the n(n + 1)/2 means of two, each also with
    /// itself.</summary>
    /// <param name="differences">Second less first of each die, at least one, finite.</param>
    /// <param name="confidence">For example 0.95.</param>
    /// <returns>No interval where so few cannot give the confidence: fewer than 6 for 95 %.</returns>
    public static Difference Paired(IReadOnlyList<double> differences, double confidence = 0.95)
    {
        Guard.Confidence(confidence);
        double[] sorted = Sorted(differences);
        long n = sorted.Length;
        return Of(
            new(sorted[0], sorted[^1], n * (n + 1) / 2, x => PairMeans(sorted, x)),
            WilcoxonRanks.SignedRank(sorted.Length, (1 - confidence) / 2)
        );
    }

    /// <summary>The shift of the second sample against the first: the median of all differences.</summary>
    /// <param name="first">At least one value, finite.</param>
    /// <param name="second">At least one value, finite.</param>
    /// <param name="confidence">For example 0.95.</param>
    /// <returns>No interval where so few cannot give the confidence: fewer than 4 and 4 for 95 %.</returns>
    public static Difference Independent(
        IReadOnlyList<double> first,
        IReadOnlyList<double> second,
        double confidence = 0.95
    )
    {
        Guard.Confidence(confidence);
        double[] a = Sorted(first);
        double[] b = Sorted(second);
        return Of(
            new(b[0] - a[^1], b[^1] - a[0], (long)a.Length * b.Length, x => Differences(a, b, x)),
            WilcoxonRanks.RankSum(a.Length, b.Length, (1 - confidence) / 2)
        );
    }

    private static Difference Of(CountedNumbers numbers, long rank)
    {
        double middle = numbers.Median();
        return rank < 1
            ? Difference.Alone(middle)
            : new(middle, numbers.Smallest(rank), numbers.Smallest(numbers.Count + 1 - rank));
    }

    private static double[] Sorted(IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        if (!values.All(double.IsFinite))
            throw new ArgumentException("A shift is of finite values.", nameof(values));
        return [.. values.Order()];
    }

    // Means of two that are not above x: while the lower one rises, the highest that may go with it falls.
    private static long PairMeans(double[] sorted, double x)
    {
        long count = 0;
        int high = sorted.Length - 1;
        for (int low = 0; low <= high; low++)
        {
            while (high >= low && (sorted[low] + sorted[high]) / 2 > x)
                high--;
            count += high - low + 1;
        }
        return count;
    }

    // Differences b - a that are not above x: while a rises, so does the highest b that may go with it.
    private static long Differences(double[] a, double[] b, double x)
    {
        long count = 0;
        int high = 0;
        foreach (double low in a)
        {
            while (high < b.Length && b[high] - low <= x)
                high++;
            count += high;
        }
        return count;
    }
}
