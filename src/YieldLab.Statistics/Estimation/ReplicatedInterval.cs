using MathNet.Numerics.Distributions;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Statistics.Estimation;

/// <summary>
/// The yield of a design that was randomised several times, independently and with equally many dies: scrambled Sobol
/// points, Latin hypercubes, strata. Dies of one replicate are not independent, so the error comes from the scatter of the
/// replicates.
/// </summary>
/// <remarks>
/// <para>With a the yield of all n dies and v the variance of the mean of R replicates as they scatter,
/// <code>
/// design effect  = v / (a (1 - a)/(n - 1))            variance in units of that of n independent dies
/// effective dies = n (z/t)^2 / design effect          t: Student's with R - 1 degrees of freedom, z: normal
/// interval       = Clopper-Pearson of a out of the effective dies
/// </code>
/// (E. L. Korn, B. I. Graubard, Survey Methodology 24 (1998) 193; compared with others by C. Franco, R. J. A. Little,
/// T. A. Louis, E. V. Slud, Journal of Survey Statistics and Methodology 7 (2019) 334). Their rule trusts v however few dies
/// decide it, and replicates of a good design often give the same number of passes: v is then too small, or 0. So here
/// (h/(t n))^2 is added to v, h = R (1 - (alpha/2)^(1/R)): if each replicate has one pass more with a probability of h/R, all
/// of them have none with the probability alpha/2, so h passes of n are what replicates that agree leave open. It is added
/// up to n/(n - 1) times the variance of independent dies, a Latin hypercube's at its worst (A. B. Owen, SIAM Journal on
/// Numerical Analysis 34 (1997) 1884), and never takes anything off. Where every die passes or fails, the interval is the
/// binomial one of n dies.</para>
/// <para>It assumes independent replicates, and within one no more positive correlation than their scatter shows. With 8
/// replicates or more its coverage is at or above nominal for independent dies, for strata, and for strata with noise
/// (docs/stopping.md); with fewer it can fall below. The number of replicates is fixed beforehand: this is no
/// <see cref="ConfidenceSequence"/>.</para>
/// </remarks>
/// <param name="Value">Passes of all dies.</param>
/// <param name="DesignEffect">Variance over that of as many independent dies, as the replicates scatter; NaN where every die
/// passes or fails.</param>
/// <param name="EffectiveDies">Independent dies that would tell as much as the interval uses: with the raised variance and
/// before Student's t.</param>
/// <param name="Interval">Of the pass probability.</param>
public sealed record ReplicatedInterval(
    double Value,
    double DesignEffect,
    double EffectiveDies,
    ProportionInterval Interval
)
{
    /// <summary>The yield and its interval.</summary>
    /// <param name="passedByReplicate">Dies that pass in each of at least two replicates.</param>
    /// <param name="diesPerReplicate">The same in each, at least 1.</param>
    /// <param name="confidence">For example 0.95.</param>
    public static ReplicatedInterval Of(
        IReadOnlyList<long> passedByReplicate,
        long diesPerReplicate,
        double confidence = 0.95
    )
    {
        int replicates = passedByReplicate.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 2, nameof(passedByReplicate));
        foreach (long passed in passedByReplicate)
            Guard.Counts(passed, diesPerReplicate);
        Guard.Confidence(confidence);
        double dies = (double)replicates * diesPerReplicate;
        double value = passedByReplicate.Sum() / dies;
        double independent = value * (1 - value) / (dies - 1);
        if (independent == 0)
            return new(value, double.NaN, dies, ClopperPearsonInterval.Of(value * dies, dies, confidence));
        double scatter = Scatter(passedByReplicate) / (dies * dies);
        double t = StudentT.InvCDF(0, 1, replicates - 1, 0.5 + confidence / 2);
        double raised = scatter + Square(LeftOpen(replicates, confidence) / (t * dies));
        double used = Math.Max(scatter, Math.Min(raised, independent * dies / (dies - 1)));
        double effective = dies * independent / used;
        double certain = effective * Square(Normal.InvCDF(0, 1, 0.5 + confidence / 2) / t);
        return new(
            value,
            scatter / independent,
            effective,
            ClopperPearsonInterval.Of(value * certain, certain, confidence)
        );
    }

    // Variance of the passes of all replicates together.
    private static double Scatter(IReadOnlyList<long> passed)
    {
        double mean = passed.Average();
        return passed.Sum(count => Square(count - mean)) * passed.Count / (passed.Count - 1.0);
    }

    // R replicates that each have one die more with probability q all have none with probability (1 - q)^R = alpha/2.
    private static double LeftOpen(int replicates, double confidence) =>
        replicates * (1 - Elementary.Pow((1 - confidence) / 2, 1.0 / replicates));

    private static double Square(double x) => x * x;
}
