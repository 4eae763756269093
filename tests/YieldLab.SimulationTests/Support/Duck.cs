using DuckDB.NET.Data;

namespace YieldLab.SimulationTests;

/// <summary>DuckDB over the files of a run, as a user would ask it.</summary>
internal sealed class Duck : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public Duck() => _connection.Open();

    /// <summary>All rows of an answer; null for SQL's NULL.</summary>
    public List<object?[]> Ask(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([
                .. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i)),
            ]);
        return rows;
    }

    public void Dispose() => _connection.Dispose();
}
