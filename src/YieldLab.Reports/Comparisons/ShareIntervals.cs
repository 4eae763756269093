using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Comparisons;

/// <summary>The interval of a share of dies, as differences are made of it: what the run's rule says of designs and of runs
/// that were stopped by looking, Clopper-Pearson's of independent dies.</summary>
internal static class ShareIntervals
{
    public static ProportionInterval Of(EstimateRule rule, IReadOnlyList<long> dies, bool[] meet) =>
        IsIndependent(rule, dies)
            ? ClopperPearsonInterval.Of(meet.Count(m => m), meet.Length, rule.Confidence)
            : rule.Interval(dies, meet);

    /// <summary>What made it.</summary>
    public static string Method(EstimateRule rule, IReadOnlyList<long> dies) =>
        IsIndependent(rule, dies) ? "clopper-pearson" : rule.MethodFor(dies);

    /// <summary>Whether the dies count as independent ones of a fixed number.</summary>
    public static bool IsIndependent(EstimateRule rule, IReadOnlyList<long> dies) => rule.MethodFor(dies) == "wilson";
}
