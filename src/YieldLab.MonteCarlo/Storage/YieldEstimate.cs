using YieldLab.Statistics.Estimation;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>A share of dies. Dies without a result count as failing; what the share would be if they all passed is beside
/// it.</summary>
/// <param name="Name">What they meet: a specification, or all of them.</param>
/// <param name="Passed">Dies that do.</param>
/// <param name="Unknown">Failed dies, of which nobody knows.</param>
/// <param name="Total">All dies, failed ones included.</param>
/// <param name="Interval">From the lower end if all unknown dies fail to the upper end if they all pass.</param>
/// <param name="Method">What made the interval.</param>
/// <param name="Confidence">Of the interval, each end taken alone with the unknown dies as it takes them.</param>
public sealed record YieldEstimate(
    string Name,
    long Passed,
    long Unknown,
    long Total,
    ProportionInterval Interval,
    string Method,
    double Confidence
)
{
    public double Value => (double)Passed / Total;

    /// <summary>The share if all unknown dies pass.</summary>
    public double IfUnknownPass => (double)(Passed + Unknown) / Total;

    /// <summary>The estimate from dies.</summary>
    /// <param name="name">What they meet.</param>
    /// <param name="rule">How sure one may be.</param>
    /// <param name="dies">Their indices.</param>
    /// <param name="passed">Whether each meets it.</param>
    /// <param name="failed">Whether each has no result.</param>
    public static YieldEstimate Of(string name, EstimateRule rule, long[] dies, bool[] passed, bool[] failed)
    {
        int unknown = failed.Count(f => f);
        ProportionInterval least = rule.Interval(dies, passed);
        ProportionInterval most =
            unknown == 0 ? least : rule.Interval(dies, [.. passed.Zip(failed, (pass, fail) => pass || fail)]);
        return new(
            name,
            passed.Count(p => p),
            unknown,
            dies.Length,
            new(least.Lower, most.Upper),
            rule.MethodFor(dies),
            rule.Confidence
        );
    }
}
