using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Random;

namespace YieldLab.Reports.Figures;

/// <summary>Where a value in ascending order lies, were the values independent and of the standard normal law: each alone with
/// the confidence, not all together.</summary>
/// <param name="Expected">Normal quantile of (i - 1/2)/n.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
internal readonly record struct NormalBand(double Expected, double Lower, double Upper)
{
    public const double Confidence = 0.95;

    /// <summary>The band of the i-th of n values. The probability below it has a beta law with i and n + 1 - i, whose quantiles
    /// are ends of intervals by Clopper and Pearson (1934).</summary>
    /// <param name="i">1 to n.</param>
    /// <param name="n">At least 1.</param>
    public static NormalBand Of(long i, long n) =>
        new(
            NormalQuantile.At((i - 0.5) / n),
            NormalQuantile.At(ClopperPearsonInterval.Of(i, n, Confidence).Lower),
            NormalQuantile.At(ClopperPearsonInterval.Of(i - 1, n, Confidence).Upper)
        );
}
