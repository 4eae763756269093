using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Reports.Yields;

/// <summary>The columns of a point as questions about yields need them.</summary>
internal sealed class PointColumns(StoredPointDies point)
{
    public IReadOnlyList<Spec> Specs => point.Run.Description.Specs;

    /// <summary>Indices of the dies.</summary>
    public long[] Dies => point.Dies.Indices;

    /// <summary>Whether each die has no result.</summary>
    public bool[] Failed { get; } = point.Dies.Failed();

    public bool[] Passed(Spec spec) => point.Dies.Truths(spec.Column);

    public bool[] PassedAll() => point.Dies.Truths(DieTable.Pass);

    /// <summary>The metric of the dies that have it, ascending; infinity for those that never get there.</summary>
    public double[] Sorted(Column metric)
    {
        double[] values = [.. point.Dies.Metric(metric).Where(value => !double.IsNaN(value))];
        Array.Sort(values);
        return values;
    }

    public MetricHistogram Histogram(Column metric) => MetricHistogram.Of(metric, Sorted(metric), Dies.Length, Specs);

    /// <summary>Column of a metric by its name.</summary>
    public Column Metric(string name) => point.Metrics.Single(column => column.Name == name);

    /// <summary>Of a column, the dies that have a result.</summary>
    public bool[] WithResult(bool[] column) => [.. column.Where((_, die) => !Failed[die])];

    /// <summary>A share of all dies.</summary>
    public YieldEstimate Share(string name, bool[] which, YieldConfidence confidence) =>
        YieldEstimate.Of(name, confidence.Rule, Dies, which, Failed);
}
