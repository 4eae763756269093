using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Data;

/// <summary>A CSV file with a header line; every row has as many fields as the header.</summary>
/// <param name="File">The file.</param>
/// <param name="Header">Column names.</param>
/// <param name="Rows">Fields as text, with the line that each row ends on.</param>
/// <param name="Sha256">Hash of the file's bytes, in hexadecimal.</param>
internal sealed record CsvTable(
    string File,
    string[] Header,
    IReadOnlyList<(int Line, string[] Fields)> Rows,
    string Sha256
) : INumberTable
{
    public IReadOnlyList<string> Columns => Header;

    /// <summary>A table of examples.</summary>
    /// <exception cref="StudyException">The file cannot be read, is empty or is ragged.</exception>
    public static CsvTable Read(string path) =>
        Parse(path, UserFile.ReadBytes(path, " (data.file is relative to the study file)"), "example", "examples");

    /// <summary>The table that a file holds.</summary>
    /// <param name="path">How messages name the file.</param>
    /// <param name="bytes">What it holds.</param>
    /// <param name="row">What a row is.</param>
    /// <param name="rows">What several are.</param>
    /// <exception cref="StudyException">The file is empty or ragged.</exception>
    public static CsvTable Parse(string path, byte[] bytes, string row, string rows)
    {
        using var parser = new CsvParser(new StreamReader(new MemoryStream(bytes)), CultureInfo.InvariantCulture);
        string[] header =
            Next(parser, path)
            ?? throw new StudyException($"{path}:1: the file is empty; expected a header line and one {row} a line");
        RefuseOtherSeparators(path, header);
        header = [.. header.Select(name => name.Trim())];
        if (header.CountBy(name => name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw new StudyException($"{path}:1: two columns are called '{twice}'");
        var read = new List<(int, string[])>();
        while (Next(parser, path) is { } fields)
        {
            if (fields.Length != header.Length)
                throw new StudyException(
                    $"{path}:{parser.RawRow}: {fields.Length} fields where the header has {header.Length}"
                );
            read.Add((parser.RawRow, fields));
        }
        if (read.Count == 0)
            throw new StudyException($"{path}:2: there are no {rows} below the header line");
        return new(path, header, read, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>A field as a finite number.</summary>
    public double Number(int row, int column)
    {
        string[] fields = Rows[row].Fields;
        return
            double.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? value
            : throw Error(row, Header[column], $"'{fields[column]}' is not a finite number");
    }

    public double[] Numbers(string column)
    {
        int index = Array.IndexOf(Header, column);
        return [.. Enumerable.Range(0, Rows.Count).Select(row => Number(row, index))];
    }

    public StudyException Error(string message) => new($"{File}:1: {message}");

    public StudyException Error(int row, string column, string message) =>
        new($"{File}:{Rows[row].Line}: column '{column}': {message}");

    // One column that is called 'a;b;c' is nobody's table.
    private static void RefuseOtherSeparators(string path, string[] header)
    {
        if (header is not [var only])
            return;
        foreach (var (separator, name) in new[] { (';', "semicolons"), ('\t', "tabs") })
            if (only.Contains(separator))
                throw new StudyException(
                    $"{path}:1: fields are separated by commas; this header has {name} and no comma"
                );
    }

    // The next record, or null at the end. The parser looks at the quotes when the record is asked for.
    private static string[]? Next(CsvParser parser, string path)
    {
        // Where the record starts: a quote that is never closed runs on to the end of the file.
        int line = parser.RawRow + 1;
        try
        {
            return parser.Read() ? parser.Record : null;
        }
        catch (CsvHelperException)
        {
            throw new StudyException(
                $"{path}:{line}: a quote that is not closed, or stands inside a field; quote the whole field and double the quotes in it"
            );
        }
    }
}
