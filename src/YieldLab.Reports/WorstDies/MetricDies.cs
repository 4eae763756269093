using MathNet.Numerics.Distributions;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.WorstDies;

/// <summary>The dies of a point that have a metric, in the order of its values: which of them lies at a quantile, and which
/// stands for a corner.</summary>
/// <remarks>Quantiles are type 7 (<see cref="Quantile"/>), with the interval of <see cref="QuantileInterval"/>. How usual a die
/// is: its Mahalanobis distance in what all of its cells share (temperature and die-level shifts as they are stored) from the
/// mean of the dies that did not fail. The mismatch of single cells plays no part in it.</remarks>
public sealed class MetricDies
{
    private readonly StoredPointDies _stored;
    private readonly double[] _values;
    private readonly bool[] _passed;
    private readonly SharedConditions _shared;

    // Rows of the dies that have the metric, by its value, then as they are stored.
    private readonly int[] _rows;
    private readonly double[] _sorted;

    /// <summary>Reads a metric.</summary>
    /// <param name="stored">The dies.</param>
    /// <param name="metric">One of their metrics.</param>
    /// <param name="shared">What all cells of each die share; null: read it.</param>
    /// <exception cref="IOException">No die has it.</exception>
    public MetricDies(StoredPointDies stored, Column metric, SharedConditions? shared = null)
    {
        _stored = stored;
        Metric = metric;
        _values = stored.Dies.Metric(metric);
        _passed = stored.Dies.Truths(DieTable.Pass);
        bool[] failed = stored.Dies.Failed();
        _shared = shared ?? SharedConditions.Of(stored);
        _rows = [.. Enumerable.Range(0, failed.Length).Where(row => !failed[row] && !double.IsNaN(_values[row]))];
        _rows = [.. _rows.OrderBy(row => _values[row])];
        _sorted = [.. _rows.Select(row => _values[row])];
        Failed = failed.Count(f => f);
        if (_rows.Length == 0)
            throw new IOException($"{stored.Run.Path}: none of the {failed.Length} dies has {metric.Name}");
    }

    /// <summary>The metric.</summary>
    public Column Metric { get; }

    /// <summary>What all cells of a die share: real columns that are neither metrics nor swept.</summary>
    public IReadOnlyList<Column> SharedColumns => _shared.Columns;

    /// <summary>Dies that have the metric; one that never does what is counted has it.</summary>
    public int Count => _rows.Length;

    /// <summary>Dies that failed.</summary>
    public int Failed { get; }

    /// <summary>Dies that did not fail and lack the metric.</summary>
    public int Without => _values.Length - Count - Failed;

    /// <summary>The dies nearest to a quantile.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <param name="count">At most so many.</param>
    public QuantileDies At(double probability, int count)
    {
        double value = Quantile.OfSorted(_sorted, probability);
        return new(
            probability,
            value,
            [
                .. _rows
                    .OrderBy(row => Away(_values[row], value))
                    .ThenBy(row => _shared.Distances[row])
                    .ThenBy(row => row)
                    .Take(count)
                    .Select(Die),
            ]
        );
    }

    /// <summary>The die that stands for so many standard deviations: of the dies whose metric lies in the interval of the
    /// quantile, the one of the smallest distance; of equal ones the nearest to the quantile, then the first.</summary>
    /// <param name="sigma">At least 1.</param>
    /// <param name="side">Of the metric.</param>
    /// <param name="confidence">Of the interval.</param>
    public SigmaCorner Corner(int sigma, Side side, double confidence = 0.95)
    {
        double p = Normal.CDF(0, 1, side == Side.Low ? -sigma : sigma);
        QuantileInterval found = QuantileInterval.Of(_sorted, p, confidence);
        var (value, lower, upper) = (found.Estimate, found.Lower, found.Upper);
        int[] candidates = [.. _rows.Where(row => !(_values[row] < lower) && !(_values[row] > upper))];
        int chosen = candidates
            .OrderBy(row => _shared.Distances[row])
            .ThenBy(row => Away(_values[row], value))
            .ThenBy(row => row)
            .First();
        return new(sigma, side, p, value, lower, upper, candidates.Length, Die(chosen));
    }

    /// <summary>The failed dies of a point by their reasons, the most frequent first.</summary>
    /// <param name="stored">The dies.</param>
    /// <param name="named">How many of each reason are named.</param>
    public static IReadOnlyList<FailedDies> FailuresOf(StoredPointDies stored, int named) =>
        [
            .. stored
                .Dies.Texts(DieTable.Failure)
                .Zip(stored.Dies.Indices, (reason, die) => (Reason: reason, Die: die))
                .Where(failure => failure.Reason is not null)
                .GroupBy(failure => failure.Reason!, failure => failure.Die)
                .Select(group => new FailedDies(group.Key, group.Count(), [.. group.Take(named)]))
                .OrderByDescending(failures => failures.Count),
        ];

    private ToldDie Die(int row) =>
        new(
            _stored.Dies.Indices[row],
            _values[row],
            _passed[row],
            [.. _shared.Values.Select(column => column[row])],
            Math.Sqrt(_shared.Distances[row])
        );

    // Never is as far from every number as can be, and not from never.
    private static double Away(double value, double from) => value == from ? 0 : Math.Abs(value - from);
}
