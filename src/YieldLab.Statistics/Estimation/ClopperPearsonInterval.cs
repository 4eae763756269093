using YieldLab.Statistics.Numerics;

namespace YieldLab.Statistics.Estimation;

/// <summary>
/// The exact binomial interval of a proportion (C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404): its ends are the
/// probabilities at which so many passes, or so few, have the probability (1 - confidence)/2. It covers at least as often as
/// it says at every probability. Of independent dies with one pass probability.
/// </summary>
public static class ClopperPearsonInterval
{
    /// <summary>The two-sided interval; the numbers need not be whole, as those of effective samples are not.</summary>
    /// <param name="passed">0 to total.</param>
    /// <param name="total">Above 0.</param>
    /// <param name="confidence">For example 0.95.</param>
    public static ProportionInterval Of(double passed, double total, double confidence = 0.95)
    {
        Guard.Counts(passed, total);
        Guard.Confidence(confidence);
        double tail = (1 - confidence) / 2;
        return new(LowerEnd(passed, total - passed, tail), 1 - LowerEnd(total - passed, passed, tail));
    }

    /// <summary>
    /// The one-sided lower end: with the confidence, or more, the probability is at least this. It is also the answer to "which
    /// share of all dies has a metric at or above x", for an x that was fixed beforehand and so many dies that have.
    /// </summary>
    /// <param name="passed">0 to total.</param>
    /// <param name="total">Above 0.</param>
    /// <param name="confidence">For example 0.95.</param>
    public static double LowerBound(double passed, double total, double confidence = 0.95)
    {
        Guard.Counts(passed, total);
        Guard.Confidence(confidence);
        return LowerEnd(passed, total - passed, 1 - confidence);
    }

    // P(at least s of n) = I_p(s, f + 1), which rises with p.
    private static double LowerEnd(double passed, double failed, double tail) =>
        passed == 0 ? 0
        : failed == 0 ? Elementary.Pow(tail, 1 / passed)
        : BetaQuantile.At(tail, passed, failed + 1);
}
