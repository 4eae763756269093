using System.Security.Cryptography;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Studies.Data;

/// <summary>A Parquet file as a table of numbers. Messages count its rows from 1.</summary>
internal sealed class ParquetNumbers : INumberTable
{
    private readonly string _path;

    /// <param name="path">The file.</param>
    /// <param name="bytes">What it holds.</param>
    /// <exception cref="StudyException">It is no Parquet.</exception>
    public ParquetNumbers(string path, byte[] bytes)
    {
        _path = path;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Columns = Read(() => ParquetTable.ColumnNames(path));
    }

    public IReadOnlyList<string> Columns { get; }

    public string Sha256 { get; }

    /// <summary>Whether a file is Parquet by its first four bytes.</summary>
    public static bool IsParquet(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PAR1"u8);

    public double[] Numbers(string column)
    {
        double[] values = Read(() => ParquetTable.ReadNumbers(_path, column));
        int wrong = Array.FindIndex(values, value => !double.IsFinite(value));
        return wrong < 0
            ? values
            : throw Error(wrong, column, "null, not a number or infinite; expected a finite number");
    }

    public StudyException Error(string message) => new($"{_path}: {message}");

    public StudyException Error(int row, string column, string message) =>
        new($"{_path}: row {row + 1}: column '{column}': {message}");

    // The library's exceptions on a damaged file are of many types.
    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException e) when (e.Message.StartsWith(_path, StringComparison.Ordinal))
        {
            throw new StudyException(e.Message, e);
        }
        catch (Exception e)
        {
            throw new StudyException(
                $"{_path}: cannot be read as Parquet ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})",
                e
            );
        }
    }
}
