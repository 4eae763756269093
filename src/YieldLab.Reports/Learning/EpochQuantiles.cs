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
    /// <param name="point">Its dies that count; those without epochs are missing.</param>
    /// <param name="metric">A column of the table of epochs.</param>
    public static IReadOnlyList<EpochQuantiles> Of(StoredPointDies point, Column metric)
    {
        IReadOnlyList<string> parts = point.Dies.EpochParts;
        if (parts.Count == 0)
            return [];
        double[][] values = Read(parts, metric, point.Point.EpochsPerDie, point.Dies.Indices);
        return [.. values.Select((dies, epoch) => Of(epoch + 1, dies))];
    }

    // [epoch][die]; NaN where a die has no such row. A part has the rows of a die together, in the order of the epochs, but not
    // always the dies of the other table: a run that was killed leaves epochs of dies that are not there.
    private static double[][] Read(IReadOnlyList<string> parts, Column metric, int epochs, long[] dies)
    {
        double[][] values = [.. Enumerable.Range(0, epochs).Select(_ => Vacant(dies.Length))];
        foreach (string part in parts)
            Read(
                ParquetTable.ReadIntegers(part, DieTable.Die),
                ParquetTable.ReadReals(part, metric.Name),
                dies,
                values
            );
        return values;
    }

    private static void Read(long[] rowDies, double[] rows, long[] dies, double[][] values)
    {
        for (int first = 0, end; first < rows.Length; first = end)
        {
            for (end = first + 1; end < rows.Length && rowDies[end] == rowDies[first]; end++) { }
            int place = Array.BinarySearch(dies, rowDies[first]);
            for (int epoch = 0; place >= 0 && epoch < Math.Min(end - first, values.Length); epoch++)
                values[epoch][place] = rows[first + epoch];
        }
    }

    private static double[] Vacant(int dies)
    {
        var values = new double[dies];
        Array.Fill(values, double.NaN);
        return values;
    }
}
