using MathNet.Numerics;

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
        if (!(total > 0 && double.IsFinite(total)))
            throw new ArgumentOutOfRangeException(nameof(total), total, "A sample is larger than nothing.");
        if (!(passed >= 0 && passed <= total))
            throw new ArgumentOutOfRangeException(nameof(passed), passed, "Passes are a part of all.");
        Guard.Confidence(confidence);
        double tail = (1 - confidence) / 2;
        return new(LowerEnd(passed, total - passed, tail), 1 - LowerEnd(total - passed, passed, tail));
    }

    // P(at least s of n) = I_p(s, f + 1), the regularized incomplete beta function, which rises with p.
    private static double LowerEnd(double passed, double failed, double tail)
    {
        if (passed == 0)
            return 0;
        if (failed == 0)
            return Numerics.Elementary.Pow(tail, 1 / passed);
        double below = 0;
        double above = passed / (passed + failed);
        for (int i = 0; i < 52; i++)
        {
            double middle = (below + above) / 2;
            if (SpecialFunctions.BetaRegularized(passed, failed + 1, middle) < tail)
                below = middle;
            else
                above = middle;
        }
        return below;
    }
}
