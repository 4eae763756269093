using System.Globalization;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>What is stored of a part.</summary>
/// <param name="Number">Which part.</param>
/// <param name="Dies">Indices of its dies, ascending.</param>
/// <param name="Passed">For each, whether it meets all specifications.</param>
/// <param name="Failed">For each, whether it has no result.</param>
public sealed record StoredPart(long Number, long[] Dies, bool[] Passed, bool[] Failed)
{
    /// <summary>Its dies as runs of consecutive ones.</summary>
    public IEnumerable<DieRange> Runs
    {
        get
        {
            for (int first = 0, end; first < Dies.Length; first = end)
            {
                for (end = first + 1; end < Dies.Length && Dies[end] == Dies[end - 1] + 1; end++) { }
                yield return new(Dies[first], Dies[end - 1] + 1);
            }
        }
    }
}

/// <summary>The parts of one point in the folder of a run.</summary>
/// <param name="folder">The run.</param>
/// <param name="point">Name of the point; empty for the only one.</param>
/// <param name="layout">Its tables.</param>
public sealed class PartStore(RunFolder folder, string point, TableLayout layout)
{
    public TableLayout Layout { get; } = layout;

    /// <summary>Numbers of the parts that are there, whole or not, in order.</summary>
    public IReadOnlyList<long> Numbers => NumbersOf(RunFolder.Dies, ".parquet");

    /// <summary>Paths of the files of the table of dies.</summary>
    public IReadOnlyList<string> DieParts =>
        [.. Numbers.Select(number => System.IO.Path.Combine(folder.Path, File(RunFolder.Dies, number)))];

    /// <summary>Paths of the files of the table of epochs, in the same order; none where the run has no such table.</summary>
    public IReadOnlyList<string> EpochParts =>
        Layout.Epochs.Count == 0 ? [] : [.. Numbers.Select(number => PathOf(RunFolder.Epochs, number))];

    /// <summary>Files of all tables, named relative to the run's folder.</summary>
    internal IEnumerable<string> Files => Numbers.SelectMany(number => Tables.Select(table => File(table, number)));

    internal IReadOnlyList<long> Journals => NumbersOf(RunFolder.Journal, ".log");

    private IEnumerable<string> Tables =>
        Layout.Epochs.Count == 0 ? [RunFolder.Dies] : [RunFolder.Epochs, RunFolder.Dies];

    /// <summary>What is stored of a part, read from files that are as they were written; null where there is no such part,
    /// or it was torn or altered.</summary>
    public StoredPart? Read(long number)
    {
        if (!Tables.All(table => IsIntact(table, number)))
            return null;
        string file = PathOf(RunFolder.Dies, number);
        return new(
            number,
            ParquetTable.ReadIntegers(file, DieTable.Die),
            ParquetTable.ReadTruths(file, DieTable.Pass),
            [.. ParquetTable.ReadTexts(file, DieTable.Failure).Select(failure => failure is not null)]
        );
    }

    /// <summary>The rows of a part, with those that are stored: none where <see cref="Read"/> gives null.</summary>
    /// <param name="number">Which part.</param>
    /// <param name="capacity">Dies for which there is room; more where more are stored.</param>
    internal PartRows Load(long number, int capacity)
    {
        if (!Tables.All(table => IsIntact(table, number)))
            return new(Layout, number, capacity);
        byte[] dies = System.IO.File.ReadAllBytes(PathOf(RunFolder.Dies, number));
        int[] rows = RowsOf(dies, number);
        byte[] epochs = Layout.Epochs.Count == 0 ? [] : System.IO.File.ReadAllBytes(PathOf(RunFolder.Epochs, number));
        // A run that was killed between the two tables has left epochs of dies that are not there.
        int[] epochRows = Layout.Epochs.Count == 0 ? [] : RowsOf(epochs, number);
        var part = new PartRows(Layout, number, rows.Concat(epochRows).Append(capacity - 1).Max() + 1);
        ParquetTable.Decode(dies, part.Dies, rows);
        if (part.Epochs is not null)
            ParquetTable.Decode(
                epochs,
                part.Epochs,
                [.. epochRows.Select((row, i) => row * Layout.EpochsPerDie + i % Layout.EpochsPerDie)]
            );
        foreach (int row in rows)
            part.Mark(row, 1);
        return part;
    }

    /// <summary>Writes all rows of a part that are there.</summary>
    /// <exception cref="IOException">It cannot be written; what was stored of it before stays.</exception>
    internal void Write(PartRows part)
    {
        int[] rows = part.Rows;
        // The epochs first: dies that are there have all their rows.
        if (part.Epochs is not null)
            Write(File(RunFolder.Epochs, part.Number), ParquetTable.Encode(part.Epochs, EpochRows(rows)));
        Write(File(RunFolder.Dies, part.Number), ParquetTable.Encode(part.Dies, rows));
    }

    /// <summary>How a part is named to people.</summary>
    internal string NameOf(long number) => File(RunFolder.Dies, number);

    /// <summary>Whether there is a part, intact or not.</summary>
    internal bool Has(long number) => System.IO.File.Exists(PathOf(RunFolder.Dies, number));

    /// <summary>Refuses parts of which nobody can tell whether they are what a run wrote: to make them again would be to
    /// throw away what may be good.</summary>
    internal void RefuseWithoutChecksums()
    {
        if (Numbers.Count > 0 && !folder.Checksums.Exist)
            throw new IOException(
                $"{System.IO.Path.Combine(folder.Path, Checksums.Name)}: the checksums of the parts are gone; restore the file, or if you trust the parts write it anew (find dies epochs -name '*.parquet' | xargs sha256sum > {Checksums.Name}), or replace the run with --overwrite"
            );
    }

    /// <summary>Takes a part away.</summary>
    internal void Delete(long number)
    {
        foreach (string table in Tables.Reverse())
            System.IO.File.Delete(PathOf(table, number));
    }

    /// <summary>The journal of a part.</summary>
    internal PartJournal JournalOf(long number) => new(JournalPath(number), Layout);

    /// <summary>Adds the rows of a journal to a part.</summary>
    internal void Replay(PartRows part) => PartJournal.Replay(JournalPath(part.Number), part);

    private string JournalPath(long number) =>
        System.IO.Path.Combine(folder.Path, RunFolder.Journal, point, $"{Name(number)}.log");

    private bool IsIntact(string table, long number)
    {
        string path = PathOf(table, number);
        if (!System.IO.File.Exists(path))
            return false;
        using FileStream content = System.IO.File.OpenRead(path);
        return folder.Checksums.Match(File(table, number), content);
    }

    private void Write(string name, byte[] content)
    {
        try
        {
            folder.Checksums.Add(name, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RunFolder.Unwritable(System.IO.Path.Combine(folder.Path, name), e);
        }
        folder.WriteWhole(name, content);
    }

    private int[] RowsOf(byte[] content, long number)
    {
        long first = Layout.DiesOf(number).First;
        return Array.ConvertAll(ParquetTable.DecodeDies(content), die => checked((int)(die - first)));
    }

    private int[] EpochRows(int[] rows) =>
        [.. rows.SelectMany(row => Enumerable.Range(row * Layout.EpochsPerDie, Layout.EpochsPerDie))];

    // With slashes on every system, as sha256sum has them.
    private string File(string table, long number) =>
        point.Length == 0 ? $"{table}/{Name(number)}.parquet" : $"{table}/{point}/{Name(number)}.parquet";

    private string PathOf(string table, long number) => System.IO.Path.Combine(folder.Path, File(table, number));

    private static string Name(long number) => $"part-{number:00000}";

    private IReadOnlyList<long> NumbersOf(string table, string ending)
    {
        string path = System.IO.Path.Combine(folder.Path, table, point);
        return Directory.Exists(path)
            ?
            [
                .. Directory
                    .GetFiles(path, $"part-*{ending}")
                    .Select(file => System.IO.Path.GetFileNameWithoutExtension(file)["part-".Length..])
                    .Where(number => number.All(char.IsAsciiDigit))
                    .Select(number => long.Parse(number, CultureInfo.InvariantCulture))
                    .Order(),
            ]
            : [];
    }
}
