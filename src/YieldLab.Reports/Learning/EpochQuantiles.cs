using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Learning;

/// <summary>What a metric is over the dies after an epoch.</summary>
/// <param name="Epoch">Number of epochs trained, from 1.</param>
/// <param name="Dies">Dies that have a finite value.</param>
/// <param name="Missing">Dies that have none.</param>
/// <param name="Lowest">5 % quantile; NaN, as the others, without dies.</param>
/// <param name="Lower">25 % quantile.</param>
/// <param name="Median">50 % quantile.</param>
/// <param name="Upper">75 % quantile.</param>
/// <param name="Highest">95 % quantile.</param>
public sealed record EpochQuantiles(
    long Epoch,
    int Dies,
    int Missing,
    double Lowest,
    double Lower,
    double Median,
    double Upper,
    double Highest
)
{
    /// <summary>The quantiles of some values.</summary>
    /// <param name="epoch">Number of epochs trained.</param>
    /// <param name="values">A value of each die.</param>
    public static EpochQuantiles Of(long epoch, IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite)];
        Array.Sort(sorted);
        double At(double p) => sorted.Length == 0 ? double.NaN : Quantile.OfSorted(sorted, p);
        return new(epoch, sorted.Length, values.Count - sorted.Length, At(0.05), At(0.25), At(0.5), At(0.75), At(0.95));
    }

    /// <summary>Reads the epochs of the dies of a point; none where the run stores no epochs.</summary>
    /// <param name="point">Its dies that count.</param>
    /// <param name="metric">A column of the table of epochs.</param>
    public static IReadOnlyList<EpochQuantiles> Of(StoredPointDies point, Column metric)
    {
        IReadOnlyList<string> parts = point.Dies.EpochParts;
        if (parts.Count == 0)
            return [];
        double[][] values = Read(parts, metric, point.Point.EpochsPerDie, point.Dies.Indices.Length);
        return [.. values.Select((dies, epoch) => Of(epoch + 1, dies))];
    }

    // [epoch][die] of the first dies, which are those that count. A part has the rows of a die together, in the order of the
    // epochs.
    private static double[][] Read(IReadOnlyList<string> parts, Column metric, int epochs, int dies)
    {
        double[][] values = [.. Enumerable.Range(0, epochs).Select(_ => new double[dies])];
        int die = 0;
        foreach (string part in parts)
        {
            double[] rows = ParquetTable.ReadReals(part, metric.Name);
            for (int first = 0; first < rows.Length && die < dies; first += epochs, die++)
            for (int epoch = 0; epoch < epochs; epoch++)
                values[epoch][die] = rows[first + epoch];
        }
        return values;
    }
}
