using System.Security.Cryptography;
using ParquetSharp;
using Encoding = System.Text.Encoding;

namespace YieldLab.SimulationTests;

/// <summary>
/// A table of a run as ParquetSharp (the Arrow C++ library) reads it: long[], double?[], bool[] or string?[] by column.
/// </summary>
internal sealed record StoredTable(IReadOnlyDictionary<string, Array> Columns)
{
    public int Rows => Columns.Values.First().Length;

    /// <summary>Reads all parts.</summary>
    /// <param name="run">Folder of the run.</param>
    /// <param name="table">"dies" or "epochs".</param>
    public static StoredTable Read(string run, string table)
    {
        var parts = Parts(run, table).Select(ReadPart).ToList();
        return new(
            parts[0].Keys.ToDictionary(name => name, name => Concatenate([.. parts.Select(columns => columns[name])]))
        );
    }

    /// <summary>Files of a table, in order.</summary>
    public static string[] Parts(string run, string table) =>
        [.. Directory.GetFiles(Path.Combine(run, table), "*.parquet").Order(StringComparer.Ordinal)];

    /// <summary>Some of the columns, in this order.</summary>
    public StoredTable Only(params IEnumerable<string> names) =>
        new(names.ToDictionary(name => name, name => Columns[name]));

    public T[] Column<T>(string name) => (T[])Columns[name];

    /// <summary>SHA-256 of every bit of every column of the first rows, nulls and column names included.</summary>
    public string Hash(int rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, column) in Columns)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n"));
            for (int row = 0; row < rows; row++)
                hash.AppendData(Bytes(column.GetValue(row)));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public string Hash() => Hash(Rows);

    // The first byte tells null from any value.
    private static byte[] Bytes(object? value) =>
        value switch
        {
            null => [0],
            long number => [1, .. BitConverter.GetBytes(number)],
            double number => [2, .. BitConverter.GetBytes(number)],
            bool truth => [3, (byte)(truth ? 1 : 0)],
            _ => [4, .. Encoding.UTF8.GetBytes((string)value), 0],
        };

    private static Dictionary<string, Array> ReadPart(string path)
    {
        using var reader = new ParquetFileReader(path);
        SchemaDescriptor schema = reader.FileMetaData.Schema;
        using RowGroupReader group = reader.RowGroup(0);
        var columns = new Dictionary<string, Array>();
        for (int i = 0; i < schema.NumColumns; i++)
        {
            using ColumnReader column = group.Column(i);
            columns.Add(schema.Column(i).Name, Values(column, checked((int)group.MetaData.NumRows)));
        }
        return columns;
    }

    private static Array Values(ColumnReader column, int rows) =>
        column.Type switch
        {
            PhysicalType.Int64 => column.LogicalReader<long>().ReadAll(rows),
            PhysicalType.Double => column.LogicalReader<double?>().ReadAll(rows),
            PhysicalType.Boolean => column.LogicalReader<bool>().ReadAll(rows),
            _ => column.LogicalReader<string?>().ReadAll(rows),
        };

    private static Array Concatenate(Array[] arrays)
    {
        Array all = Array.CreateInstance(arrays[0].GetType().GetElementType()!, arrays.Sum(array => array.Length));
        int place = 0;
        foreach (Array array in arrays)
        {
            array.CopyTo(all, place);
            place += array.Length;
        }
        return all;
    }
}
