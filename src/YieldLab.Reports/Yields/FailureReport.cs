using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Yields;

/// <summary>Dies that fail one specification.</summary>
/// <param name="Spec">Its number among the specifications.</param>
/// <param name="Failed">Dies with a result that fail it.</param>
/// <param name="Alone">Share of all dies that fail it and no other: what the yield would gain without it. Dies without a
/// result are its unknown ones.</param>
public sealed record SpecFailures(int Spec, long Failed, YieldEstimate Alone);

/// <summary>Of the dies that fail one specification, those that fail another as well.</summary>
/// <param name="Given">Number of the specification that all of them fail.</param>
/// <param name="Also">Number of the other.</param>
/// <param name="Count">Dies that fail both.</param>
/// <param name="Total">Dies that fail the first.</param>
/// <param name="Interval">Of the share; null where none fails the first.</param>
public sealed record ConditionalFailure(int Given, int Also, long Count, long Total, ProportionInterval? Interval)
{
    /// <summary>The share; null where none fails the first.</summary>
    public double? Share => Total == 0 ? null : (double)Count / Total;
}

/// <summary>Which specifications fail together, of the dies that have a result.</summary>
/// <param name="Dies">Dies that have a result.</param>
/// <param name="Specs">Each specification.</param>
/// <param name="Conditional">Every ordered pair of them.</param>
/// <param name="Patterns">Every combination that occurs, the most frequent first; none failing is one.</param>
public sealed record FailureReport(
    long Dies,
    IReadOnlyList<SpecFailures> Specs,
    IReadOnlyList<ConditionalFailure> Conditional,
    IReadOnlyList<FailurePattern> Patterns
)
{
    internal static FailureReport? Of(PointColumns point, YieldConfidence confidence)
    {
        var specs = point.Specs;
        if (specs.Count < 2)
            return null;
        bool[][] passed = [.. specs.Select(point.Passed)];
        JointFailures joint = JointFailures.Of([.. passed.Select(point.WithResult)]);
        return new(
            joint.Dies,
            [
                .. specs.Select(
                    (spec, i) =>
                        new SpecFailures(
                            i,
                            joint.Failed(i),
                            point.Share($"{spec} alone", Alone(passed, i, point.Failed), confidence)
                        )
                ),
            ],
            [
                .. from given in Enumerable.Range(0, specs.Count)
                from also in Enumerable.Range(0, specs.Count)
                where given != also
                select Pair(joint, (given, also), confidence),
            ],
            joint.Patterns
        );
    }

    private static ConditionalFailure Pair(JointFailures joint, (int Given, int Also) pair, YieldConfidence confidence)
    {
        long both = joint.Both(pair.Given, pair.Also);
        long total = joint.Failed(pair.Given);
        return new(pair.Given, pair.Also, both, total, total == 0 ? null : confidence.OfSome(both, total));
    }

    // Dies that fail this one and pass every other.
    private static bool[] Alone(bool[][] passed, int spec, bool[] failed) =>
        [
            .. failed.Select(
                (without, die) => !without && passed.Index().All(other => other.Item[die] == (other.Index != spec))
            ),
        ];
}
