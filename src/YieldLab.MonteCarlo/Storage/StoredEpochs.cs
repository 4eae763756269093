using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>What is stored of each epoch of some dies of a point. A column is read when it is asked for; parts that hold none
/// of the dies are not read.</summary>
public sealed class StoredEpochs
{
    private readonly List<(string File, int[] Places)> _parts = [];
    private readonly int _epochs;

    private StoredEpochs(PartStore store, long[] dies)
    {
        Dies = dies.Length;
        _epochs = store.Layout.EpochsPerDie;
        Columns = [.. store.Layout.Epochs.Where(column => column.Type == ColumnType.Real && column.IsMetric)];
        foreach (var (file, part) in store.EpochParts.Zip(store.Numbers))
            if (dies.Any(die => store.Layout.PartOf(die) == part))
                _parts.Add((file, Places(file, dies)));
    }

    /// <summary>How many dies.</summary>
    public int Dies { get; }

    /// <summary>Epochs of each die, from 1 on.</summary>
    public int Epochs => _epochs;

    /// <summary>The metrics that each epoch has.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The epochs of dies; null where the run stored none.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="description">Its tables.</param>
    /// <param name="point">One of its points.</param>
    /// <param name="dies">Dies of it.</param>
    public static StoredEpochs? Of(RunFolder folder, RunDescription description, StoredPoint point, StoredDies dies) =>
        description.Epochs.Count == 0 ? null : new(description.Store(folder, point), dies.Indices);

    /// <summary>A metric: of each epoch the values of the dies, in their order; NaN for a die that failed.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public double[][] Reals(string column)
    {
        double[][] values = [.. Enumerable.Range(0, _epochs).Select(_ => new double[Dies])];
        foreach (var (file, places) in _parts)
        {
            double[] rows = ParquetTable.ReadReals(file, column);
            for (int die = 0; die < places.Length; die++)
            for (int epoch = 0; places[die] >= 0 && epoch < _epochs; epoch++)
                values[epoch][places[die]] = rows[die * _epochs + epoch];
        }
        return values;
    }

    // Where each die of a part belongs. A run that was killed has left epochs of dies that are not there: below 0.
    private int[] Places(string file, long[] dies)
    {
        long[] rows = ParquetTable.ReadIntegers(file, DieTable.Die);
        var places = new int[rows.Length / _epochs];
        for (int i = 0; i < places.Length; i++)
            places[i] = Array.BinarySearch(dies, rows[i * _epochs]);
        return places;
    }
}
