using YieldLab.Statistics.Numerics;

namespace YieldLab.Statistics.Estimation;

/// <summary>
/// Intervals of a pass probability that hold at every number of dies at once: with probability at least
/// <c>confidence</c>, none of the intervals at 1, 2, 3, ... dies misses it. So one may look after every die, stop whenever
/// the interval pleases, and report that interval.
/// </summary>
/// <remarks>
/// <para>The interval is where the evidence M(p) against p stays below 1/alpha, alpha = 1 - confidence:
/// <code>{ p : M(p) &lt; 1/alpha },   M(p) = B(s + 1/2, f + 1/2)/B(1/2, 1/2) / (p^s (1 - p)^f)</code>
/// for s passes and f failures. Of independent dies that pass with probability p, M(p) is a martingale of mean 1 that is
/// never negative, so it ever reaches 1/alpha with probability at most alpha (J. Ville, Étude critique de la notion de
/// collectif, 1939; H. Robbins, Annals of Mathematical Statistics 41 (1970) 1397; with this mixture T. L. Lai, Annals of
/// Statistics 4 (1976) 265). The guarantee holds at each p and each number of dies, not only for large ones.</para>
/// <para>Beta(1/2, 1/2), the mixing density, is as good everywhere: n KL(s/n, p) = ln(1/alpha) + ln(n)/2 + ln(pi/2)/2 at
/// the ends wherever s and f are large. The uniform density is 3 % narrower at one half and pays where yields are: its
/// interval is 13 % wider at 99 of 100 and 24 % at 999 of 1,000 (docs/stopping.md). Passes and failures are treated
/// alike.</para>
/// <para>The interval is a function of the two counts alone. The intersection with all earlier ones would hold as well and be
/// narrower at times, but could be empty and would depend on when one looked; it is not used.</para>
/// <para>It assumes that dies are drawn one after another, independently and with one pass probability: plain Monte Carlo in
/// the order of the dies. Other names: anytime-valid interval, always-valid inference, beta-binomial mixture.</para>
/// </remarks>
public static class ConfidenceSequence
{
    // Of the divergence, relative: closer to the root there is only noise.
    private const double Rounding = 1e-14;

    /// <summary>The interval after <paramref name="total"/> dies.</summary>
    /// <param name="passed">Dies that pass, 0 to total.</param>
    /// <param name="total">Dies so far, at least 1.</param>
    /// <param name="confidence">Of all intervals together, for example 0.95.</param>
    public static ProportionInterval At(long passed, long total, double confidence)
    {
        Guard.Counts(passed, total);
        Guard.Confidence(confidence);
        double failed = total - passed;
        double most = BinomialMixture.Regret(passed, failed) - Elementary.Log(1 - confidence);
        return new(LowerEnd(passed, failed, most), 1 - LowerEnd(failed, passed, most));
    }

    /// <summary>ln M(p): the evidence against <paramref name="p"/>. At ln(1/alpha) and above, p is outside.</summary>
    /// <param name="passed">Dies that pass, 0 to total.</param>
    /// <param name="total">Dies so far, at least 1.</param>
    /// <param name="p">A pass probability, above 0 and below 1.</param>
    public static double LogEvidence(long passed, long total, double p)
    {
        Guard.Counts(passed, total);
        if (!(p > 0 && p < 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A pass probability lies between 0 and 1.");
        double failed = total - passed;
        return BinomialMixture.Divergence(passed, failed, p) - BinomialMixture.Regret(passed, failed);
    }

    // The p below s/n at which the divergence is the most allowed. It is convex and falls towards s/n, so Newton's steps from
    // a point where it is too large rise to the root and never pass it.
    private static double LowerEnd(double passed, double failed, double most)
    {
        if (passed == 0)
            return 0;
        double n = passed + failed;
        if (failed == 0)
            return Elementary.Exp(-most / n);
        double p = Below(passed, failed, most);
        while (BinomialMixture.Divergence(passed, failed, p) - most is var excess && excess > Rounding * most)
        {
            double next = p + excess * p * (1 - p) / (passed - n * p);
            if (!(next > p))
                break;
            p = next;
        }
        return p;
    }

    // Two points where the divergence is too large: the one at which s ln(a/p) + f ln b is the most (1 - p is below 1), and
    // the one at which 2 n (a - p)^2 is (Pinsker's inequality); a = s/n, b = f/n.
    private static double Below(double passed, double failed, double most)
    {
        double n = passed + failed;
        double a = passed / n;
        double far = a * Elementary.Exp((failed * Elementary.Log(failed / n) - most) / passed);
        return Math.Max(far, a - Math.Sqrt(most / (2 * n)));
    }
}
