using System.Numerics;
using Parquet;
using Parquet.Schema;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>
/// A table as Parquet files: flat columns, Snappy, one row group a file. Units and meanings stand in the file's
/// metadata under <c>unit.COLUMN</c> and <c>meaning.COLUMN</c>.
/// </summary>
public static class ParquetTable
{
    // Zstandard's fastest level writes files smaller by an eighth in twice the time.
    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Snappy };

    /// <summary>Rows of a block as the bytes of one Parquet file.</summary>
    /// <param name="block">Where the rows are.</param>
    /// <param name="rows">Which of them, in order.</param>
    public static byte[] Encode(RowBlock block, int[] rows) => EncodeAsync(block, rows).GetAwaiter().GetResult();

    /// <summary>The values of a real column; NaN for null.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static double[] ReadReals(string path, string column) => Read(path, column, ReadRealsAsync);

    /// <summary>Names of the columns, in order.</summary>
    public static IReadOnlyList<string> ColumnNames(string path)
    {
        return Read().GetAwaiter().GetResult();

        async Task<string[]> Read()
        {
            await using var reader = await ParquetReader.CreateAsync(path);
            return [.. reader.Schema.DataFields.Select(field => field.Name)];
        }
    }

    /// <summary>The values of a column of numbers as any program may write them, whole or real, with or without nulls; NaN
    /// for null.</summary>
    /// <exception cref="ArgumentException">There is no such column, or it holds something else.</exception>
    public static double[] ReadNumbers(string path, string column) =>
        NumbersAsync(path, column).GetAwaiter().GetResult();

    /// <summary>The values of an integer column, such as the index of the die.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static long[] ReadIntegers(string path, string column) => Read(path, column, ReadIntegersAsync);

    /// <summary>The values of a boolean column.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static bool[] ReadTruths(string path, string column) => Read(path, column, ReadTruthsAsync);

    /// <summary>The values of a text column.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static string?[] ReadTexts(string path, string column) => Read(path, column, ReadTextsAsync);

    /// <summary>Reads all columns of a file into rows of a block.</summary>
    /// <param name="content">The file.</param>
    /// <param name="block">Has the columns of the file.</param>
    /// <param name="rows">For each row of the file, where it belongs.</param>
    internal static void Decode(byte[] content, RowBlock block, int[] rows) =>
        DecodeAsync(content, block, rows).GetAwaiter().GetResult();

    /// <summary>The indices of the dies of a file in memory.</summary>
    internal static long[] DecodeDies(byte[] content) =>
        ReadAsync(new MemoryStream(content), "a part", DieTable.Die, ReadIntegersAsync).GetAwaiter().GetResult();

    private static async Task DecodeAsync(byte[] content, RowBlock block, int[] rows)
    {
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(content));
        int first = 0;
        foreach (var group in reader.RowGroups)
        {
            int[] places = rows[first..(first + checked((int)group.RowCount))];
            first += places.Length;
            foreach (DataField field in reader.Schema.DataFields)
                await ReadColumnAsync(group, field, block[field.Name], places);
        }
    }

    private static async Task ReadColumnAsync(ParquetRowGroupReader group, DataField field, Array column, int[] places)
    {
        switch (column)
        {
            case long[] integers:
                Scatter(await ReadIntegersAsync(group, field, places.Length), integers, places);
                break;
            case double[] reals:
                Scatter(await ReadRealsAsync(group, field, places.Length), reals, places);
                break;
            case bool[] truths:
                Scatter(await ReadTruthsAsync(group, field, places.Length), truths, places);
                break;
            default:
                Scatter(await ReadTextsAsync(group, field, places.Length), (string?[])column, places);
                break;
        }
    }

    private static void Scatter<T>(T[] values, T[] column, int[] places)
    {
        for (int i = 0; i < places.Length; i++)
            column[places[i]] = values[i];
    }

    private static async Task<double[]> ReadRealsAsync(ParquetRowGroupReader group, DataField field, int count)
    {
        var values = new double?[count];
        await group.ReadAsync<double>(field, values.AsMemory());
        return Array.ConvertAll(values, value => value ?? double.NaN);
    }

    private static async Task<long[]> ReadIntegersAsync(ParquetRowGroupReader group, DataField field, int count)
    {
        var values = new long[count];
        await group.ReadAsync<long>(field, values.AsMemory());
        return values;
    }

    private static async Task<bool[]> ReadTruthsAsync(ParquetRowGroupReader group, DataField field, int count)
    {
        var values = new bool[count];
        await group.ReadAsync<bool>(field, values.AsMemory());
        return values;
    }

    private static async Task<string?[]> ReadTextsAsync(ParquetRowGroupReader group, DataField field, int count)
    {
        var values = new string?[count];
        await group.ReadAsync(field, values.AsMemory());
        return values;
    }

    private static async Task<byte[]> EncodeAsync(RowBlock block, int[] rows)
    {
        var fields = block.Columns.Select(Field).ToArray();
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, Options))
        {
            writer.CustomMetadata = block
                .Columns.SelectMany(column =>
                    new[]
                    {
                        KeyValuePair.Create($"unit.{column.Name}", column.Unit),
                        KeyValuePair.Create($"meaning.{column.Name}", column.Meaning),
                    }
                )
                .ToDictionary();
            using var group = writer.CreateRowGroup();
            for (int i = 0; i < fields.Length; i++)
                await WriteColumnAsync(group, fields[i], block[block.Columns[i].Name], rows);
            group.CompleteValidate();
        }
        return stream.ToArray();
    }

    private static DataField Field(Column column) =>
        column.Type switch
        {
            ColumnType.Integer => new DataField<long>(column.Name),
            ColumnType.Real => new DataField<double>(column.Name, true),
            ColumnType.Truth => new DataField<bool>(column.Name),
            _ => new DataField<string>(column.Name, true),
        };

    private static Task WriteColumnAsync(ParquetRowGroupWriter group, DataField field, Array column, int[] rows) =>
        column switch
        {
            long[] values => group.WriteAsync<long>(field, Array.ConvertAll(rows, row => values[row])),
            bool[] values => group.WriteAsync<bool>(field, Array.ConvertAll(rows, row => values[row])),
            double[] values => group.WriteAsync<double>(
                field,
                Array.ConvertAll(rows, row => double.IsNaN(values[row]) ? default(double?) : values[row])
            ),
            _ => group.WriteAsync(field, Array.ConvertAll(rows, row => ((string?[])column)[row])!),
        };

    private static async Task<double[]> NumbersAsync(string path, string column)
    {
        await using var reader = await ParquetReader.CreateAsync(path);
        DataField field = Named(reader.Schema.DataFields, path, column);
        var values = new List<double>();
        foreach (var group in reader.RowGroups)
            values.AddRange(
                await (
                    Type.GetTypeCode(field.ClrType) switch
                    {
                        TypeCode.Double => NumbersAsync<double>(group, field),
                        TypeCode.Single => NumbersAsync<float>(group, field),
                        TypeCode.Int64 => NumbersAsync<long>(group, field),
                        TypeCode.Int32 => NumbersAsync<int>(group, field),
                        _ => throw new ArgumentException(
                            $"{path}: column '{column}' does not hold numbers; expected integers or reals of 32 or 64 bits"
                        ),
                    }
                )
            );
        return [.. values];
    }

    private static async Task<double[]> NumbersAsync<T>(ParquetRowGroupReader group, DataField field)
        where T : unmanaged, INumberBase<T>
    {
        int count = checked((int)group.RowCount);
        if (!field.IsNullable)
        {
            var all = new T[count];
            await group.ReadAsync<T>(field, all.AsMemory());
            return Array.ConvertAll(all, double.CreateChecked);
        }
        var values = new T?[count];
        await group.ReadAsync<T>(field, values.AsMemory());
        return Array.ConvertAll(values, value => value is { } number ? double.CreateChecked(number) : double.NaN);
    }

    private static DataField Named(DataField[] fields, string path, string column) =>
        fields.FirstOrDefault(field => field.Name == column)
        ?? throw new ArgumentException(
            $"{path}: there is no column '{column}'; expected one of {string.Join(", ", fields.Select(f => f.Name))}"
        );

    private static DataField Field<T>(DataField[] fields, string path, string column)
    {
        DataField field = Named(fields, path, column);
        // The library has a type of its own for text.
        bool isText = !field.ClrType.IsPrimitive;
        return isText == (typeof(T) == typeof(string)) && (isText || field.ClrType == typeof(T))
            ? field
            : throw new ArgumentException(
                $"{path}: column '{column}' holds {field.ClrType.Name}, not {typeof(T).Name}"
            );
    }

    private static T[] Read<T>(string path, string column, Func<ParquetRowGroupReader, DataField, int, Task<T[]>> read)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return ReadAsync(file, path, column, read).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException($"{path}: the file is gone; the same run command computes its dies again", e);
        }
        // The reader throws what it stumbles over. A column that is not there is no fault of the file.
        catch (Exception e) when (e.GetType() != typeof(ArgumentException))
        {
            throw new IOException(
                $"{path}: torn or altered ({e.Message.TrimEnd('.')}); the same run command computes its dies again",
                e
            );
        }
    }

    private static async Task<T[]> ReadAsync<T>(
        Stream file,
        string name,
        string column,
        Func<ParquetRowGroupReader, DataField, int, Task<T[]>> read
    )
    {
        await using var reader = await ParquetReader.CreateAsync(file);
        DataField field = Field<T>(reader.Schema.DataFields, name, column);
        var values = new List<T>();
        foreach (var group in reader.RowGroups)
            values.AddRange(await read(group, field, checked((int)group.RowCount)));
        return [.. values];
    }
}
