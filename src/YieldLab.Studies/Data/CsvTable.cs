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
)
{
    /// <exception cref="StudyException">The file cannot be read, is empty or is ragged.</exception>
    public static CsvTable Read(string path)
    {
        byte[] bytes = UserFile.ReadBytes(path, " (data.file is relative to the study file)");
        using var parser = new CsvParser(new StreamReader(new MemoryStream(bytes)), CultureInfo.InvariantCulture);
        string[] header =
            Next(parser, path)
            ?? throw new StudyException($"{path}:1: the file is empty; expected a header line and one example a line");
        RefuseOtherSeparators(path, header);
        header = [.. header.Select(name => name.Trim())];
        if (header.CountBy(name => name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw new StudyException($"{path}:1: two columns are called '{twice}'");
        var rows = new List<(int, string[])>();
        while (Next(parser, path) is { } fields)
        {
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
                $"{File}:{line}: column '{Header[column]}': '{fields[column]}' is not a finite number"
            );
    }

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
