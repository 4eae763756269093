using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Yields;

/// <summary>How sure one may be of the dies of a run: which intervals their shares have, and whether what needs a fixed number
/// of independent dies holds.</summary>
/// <param name="Rule">Of shares of all dies, with the confidence that was asked for.</param>
public sealed record YieldConfidence(EstimateRule Rule)
{
    /// <summary>Of every interval.</summary>
    public double Confidence => Rule.Confidence;

    /// <summary>Whether the dies are independent and their number was fixed beforehand, so that every interval here keeps its
    /// confidence.</summary>
    public bool HoldsForAll => Rule is EstimateRule.Fixed;

    /// <summary>What makes the intervals of plain proportions, and of plans.</summary>
    public ProportionMethod Method => Rule is EstimateRule.Fixed chosen ? chosen.Method : ProportionMethod.Wilson;

    /// <summary>The rule of a run, with what was asked for.</summary>
    /// <exception cref="IOException">Another method was asked for than the run allows.</exception>
    public static YieldConfidence Of(StoredRun run, YieldQuestions asked)
    {
        double confidence = asked.Confidence ?? run.Rule.Confidence;
        return run.Rule switch
        {
            EstimateRule.Fixed => new(
                new EstimateRule.Fixed { Method = asked.Method ?? ProportionMethod.Wilson, Confidence = confidence }
            ),
            var own when asked.Method is null => new(own with { Confidence = confidence }),
            var own => throw new IOException(
                $"{run.Path}: {asked.Method.Value.Name()} intervals are of independent dies whose number was fixed beforehand; this run {Reason(own)} and keeps its own intervals ({own.Name})"
            ),
        };
    }

    /// <summary>The interval of a share of some of the dies, such as of those that fail a specification.</summary>
    /// <remarks>Of a run that a rule ended it is the confidence sequence: whatever happens between two of these dies, each
    /// of them fails the other specification with the same probability, so it holds whenever one stops. Of a design it is
    /// that of independent dies.</remarks>
    public ProportionInterval OfSome(long count, long total) =>
        Rule is EstimateRule.AnyTime
            ? ConfidenceSequence.At(count, total, Confidence)
            : Method.Interval(count, total, Confidence);

    /// <summary>With the confidence, at least this share: exact for independent dies, else the lower end of the own interval,
    /// which is that or less.</summary>
    public double AtLeast(YieldEstimate yield) =>
        Rule is EstimateRule.Fixed
            ? ClopperPearsonInterval.LowerBound(yield.Passed, yield.Total, Confidence)
            : yield.Interval.Lower;

    private static string Reason(EstimateRule rule) =>
        rule is EstimateRule.AnyTime ? "chose its number by looking" : "is of a design of points";
}
