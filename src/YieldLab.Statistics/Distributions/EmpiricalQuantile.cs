using MathNet.Numerics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Distributions;

/// <summary>
/// A quantile of independent values without any law, with an interval between two order statistics (H. A. David, H. N.
/// Nagaraja, Order Statistics, 2003, section 7.1). The interval holds the quantile with at least its confidence, whatever the
/// distribution; of values with ties more often.
/// </summary>
public static class EmpiricalQuantile
{
    /// <summary>The quantile (type 7) and its interval; an end is infinite where the values do not bound it.</summary>
    /// <param name="ascending">At least one value, sorted.</param>
    /// <param name="p">Above 0 and below 1.</param>
    /// <param name="confidence">Of the interval.</param>
    public static (double Value, Interval Interval) Of(
        ReadOnlySpan<double> ascending,
        double p,
        double confidence = 0.95
    )
    {
        Guard.Confidence(confidence);
        int n = ascending.Length;
        double tail = (1 - confidence) / 2;
        // The most values below the quantile of which fewer are seen with less than the tail's probability.
        int lower = First(n, k => Binomial.CDF(p, n, k) > tail);
        int upper = First(n, k => Binomial.CDF(p, n, k) >= 1 - tail) + 1;
        return (
            Quantile.OfSorted(ascending, p),
            new(
                lower == 0 ? double.NegativeInfinity : ascending[lower - 1],
                upper > n ? double.PositiveInfinity : ascending[upper - 1]
            )
        );
    }

    // The smallest of 0 to n for which it holds, as it does from there on.
    private static int First(int n, Func<int, bool> holds)
    {
        int below = -1;
        int from = n;
        while (from - below > 1)
        {
            int middle = below + (from - below) / 2;
            if (holds(middle))
                from = middle;
            else
                below = middle;
        }
        return from;
    }
}
