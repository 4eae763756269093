using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>
/// Rows of one part in memory, and which of them are there. Threads may fill different rows at the same time.
/// </summary>
public sealed class PartRows
{
    private readonly bool[] _present;

    /// <param name="layout">The tables.</param>
    /// <param name="number">Which part.</param>
    /// <param name="capacity">Dies for which there is room, from the part's first on.</param>
    public PartRows(TableLayout layout, long number, int capacity)
    {
        Layout = layout;
        Number = number;
        Dies = new(layout.Dies, capacity);
        Epochs = layout.Epochs.Count == 0 ? null : new(layout.Epochs, checked(capacity * layout.EpochsPerDie));
        _present = new bool[capacity];
    }

    public TableLayout Layout { get; }

    public long Number { get; }

    /// <summary>Index of the die of row 0.</summary>
    public long FirstDie => Layout.DiesOf(Number).First;

    public RowBlock Dies { get; }

    /// <summary>Rows of the table of epochs, <see cref="TableLayout.EpochsPerDie"/> a die; null where there is none.</summary>
    public RowBlock? Epochs { get; }

    /// <summary>Rows that are there, in order.</summary>
    public int[] Rows => [.. Enumerable.Range(0, _present.Length).Where(row => _present[row])];

    /// <summary>What there is, as if it were stored.</summary>
    public StoredPart Stored
    {
        get
        {
            int[] rows = Rows;
            bool[] pass = Dies.Truths(DieTable.Pass);
            string?[] failures = Dies.Texts(DieTable.Failure);
            return new(
                Number,
                Array.ConvertAll(rows, row => FirstDie + row),
                Array.ConvertAll(rows, row => pass[row]),
                Array.ConvertAll(rows, row => failures[row] is not null)
            );
        }
    }

    public bool IsPresent(int row) => _present[row];

    public void Mark(int firstRow, int count) => _present.AsSpan(firstRow, count).Fill(true);

    /// <summary>Takes a row out, so that it is computed again or not stored.</summary>
    public void Unmark(int row) => _present[row] = false;

    /// <summary>Writes the values that all dies of a point share into rows.</summary>
    public void Fill(IReadOnlyList<PointValue> swept, int firstRow, int count)
    {
        foreach (PointValue value in swept)
        {
            Fill(Dies, value, firstRow, count);
            if (Epochs is not null)
                Fill(Epochs, value, firstRow * Layout.EpochsPerDie, count * Layout.EpochsPerDie);
        }
    }

    private static void Fill(RowBlock table, PointValue value, int firstRow, int count)
    {
        if (value.Value is double number)
            table.Reals(value.Column.Name).AsSpan(firstRow, count).Fill(number);
        else
            table.Texts(value.Column.Name).AsSpan(firstRow, count).Fill((string)value.Value);
    }
}
