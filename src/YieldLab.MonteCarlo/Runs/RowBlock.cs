namespace YieldLab.MonteCarlo.Runs;

/// <summary>
/// Rows of a table in memory, column by column. Threads may fill different rows at the same time. A real number that
/// does not exist is NaN.
/// </summary>
public sealed class RowBlock
{
    private readonly Array[] _columns;
    private readonly Dictionary<string, int> _index;

    public RowBlock(IReadOnlyList<Column> columns, int capacity)
    {
        Columns = columns;
        Capacity = capacity;
        _index = columns.Select((column, i) => (column.Name, i)).ToDictionary(c => c.Name, c => c.i);
        _columns = [.. columns.Select(column => Storage(column.Type, capacity))];
    }

    public IReadOnlyList<Column> Columns { get; }

    public int Capacity { get; }

    public long[] Integers(string column) => (long[])this[column];

    public double[] Reals(string column) => (double[])this[column];

    public bool[] Truths(string column) => (bool[])this[column];

    public string?[] Texts(string column) => (string?[])this[column];

    /// <summary>Empties rows: numbers that do not exist, zeros, no texts.</summary>
    public void Clear(int firstRow, int count)
    {
        foreach (Array column in _columns)
            if (column is double[] reals)
                reals.AsSpan(firstRow, count).Fill(double.NaN);
            else
                Array.Clear(column, firstRow, count);
    }

    /// <summary>The storage of a column: long[], double[], bool[] or string?[].</summary>
    public Array this[string column] => _columns[_index[column]];

    private static Array Storage(ColumnType type, int capacity) =>
        type switch
        {
            ColumnType.Integer => new long[capacity],
            ColumnType.Real => new double[capacity],
            ColumnType.Truth => new bool[capacity],
            _ => new string?[capacity],
        };
}
