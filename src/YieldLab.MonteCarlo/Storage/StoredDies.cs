using System.Collections.Concurrent;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>The stored dies of a point that count: all of them, or where a rule ended the point the first ones. Columns are
/// read when they are asked for, each in the order of the dies.</summary>
public sealed class StoredDies
{
    private readonly IReadOnlyList<string> _parts;

    // Dies that are stored in each part.
    private readonly IReadOnlyList<int> _sizes;

    // Columns that were read, where they are kept.
    private readonly ConcurrentDictionary<string, Lazy<Array>>? _kept;

    // Of other dies the first ones, in so many parts.
    private StoredDies(StoredDies dies, int parts, int count, bool keeps)
    {
        _parts = [.. dies._parts.Take(parts)];
        _sizes = [.. dies._sizes.Take(parts)];
        EpochParts = [.. dies.EpochParts.Take(parts)];
        Indices = dies.Indices[..count];
        Stored = count == dies.Indices.Length ? dies.Stored : count;
        _kept = keeps ? [] : null;
    }

    private StoredDies(PartStore store, long? counted)
    {
        _parts = store.DieParts;
        EpochParts = store.EpochParts;
        // The dies are stored in order.
        var dies = new List<long>();
        var sizes = new List<int>();
        foreach (string part in _parts)
        {
            long[] stored = ParquetTable.ReadIntegers(part, DieTable.Die);
            sizes.Add(stored.Length);
            dies.AddRange(stored.TakeWhile(die => !(die >= counted)));
        }
        Indices = [.. dies];
        _sizes = sizes;
        Stored = sizes.Sum(size => (long)size);
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

    /// <summary>The same dies with each column read once and kept: for many questions, at the same time, of whom none alters a
    /// column.</summary>
    public StoredDies Keeping() => new(this, _parts.Count, Indices.Length, keeps: true);

    /// <summary>The first of these dies alone; no other part is read, of their epochs either.</summary>
    /// <param name="count">How many; all of them where there are fewer.</param>
    public StoredDies First(int count)
    {
        int first = Math.Min(count, Indices.Length);
        int parts = 0;
        for (int dies = 0; dies < first; parts++)
            dies += _sizes[parts];
        return new(this, parts, first, keeps: false);
    }

    /// <summary>Whether each die failed and has no result.</summary>
    public bool[] Failed() =>
        Keep("failed", () => Array.ConvertAll(Texts(DieTable.Failure), failure => failure is not null));

    /// <summary>A metric as quantiles and specifications see it: infinity for a die that never does what is counted, NaN for
    /// one that failed or does not have it.</summary>
    /// <param name="metric">A column of reals.</param>
    public double[] Metric(Column metric)
    {
        double[] stored = Reals(metric.Name);
        if (!metric.NullIsNever)
            return stored;
        bool[] failed = Failed();
        double[] values = [.. stored];
        for (int die = 0; die < values.Length; die++)
            if (double.IsNaN(values[die]) && !failed[die])
                values[die] = double.PositiveInfinity;
        return values;
    }

    /// <summary>A column of reals; NaN for null.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public double[] Reals(string column) => Column(column, ParquetTable.ReadReals);

    /// <summary>A column of whole numbers.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public long[] Integers(string column) => Column(column, ParquetTable.ReadIntegers);

    /// <summary>A column of texts; null where there is nothing to say.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public string?[] Texts(string column) => Column(column, ParquetTable.ReadTexts);

    /// <summary>A column of truths.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public bool[] Truths(string column) => Column(column, ParquetTable.ReadTruths);

    /// <summary>A column of reals in a room that is there.</summary>
    internal double[] Reals(string column, double[] room) => Fill(room, ParquetTable.ReadReals, column);

    private T[] Column<T>(string name, Func<string, string, T[]> read) =>
        Keep($"column {name}", () => Fill(new T[Indices.Length], read, name));

    private T[] Keep<T>(string key, Func<T[]> make) =>
        _kept is null ? make() : (T[])_kept.GetOrAdd(key, _ => new(make)).Value;

    private T[] Fill<T>(T[] column, Func<string, string, T[]> read, string name)
    {
        int place = 0;
        foreach (string part in _parts)
        {
            if (place == column.Length)
                break;
            T[] values = read(part, name);
            int count = Math.Min(values.Length, column.Length - place);
            values.AsSpan(0, count).CopyTo(column.AsSpan(place));
            place += count;
        }
        return column;
    }
}
