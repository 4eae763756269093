using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Reports.Comparisons;

/// <summary>Two stored points side by side: what differs between them, and what that does to yields and metrics.</summary>
/// <param name="First">The first, A.</param>
/// <param name="Second">The second, B; differences are B less A.</param>
/// <param name="Confidence">Of each interval alone; several together hold less often.</param>
/// <param name="Pairs">Which dies are compared, and how.</param>
/// <param name="Settings">All keys of the two identities that differ.</param>
/// <param name="Yields">Of each specification that can be judged in both, then of these together.</param>
/// <param name="Metrics">Of the metrics that were asked for.</param>
/// <param name="LeftOut">Specifications and metrics that one of them lacks.</param>
public sealed record StudyComparison(
    StoredPointDies First,
    StoredPointDies Second,
    double Confidence,
    DiePairs Pairs,
    IReadOnlyList<(string Key, string First, string Second)> Settings,
    IReadOnlyList<YieldComparison> Yields,
    IReadOnlyList<MetricComparison> Metrics,
    IReadOnlyList<string> LeftOut
)
{
    /// <summary>Name of the yield of all specifications.</summary>
    public const string AllSpecs = "all specs";

    /// <summary>Failed dies among those that are compared; they pass nothing.</summary>
    public (int First, int Second) Failed { get; private init; }

    /// <summary>Metrics that have a specification in one of them.</summary>
    public IEnumerable<MetricComparison> Specified => Metrics.Where(metric => metric.Specs.Count > 0);

    /// <summary>Compares two points.</summary>
    /// <param name="first">The first, A.</param>
    /// <param name="second">The second, B.</param>
    /// <param name="metrics">Metrics that both have.</param>
    /// <param name="confidence">For example 0.95.</param>
    /// <param name="unpaired">Whether the dies are taken for independent in any case.</param>
    public static StudyComparison Of(
        StoredPointDies first,
        StoredPointDies second,
        IReadOnlyList<Column> metrics,
        double confidence = 0.95,
        bool unpaired = false
    )
    {
        DiePairs pairs = DiePairs.Of(first, second, unpaired);
        var a = new ComparedDies(first, pairs.FirstRows, confidence);
        var b = new ComparedDies(second, pairs.SecondRows, confidence);
        Spec[] specs = [.. a.Specs.Concat(b.Specs).DistinctBy(spec => spec.ToString())];
        Spec[] judged =
        [
            .. specs.Where(spec => a.Metric(spec.Metric) is not null && b.Metric(spec.Metric) is not null),
        ];
        return new(
            first,
            second,
            confidence,
            pairs,
            JsonDifference.All(PointIdentity.Of(first), PointIdentity.Of(second)),
            Compare(pairs.Paired, a, b, judged),
            [
                .. metrics.Select(column =>
                    pairs.Paired ? MetricComparison.Paired(column, a, b) : MetricComparison.Independent(column, a, b)
                ),
            ],
            [
                .. specs.Except(judged).Select(spec => spec.ToString()),
                .. Names(a).Except(Names(b)),
                .. Names(b).Except(Names(a)),
            ]
        )
        {
            Failed = (a.Failed.Count(f => f), b.Failed.Count(f => f)),
        };
    }

    private static IEnumerable<string> Names(ComparedDies dies) => dies.Metrics.Select(column => column.Name);

    private static List<YieldComparison> Compare(bool paired, ComparedDies a, ComparedDies b, Spec[] specs)
    {
        YieldComparison Yield(string name, bool[] first, bool[] second) =>
            paired
                ? YieldComparison.Paired(name, a, b, first, second)
                : YieldComparison.Independent(name, a, b, first, second);
        // Without a specification a die passes that has a result.
        bool[] all = [.. a.Failed.Select(failed => !failed)];
        bool[] others = [.. b.Failed.Select(failed => !failed)];
        var yields = new List<YieldComparison>();
        foreach (Spec spec in specs)
        {
            bool[] first = a.Meets(spec);
            bool[] second = b.Meets(spec);
            yields.Add(Yield(spec.ToString(), first, second));
            all = [.. all.Zip(first, (x, y) => x && y)];
            others = [.. others.Zip(second, (x, y) => x && y)];
        }
        // Of no specification that both have there is nothing to say.
        if (specs.Length > 0)
            yields.Add(Yield(AllSpecs, all, others));
        return yields;
    }
}
