using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>A share of dies with its 95 % Wilson interval.</summary>
/// <param name="Name">What they meet: a specification, or all of them.</param>
/// <param name="Passed">Dies that do.</param>
/// <param name="Total">All dies, failed ones included.</param>
public sealed record YieldEstimate(string Name, long Passed, long Total)
{
    public double Value => (double)Passed / Total;

    public ProportionInterval Interval => WilsonInterval.Of(Passed, Total);
}

/// <summary>Quantiles of a metric over the dies that have it. A die that never does what is counted has infinity.</summary>
/// <param name="Column">The metric.</param>
/// <param name="Count">Dies that have it.</param>
/// <param name="Mean">Arithmetic mean; infinite where a die never does what is counted.</param>
/// <param name="Values">Quantiles at <see cref="RunSummary.Probabilities"/>.</param>
public sealed record MetricQuantiles(Column Column, long Count, double Mean, IReadOnlyList<double> Values);

/// <summary>What a run's stored dies say. Read from the folder one column at a time.</summary>
/// <param name="Dies">Dies stored.</param>
/// <param name="Failures">Failed dies by reason.</param>
/// <param name="Yields">Of each specification, then of all together.</param>
/// <param name="Metrics">Of each metric.</param>
public sealed record RunSummary(
    long Dies,
    IReadOnlyDictionary<string, int> Failures,
    IReadOnlyList<YieldEstimate> Yields,
    IReadOnlyList<MetricQuantiles> Metrics
)
{
    /// <summary>Probabilities of the quantiles.</summary>
    public static readonly IReadOnlyList<double> Probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="columns">The metrics to look at.</param>
    /// <param name="specs">The specifications of the run.</param>
    public static RunSummary Of(RunFolder folder, IReadOnlyList<Column> columns, IReadOnlyList<Spec> specs)
    {
        var parts = folder.DieParts;
        bool[] pass = [.. parts.SelectMany(part => ParquetTable.ReadTruths(part, DieTable.Pass))];
        var failures = parts
            .SelectMany(part => ParquetTable.ReadTexts(part, DieTable.Failure))
            .OfType<string>()
            .CountBy(reason => reason)
            .ToDictionary();
        var yields =
            pass.Length == 0
                ? []
                : specs
                    .Select(spec => new YieldEstimate(spec.ToString(), CountTrue(parts, spec.Column), pass.Length))
                    .Append(new("all specs", pass.Count(p => p), pass.Length))
                    .ToArray();
        return new(pass.Length, failures, yields, [.. columns.Where(c => c.IsMetric).Select(c => Quantiles(parts, c))]);
    }

    private static long CountTrue(IReadOnlyList<string> parts, string column) =>
        parts.Sum(part => (long)ParquetTable.ReadTruths(part, column).Count(value => value));

    private static MetricQuantiles Quantiles(IReadOnlyList<string> parts, Column column)
    {
        double[] values = [.. parts.SelectMany(part => Values(part, column))];
        Array.Sort(values);
        return new(
            column,
            values.Length,
            values.Length == 0 ? double.NaN : values.Average(),
            [.. Probabilities.Select(p => values.Length == 0 ? double.NaN : Quantile.OfSorted(values, p))]
        );
    }

    private static IEnumerable<double> Values(string part, Column column)
    {
        double[] stored = ParquetTable.ReadReals(part, column.Name);
        if (!column.NullIsNever)
            return stored.Where(double.IsFinite);
        return stored
            .Zip(ParquetTable.ReadTexts(part, DieTable.Failure))
            .Where(die => die.Second is null)
            .Select(die => double.IsNaN(die.First) ? double.PositiveInfinity : die.First);
    }
}
