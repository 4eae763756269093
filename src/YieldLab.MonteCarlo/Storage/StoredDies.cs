using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>The stored dies of a point that count: all of them, or where a rule ended the point the first ones. Columns are
/// read when they are asked for, each in the order of the dies.</summary>
public sealed class StoredDies
{
    private readonly IReadOnlyList<string> _parts;

    private StoredDies(PartStore store, long? counted)
    {
        _parts = store.DieParts;
        EpochParts = store.EpochParts;
        // The dies are stored in order.
        var dies = new List<long>();
        foreach (string part in _parts)
        {
            long[] stored = ParquetTable.ReadIntegers(part, DieTable.Die);
            Stored += stored.Length;
            dies.AddRange(stored.TakeWhile(die => !(die >= counted)));
        }
        Indices = [.. dies];
    }

    /// <summary>Index of each die, ascending.</summary>
    public long[] Indices { get; }

    /// <summary>Dies that are stored, whether or not they count.</summary>
    public long Stored { get; }

    /// <summary>Dies that are stored and do not count, since a rule had ended the point before them.</summary>
    public long Uncounted => Stored - Indices.Length;

    /// <summary>Paths of the files of their epochs, in order, with the epochs of dies that do not count; none where the run has no
    /// table of epochs.</summary>
    public IReadOnlyList<string> EpochParts { get; }

    /// <summary>The dies of a point.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="description">Its tables.</param>
    /// <param name="point">One of its points.</param>
    public static StoredDies Of(RunFolder folder, RunDescription description, StoredPoint point) =>
        new(description.Store(folder, point), point.Counted);

    /// <summary>Whether each die failed and has no result.</summary>
    public bool[] Failed() => Array.ConvertAll(Texts(DieTable.Failure), failure => failure is not null);

    /// <summary>A metric as quantiles and specifications see it: infinity for a die that never does what is counted, NaN for
    /// one that failed or does not have it.</summary>
    /// <param name="metric">A column of reals.</param>
    public double[] Metric(Column metric)
    {
        double[] values = Reals(metric.Name);
        if (!metric.NullIsNever)
            return values;
        bool[] failed = Failed();
        for (int die = 0; die < values.Length; die++)
            if (double.IsNaN(values[die]) && !failed[die])
                values[die] = double.PositiveInfinity;
        return values;
    }

    /// <summary>A column of reals; NaN for null.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public double[] Reals(string column) => Reals(column, new double[Indices.Length]);

    /// <summary>A column of whole numbers.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public long[] Integers(string column) => Fill(new long[Indices.Length], ParquetTable.ReadIntegers, column);

    /// <summary>A column of texts; null where there is nothing to say.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public string?[] Texts(string column) => Fill(new string?[Indices.Length], ParquetTable.ReadTexts, column);

    /// <summary>A column of truths.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public bool[] Truths(string column) => Fill(new bool[Indices.Length], ParquetTable.ReadTruths, column);

    /// <summary>A column of reals in a room that is there.</summary>
    internal double[] Reals(string column, double[] room) => Fill(room, ParquetTable.ReadReals, column);

    private T[] Fill<T>(T[] column, Func<string, string, T[]> read, string name)
    {
        int place = 0;
        foreach (string part in _parts)
        {
            T[] values = read(part, name);
            int count = Math.Min(values.Length, column.Length - place);
            values.AsSpan(0, count).CopyTo(column.AsSpan(place));
            place += count;
        }
        return column;
    }
}
