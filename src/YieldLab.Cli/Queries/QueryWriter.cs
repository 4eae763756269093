using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using Spectre.Console;
using YieldLab.Cli.Output;

namespace YieldLab.Cli.Queries;

/// <summary>Writes the answer to a query.</summary>
internal static class QueryWriter
{
    /// <summary>As a table, numbers to the right and rounded to six digits.</summary>
    public static void Table(QueryAnswer answer)
    {
        var table = new Table { Border = TableBorder.Simple };
        for (int i = 0; i < answer.Columns.Count; i++)
        {
            var column = new TableColumn(Markup.Escape(answer.Columns[i]));
            table.AddColumn(answer.Rows.Any(row => row[i] is string) ? column : column.RightAligned());
        }
        foreach (object?[] row in answer.Rows)
            table.AddRow([.. row.Select(value => new Text(Shown(value)))]);
        Terminal.Write(table, AnsiConsole.Profile.Width);
    }

    private static string Shown(object? value) =>
        value switch
        {
            null => "NULL",
            double number => number.ToString("g6", CultureInfo.InvariantCulture),
            _ => QueryAnswer.Text(value),
        };

    /// <summary>As CSV (RFC 4180) with a header line; null is empty.</summary>
    public static void Csv(QueryAnswer answer)
    {
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var csv = new CsvWriter(Console.Out, settings, leaveOpen: true);
        foreach (string name in answer.Columns)
            csv.WriteField(name);
        csv.NextRecord();
        foreach (object?[] row in answer.Rows)
        {
            foreach (object? value in row)
                csv.WriteField(QueryAnswer.Text(value));
            csv.NextRecord();
        }
    }

    /// <summary>As a JSON array of objects; a number that JSON has not is null.</summary>
    public static void Json(QueryAnswer answer) =>
        Console.WriteLine(
            JsonText.Of(
                new JsonArray([
                    .. answer.Rows.Select(row => new JsonObject(
                        row.Select((value, i) => KeyValuePair.Create(answer.Columns[i], Value(value)))
                    )),
                ])
            )
        );

    private static JsonNode? Value(object? value) =>
        value switch
        {
            null => null,
            bool truth => truth,
            long whole => whole,
            double number => double.IsFinite(number) ? number : null,
            _ => QueryAnswer.Text(value),
        };
}
