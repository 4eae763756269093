using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Reports.Comparisons;

/// <summary>The dies of one side of a comparison, in its order.</summary>
internal sealed class ComparedDies
{
    private readonly StoredPointDies _stored;
    private readonly IReadOnlyList<int> _rows;

    /// <param name="stored">The point.</param>
    /// <param name="rows">Rows of it that are compared.</param>
    /// <param name="confidence">Of the intervals.</param>
    public ComparedDies(StoredPointDies stored, IReadOnlyList<int> rows, double confidence)
    {
        _stored = stored;
        _rows = rows;
        Rule = stored.Run.Rule with { Confidence = confidence };
        Indices = Take(stored.Dies.Indices);
        Failed = Take(stored.Dies.Failed());
    }

    public EstimateRule Rule { get; }

    public IReadOnlyList<long> Indices { get; }

    public bool[] Failed { get; }

    public IReadOnlyList<Spec> Specs => _stored.Run.Description.Specs;

    public IReadOnlyList<Column> Metrics => _stored.Metrics;

    public Column? Metric(string name) => Metrics.FirstOrDefault(column => column.Name == name);

    public double[] Values(Column metric) => Take(_stored.Dies.Metric(metric));

    /// <summary>Whether each die meets a specification, whether or not the run had it.</summary>
    public bool[] Meets(Spec spec)
    {
        double[] values = Values(Metric(spec.Metric)!);
        return [.. values.Zip(Failed, (value, failed) => !failed && spec.IsMetBy(value))];
    }

    private T[] Take<T>(T[] column) => [.. _rows.Select(row => column[row])];
}
