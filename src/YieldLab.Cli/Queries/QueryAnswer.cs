using System.Collections;
using System.Globalization;
using DuckDB.NET.Data;

namespace YieldLab.Cli.Queries;

/// <summary>Rows that a query gave.</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">Values: null, bool, long, double, text, or another type of DuckDB as text.</param>
internal sealed record QueryAnswer(IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>Reads all rows.</summary>
    public static QueryAnswer Read(DuckDBDataReader reader)
    {
        int count = reader.FieldCount;
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([
                .. Enumerable.Range(0, count).Select(i => reader.IsDBNull(i) ? null : Plain(reader.GetValue(i))),
            ]);
        return new([.. Enumerable.Range(0, count).Select(reader.GetName)], rows);
    }

    /// <summary>A value as text that reads the same everywhere; empty for null.</summary>
    public static string Text(object? value) =>
        value switch
        {
            null => "",
            bool truth => truth ? "true" : "false",
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => $"{value}",
        };

    private static object Plain(object value) =>
        value switch
        {
            bool or string or double or long => value,
            float number => (double)number,
            sbyte or byte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            IList list =>
                $"[{string.Join(", ", list.Cast<object?>().Select(item => item is null ? "NULL" : Text(Plain(item))))}]",
            _ => Text(value),
        };
}
