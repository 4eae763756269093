namespace YieldLab.Statistics.Estimation;

/// <summary>
/// The interval of a proportion between the alpha/2 and 1 - alpha/2 quantiles of Beta(s + 1/2, f + 1/2), what s passes and f
/// failures leave of Jeffreys' prior Beta(1/2, 1/2) (H. Jeffreys, Theory of Probability, 1961; as a confidence interval: L. D.
/// Brown, T. T. Cai, A. DasGupta, Statistical Science 16 (2001) 101, section 4.1). As there, the lower end is 0 where no die
/// passes and the upper end is 1 where every die does.
/// </summary>
/// <remarks>Shorter than Clopper-Pearson's and equally tailed on average. Its coverage is near the nominal value on average
/// and not guaranteed: it falls below most where nearly every die or nearly none passes (docs/yield.md says how far). Of
/// independent dies with one pass probability. The "modified Jeffreys" interval of the same paper, which also moves the ends
/// beside the last, is not this one.</remarks>
public static class JeffreysInterval
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

    private static double LowerEnd(double passed, double failed, double tail) =>
        passed == 0 ? 0 : BetaQuantile.At(tail, passed + 0.5, failed + 0.5);
}
