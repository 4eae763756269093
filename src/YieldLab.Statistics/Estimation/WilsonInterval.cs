using MathNet.Numerics.Distributions;

namespace YieldLab.Statistics.Estimation;

/// <summary>
/// Confidence interval of a proportion, such as a yield, by Wilson's score method (E. B. Wilson, JASA 22 (1927) 209).
/// It assumes independent dies with one pass probability. Its coverage is near the nominal value on average, not
/// guaranteed at each probability (for that see Clopper-Pearson, and docs/yield.md for how far it falls below); it stays inside [0, 1] and has width even at 0 or all
/// passes. No continuity correction.
/// </summary>
public static class WilsonInterval
{
    /// <summary>The two-sided interval of <paramref name="passed"/> out of <paramref name="total"/>; the numbers need not be
    /// whole, as expected ones are not.</summary>
    /// <param name="passed">Dies that pass, 0 to total.</param>
    /// <param name="total">Dies in all, above 0.</param>
    /// <param name="confidence">For example 0.95.</param>
    public static ProportionInterval Of(double passed, double total, double confidence = 0.95)
    {
        Guard.Counts(passed, total);
        Guard.Confidence(confidence);
        double z = Normal.InvCDF(0, 1, 0.5 + confidence / 2);
        double n = total;
        double p = passed / n;
        double scale = 1 / (1 + z * z / n);
        double centre = scale * (p + z * z / (2 * n));
        double half = scale * z * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        // At 0 and at all passes the ends are 0 and 1 exactly; the difference above leaves a rounding error there.
        return new(passed == 0 ? 0 : centre - half, passed == total ? 1 : centre + half);
    }
}
