using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;

namespace YieldLab.Studies.Data;

/// <summary>A CSV file with a header line; every row has as many fields as the header.</summary>
/// <param name="Path">The file.</param>
/// <param name="Header">Column names.</param>
/// <param name="Rows">Fields as text, with the line that each row ends on.</param>
/// <param name="Sha256">Hash of the file's bytes, in hexadecimal.</param>
internal sealed record CsvTable(
    string Path,
    string[] Header,
    IReadOnlyList<(int Line, string[] Fields)> Rows,
    string Sha256
)
{
    /// <exception cref="StudyException">The file cannot be read, is empty or is ragged.</exception>
    public static CsvTable Read(string path)
    {
        byte[] bytes = ReadBytes(path);
        using var parser = new CsvParser(new StreamReader(new MemoryStream(bytes)), CultureInfo.InvariantCulture);
        if (!parser.Read())
            throw new StudyException($"{path}:1: the file is empty; expected a header line and one example a line");
        string[] header = [.. parser.Record!.Select(name => name.Trim())];
        var rows = new List<(int, string[])>();
        while (parser.Read())
        {
            string[] fields = parser.Record!;
            if (fields.Length != header.Length)
                throw new StudyException(
                    $"{path}:{parser.RawRow}: {fields.Length} fields where the header has {header.Length}"
                );
            rows.Add((parser.RawRow, fields));
        }
        if (rows.Count == 0)
            throw new StudyException($"{path}:2: there are no examples below the header line");
        return new(path, header, rows, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>A field as a finite number.</summary>
    public double Number(int row, int column)
    {
        var (line, fields) = Rows[row];
        return
            double.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? value
            : throw new StudyException(
                $"{Path}:{line}: column '{Header[column]}': '{fields[column]}' is not a finite number"
            );
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StudyException(
                File.Exists(path)
                    ? $"{path}: cannot be read ({e.Message})"
                    : $"{path}: there is no such file (data.file is relative to the study file)"
            );
        }
    }
}
