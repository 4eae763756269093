using YieldLab.Statistics.Numerics;

namespace YieldLab.Statistics.Estimation;

/// <summary>
/// How much less likely one pass probability makes a series of dies than Beta(1/2, 1/2) mixed over all probabilities does:
/// <code>
/// M(p) = B(s + 1/2, f + 1/2)/B(1/2, 1/2) / (p^s (1 - p)^f)        s passes, f failures, n = s + f
/// ln M(p) = n KL(s/n, p) - regret                                 KL(a, p) = a ln(a/p) + (1 - a) ln((1 - a)/(1 - p))
/// </code>
/// </summary>
/// <remarks>All terms are formed without cancellation of large ones, so that a billion dies lose no more digits than ten.
/// The arithmetic is of exactly rounded operations alone: a decision to stop is the same on every machine.</remarks>
internal static class BinomialMixture
{
    private const double HalfLnTwoPi = 0.91893853320467274;
    private const double LnPi = 1.1447298858494002;

    /// <summary>
    /// What the mixture loses to the best p afterwards, ln of the ratio of their likelihoods: 0 at n = 0, at most
    /// ln(n)/2 + ln 2 (R. E. Krichevsky, V. K. Trofimov, IEEE Trans. Information Theory 27 (1981) 199).
    /// </summary>
    public static double Regret(double passed, double failed)
    {
        double n = passed + failed;
        double logBeta =
            Excess(passed, 0.5)
            + Excess(failed, 0.5)
            - Excess(n, 1)
            - 0.5 * Elementary.Log(n + 1)
            + HalfLnTwoPi
            + StirlingError(passed + 0.5)
            + StirlingError(failed + 0.5)
            - StirlingError(n + 1);
        return LnPi - logBeta;
    }

    /// <summary>n KL(s/n, p), for p in (0, 1).</summary>
    /// <remarks>= s phi(d/a) + f phi(-d/b) with a = s/n, b = f/n, d = p - a, phi(u) = u - ln(1 + u) >= 0: both terms are
    /// positive, and what cancels has been taken out.</remarks>
    public static double Divergence(double passed, double failed, double p)
    {
        double n = passed + failed;
        if (passed == 0)
            return -n * Elementary.Log(1 - p);
        if (failed == 0)
            return -n * Elementary.Log(p);
        double difference = p - passed / n;
        return passed * LogarithmExcess(difference * n / passed) + failed * LogarithmExcess(-difference * n / failed);
    }

    // x ln(1 + a/x), also at x = 0.
    private static double Excess(double x, double a) => x == 0 ? 0 : x * Elementary.Log1p(a / x);

    // ln Gamma(x) - ((x - 1/2) ln x - x + ln(2 pi)/2) for x > 0. From 12 on the series, of which the first term left
    // out is 691/360360 x^-11, below 3e-15; below that by error(x) = error(x + 1) + (x + 1/2) ln(1 + 1/x) - 1.
    internal static double StirlingError(double x)
    {
        double sum = 0;
        for (; x < 12; x++)
            sum += (x + 0.5) * Elementary.Log1p(1 / x) - 1;
        double z = 1 / (x * x);
        return sum + (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z / 1188)))) / x;
    }

    // u - ln(1 + u) for u > -1. Near 0 with w = u/(2 + u): ln(1 + u) = 2 artanh w and u = u w + 2 w; the first term left
    // out is 2 w^15/15, below 1e-17 of the whole.
    internal static double LogarithmExcess(double u)
    {
        if (Math.Abs(u) > 0.1)
            return u - Elementary.Log(1 + u);
        double w = u / (2 + u);
        double z = w * w;
        double series = 1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9 + z * (1.0 / 11 + z / 13))));
        return u * w - 2 * w * z * series;
    }
}
