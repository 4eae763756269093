using Spectre.Console;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Output;

/// <summary>Prints the points of a sweep in 80 columns, a line each: its number, its values and the yield of all
/// specifications together.
/// Where the values leave no room they stand below the table, under the names of the points.</summary>
internal static class SweepTable
{
    private const int WidestLine = 80;

    public static void Print(StoredRun run)
    {
        string[] names = [.. run.Swept.Select(column => column.Name)];
        string[][] values = [.. run.Points.Select(point => Values(point.Point))];
        string[][] yields = [.. run.Points.Select(Yield)];
        string[] headers = ["passed", "yield", SummaryTables.Interval(run.Rule)];
        string[][] wide =
        [
            ["point", .. names, .. headers],
            .. values.Zip(yields).Select((row, i) => (string[])[$"{i}", .. row.First, .. row.Second]),
        ];
        if (Width(wide) <= WidestLine)
        {
            Write(wide);
            return;
        }
        Write([
            ["point", .. headers],
            .. run.Points.Zip(yields, (p, b) => (string[])[p.Point.Name, .. b]),
        ]);
        foreach (var (point, texts) in run.Points.Zip(values))
        foreach (string line in Lines(point.Point.Name, [.. names.Zip(texts, (name, text) => $"{name} = {text}")]))
            Console.WriteLine(line);
    }

    /// <summary>What is swept at a point, in one line.</summary>
    public static string Values(StoredPoint point, string separator) =>
        string.Join(separator, point.Swept.Select(value => $"{value.Column.Name} = {Text(value)}"));

    private static string[] Values(StoredPoint point) => [.. point.Swept.Select(Text)];

    private static string Text(PointValue value) =>
        value.Value is double number ? QuantityText.Of(number, value.Column.Unit) : (string)value.Value;

    private static string[] Yield(RunSummary point) =>
        point.Yields is [.., var all]
            ? [$"{all.Passed} of {all.Total}", SummaryTables.Percent(all.Value), SummaryTables.Interval(all)]
            : ["-", "-", "-"];

    private static void Write(string[][] rows)
    {
        Table table = SummaryTables.NewTable(rows[0]);
        foreach (string[] row in rows[1..])
            table.AddRow([.. row.Select(Markup.Escape)]);
        Terminal.Write(table);
    }

    // A space before the first column and two behind each.
    private static int Width(string[][] rows) =>
        1 + Enumerable.Range(0, rows[0].Length).Sum(column => rows.Max(row => row[column].Length) + 2);

    // Further lines of a point are indented.
    private static IEnumerable<string> Lines(string name, string[] items)
    {
        string line = $"{name}: {items[0]}";
        foreach (string item in items[1..])
        {
            line += ",";
            if (line.Length + 1 + item.Length + 1 <= WidestLine)
            {
                line += $" {item}";
                continue;
            }
            yield return line;
            line = new string(' ', name.Length + 2) + item;
        }
        yield return line;
    }
}
