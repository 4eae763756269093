using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>Quantiles of a metric over the dies that have it. A die that never does what is counted has infinity.</summary>
/// <param name="Column">The metric.</param>
/// <param name="Count">Dies that have it.</param>
/// <param name="Mean">Arithmetic mean; infinite where a die never does what is counted.</param>
/// <param name="Values">Quantiles at <see cref="RunSummary.Probabilities"/>.</param>
public sealed record MetricQuantiles(Column Column, long Count, double Mean, IReadOnlyList<double> Values)
{
    /// <summary>Those of values.</summary>
    /// <param name="column">The metric.</param>
    /// <param name="ascending">Of the dies that have it, sorted; infinity for those that never get there.</param>
    public static MetricQuantiles Of(Column column, ReadOnlySpan<double> ascending)
    {
        double sum = 0;
        foreach (double value in ascending)
            sum += value;
        var quantiles = new double[RunSummary.Probabilities.Count];
        for (int i = 0; i < quantiles.Length; i++)
            quantiles[i] =
                ascending.Length == 0 ? double.NaN : Quantile.OfSorted(ascending, RunSummary.Probabilities[i]);
        return new(column, ascending.Length, sum / ascending.Length, quantiles);
    }
}

/// <summary>What the stored dies of a point say. Read from the folder one column at a time.</summary>
/// <param name="Point">The point.</param>
/// <param name="Dies">Dies that count.</param>
/// <param name="Failures">Failed dies by reason.</param>
/// <param name="Yields">Of each specification, then of all together.</param>
/// <param name="Metrics">Of each metric its quantiles.</param>
/// <param name="Histograms">Of each metric how it lies.</param>
public sealed record RunSummary(
    StoredPoint Point,
    long Dies,
    IReadOnlyDictionary<string, int> Failures,
    IReadOnlyList<YieldEstimate> Yields,
    IReadOnlyList<MetricQuantiles> Metrics,
    IReadOnlyList<MetricHistogram> Histograms
)
{
    /// <summary>Dies that are stored and do not count, since a rule had ended the point before them.</summary>
    public long Uncounted { get; private init; }

    /// <summary>Probabilities of the quantiles.</summary>
    public static readonly IReadOnlyList<double> Probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

    /// <summary>Reads all points of a run.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="description">Its tables.</param>
    /// <param name="rule">How sure a yield is.</param>
    public static IReadOnlyList<RunSummary> Of(RunFolder folder, RunDescription description, EstimateRule rule) =>
        [
            .. description.Points.Select(point =>
                Of(point, StoredDies.Of(folder, description, point), description, rule)
            ),
        ];

    private static RunSummary Of(StoredPoint point, StoredDies dies, RunDescription description, EstimateRule rule)
    {
        string?[] failures = dies.Texts(DieTable.Failure);
        bool[] failed = Array.ConvertAll(failures, failure => failure is not null);
        // One for all metrics: a run may have more dies than there is room for garbage.
        var room = new double[dies.Indices.Length];
        YieldEstimate Yield(string name, string column) =>
            YieldEstimate.Of(name, rule, dies.Indices, dies.Truths(column), failed);
        var metrics = new List<MetricQuantiles>();
        var histograms = new List<MetricHistogram>();
        foreach (Column column in description.Dies.Where(column => column.IsMetric))
        {
            Span<double> values = dies.Reals(column.Name, room);
            values = values[..Gather(column, values, failed)];
            values.Sort();
            metrics.Add(MetricQuantiles.Of(column, values));
            histograms.Add(MetricHistogram.Of(column, values, failed.Length, description.Specs));
        }
        return new(
            point,
            dies.Indices.Length,
            failures.OfType<string>().CountBy(reason => reason).ToDictionary(),
            dies.Indices.Length == 0
                ? []
                :
                [
                    .. description.Specs.Select(spec => Yield(spec.ToString(), spec.Column)),
                    Yield("all specs", DieTable.Pass),
                ],
            metrics,
            histograms
        )
        {
            Uncounted = dies.Uncounted,
        };
    }

    // Moves the values that dies have to the front.
    private static int Gather(Column column, Span<double> stored, bool[] failed)
    {
        int count = 0;
        for (int die = 0; die < stored.Length; die++)
            if (column.NullIsNever ? !failed[die] : double.IsFinite(stored[die]))
                stored[count++] = double.IsNaN(stored[die]) ? double.PositiveInfinity : stored[die];
        return count;
    }
}
