using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Yields;
using YieldLab.Statistics;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Cli.Output;

/// <summary>What must be known to read the tables of yields, in sentences.</summary>
internal static class YieldNotes
{
    /// <summary>At the title of what promises less than it says.</summary>
    public const string Mark = "(*)";

    /// <summary>About the dies and what holds of them.</summary>
    public static IEnumerable<string> OfRun(YieldReport report)
    {
        long uncounted = report.Point.Dies.Uncounted;
        if (report.Point.Run.Reason(report.Point.Point) is { } reason)
            yield return $"stopped after {Counted.Dies(report.Dies)}: {reason}";
        if (uncounted > 0)
            yield return $"{Counted.Of(uncounted, "more die is", "more dies are")} stored and not counted";
        foreach (var (why, count) in report.Reasons.OrderByDescending(failure => failure.Value))
            yield return $"failed dies: {count}: {why}";
        if (report.Yields[^1].Estimate is { Unknown: > 0 } all)
            yield return SummaryTables.Range(all);
        if (Caution(report.Confidence.Rule) is { } caution)
            yield return $"{Mark} {caution}";
        yield return $"data: {report.Point.Run.Path}";
    }

    /// <summary>What does not hold of dies that were chosen so; null where everything does.</summary>
    public static string? Caution(EstimateRule rule) =>
        rule switch
        {
            EstimateRule.AnyTime =>
                "the number of dies was chosen by looking at them: yields and shares have intervals that hold whenever one looks; what is marked assumes a number fixed beforehand and may miss more often than it says",
            EstimateRule.Replicated =>
                "the dies are points of a design and not independent: yields have the interval of the design; what is marked assumes independent dies, and may be too wide or too narrow",
            _ => null,
        };

    /// <summary>What keeps a capability from being one; null where nothing is known to.</summary>
    public static string? Of(MetricCapability metric) =>
        metric.Missing is { } missing ? $"{metric.Column.Name}: no capability: {missing}"
        : Warning(metric.Normality!) is { } warning
            ? $"{metric.Column.Name}: {warning}; Cpk then says nothing on the yield, and its interval does not hold"
        : null;

    /// <summary>Why values are not taken for normal; null where they may be.</summary>
    public static string? Warning(Normality normality) =>
        normality.Verdict switch
        {
            NormalityVerdict.Discrete =>
                $"not normal, as {Counted.Of(normality.Count, "die has", "dies have")} {Counted.Of(normality.Distinct, "different value", "different values")}",
            NormalityVerdict.NotNormal =>
                $"not normal (skewness {normality.Skewness:0.00}, excess kurtosis {normality.ExcessKurtosis:0.00}, p {(normality.PValue < 1e-4 ? "below 0.0001" : $"= {normality.PValue:0.0000}")})",
            NormalityVerdict.TooFew =>
                $"{Counted.Of(normality.Count, "die is", "dies are")} too few to tell whether it is normal",
            _ => null,
        };

    public static IEnumerable<string> OfQuantiles(YieldReport report)
    {
        foreach (var metric in report.Quantiles.Where(metric => metric.Dies < report.Dies))
            yield return $"{metric.Column.Name}: of the {Counted.Of(metric.Dies, "die that has", "dies that have")} it, of {report.Dies}";
        double confidence = report.Confidence.Confidence;
        var open = report
            .Quantiles.SelectMany(metric => metric.Quantiles)
            .Where(quantile => quantile.Lower is null || quantile.Upper is null)
            .Select(quantile => quantile.Probability);
        foreach (double p in open.Distinct())
            yield return $"at {YieldTables.Percent(p)}: too few dies for both ends; {QuantileInterval.DiesFor(p, confidence)} have them";
    }

    public static IEnumerable<string> OfTolerances(YieldReport report)
    {
        foreach (var tolerance in report.Tolerances.Where(tolerance => !tolerance.Exists))
            yield return $"{tolerance.Column.Name}: {WhyNone(tolerance)}";
        foreach (var tolerance in report.Tolerances.Where(t => t.Without > 0).DistinctBy(t => t.Column.Name))
            yield return $"{tolerance.Column.Name}: the {Counted.Of(tolerance.Without, "die that does not have it counts", "dies that do not have it count")} as lying outside";
    }

    public static IEnumerable<string> OfNeeded(YieldReport report)
    {
        yield return "worse yield: the one in the interval that needs most dies; the other columns are for the yield as it seems";
        ProportionMethod method = report.Confidence.Method;
        if (report.Needed.Any(needed => needed.AtYield[method] is null || needed.AtWorse[method] is null))
            yield return $"-: failed dies alone leave the yield more open, or it takes more than {DiesForWidth.Most} dies";
    }

    private static string WhyNone(MetricTolerance tolerance)
    {
        string side = tolerance.Side switch
        {
            ToleranceSide.Above => "no lower bound",
            ToleranceSide.Below => "no upper bound",
            _ => "no two bounds",
        };
        return tolerance.Bound.Confidence is null
            ? $"{side}: it needs {tolerance.Bound.DiesNeeded} dies"
            : $"{side}: too many dies do not have it or never get there";
    }
}
