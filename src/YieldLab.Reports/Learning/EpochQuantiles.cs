using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Learning;

/// <summary>What a metric is over the dies after an epoch.</summary>
/// <param name="Epoch">Number of epochs trained.</param>
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
    private const string EpochColumn = "epoch";

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
        var epochs = new SortedDictionary<long, List<double>>();
        long last = point.Dies.Indices[^1];
        foreach (string part in point.Dies.EpochParts)
            Read(part, metric, last, epochs);
        return [.. epochs.Select(epoch => Of(epoch.Key, epoch.Value))];
    }

    private static void Read(string part, Column metric, long last, SortedDictionary<long, List<double>> epochs)
    {
        long[] dies = ParquetTable.ReadIntegers(part, DieTable.Die);
        long[] numbers = ParquetTable.ReadIntegers(part, EpochColumn);
        double[] values = ParquetTable.ReadReals(part, metric.Name);
        for (int row = 0; row < values.Length; row++)
        {
            if (dies[row] > last)
                continue;
            if (!epochs.TryGetValue(numbers[row], out List<double>? epoch))
                epochs[numbers[row]] = epoch = [];
            epoch.Add(values[row]);
        }
    }
}
