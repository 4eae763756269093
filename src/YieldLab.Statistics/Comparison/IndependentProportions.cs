using MathNet.Numerics;
using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Statistics.Comparison;

/// <summary>The passes of two independent samples of independent dies, each with one pass probability.</summary>
/// <param name="FirstPassed">Passes of the first.</param>
/// <param name="FirstTotal">Dies of the first, at least 1.</param>
/// <param name="SecondPassed">Passes of the second.</param>
/// <param name="SecondTotal">Dies of the second, at least 1.</param>
public sealed record IndependentProportions(long FirstPassed, long FirstTotal, long SecondPassed, long SecondTotal)
{
    // What R's fisher.test takes for equal probabilities.
    private const double Equal = 1 + 1e-7;

    /// <summary>The second share less the first, as a <see cref="ShareDifference"/> with Clopper-Pearson's intervals.
    /// </summary>
    /// <param name="confidence">For example 0.95.</param>
    public Difference Difference(double confidence = 0.95) =>
        ShareDifference.Of(
            (double)FirstPassed / FirstTotal,
            ClopperPearsonInterval.Of(FirstPassed, FirstTotal, confidence),
            (double)SecondPassed / SecondTotal,
            ClopperPearsonInterval.Of(SecondPassed, SecondTotal, confidence)
        );

    /// <summary>Fisher's exact test (R. A. Fisher, Journal of the Royal Statistical Society 98 (1935) 39): the probability,
    /// given all passes, of the splits that are no more probable than the one seen. Two-sided; false alarms at most as often
    /// as it says.</summary>
    public double ExactP
    {
        get
        {
            int passed = checked((int)(FirstPassed + SecondPassed));
            int least = (int)Math.Max(0, passed - SecondTotal);
            int most = (int)Math.Min(passed, FirstTotal);
            double seen = Probability((int)FirstPassed, passed) * Equal;
            double sum = 0;
            for (int k = least; k <= most; k++)
                if (Probability(k, passed) is var p && p <= seen)
                    sum += p;
            return Math.Min(1, sum);
        }
    }

    // Hypergeometric.
    private double Probability(int first, int passed)
    {
        int m = checked((int)FirstTotal);
        int n = checked((int)SecondTotal);
        return Elementary.Exp(
            SpecialFunctions.BinomialLn(m, first)
                + SpecialFunctions.BinomialLn(n, passed - first)
                - SpecialFunctions.BinomialLn(m + n, passed)
        );
    }
}
