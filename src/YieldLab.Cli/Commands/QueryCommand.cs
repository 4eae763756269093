using System.CommandLine;
using YieldLab.Cli.Queries;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab query</c>: SQL over the stored dies of a run.</summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("DIR") { Description = "Folder of a stored run" };
        var sql = new Argument<string>("SQL")
        {
            Description =
                "A SELECT over dies, points and, where they are stored, epochs; - reads it from standard input",
        };
        var format = new Option<string>("--format")
        {
            Description = "table (default), csv or json",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "csv", "json");
        var json = new Option<bool>("--json") { Description = "The same as --format json" };
        var command = new Command("query", "Ask the stored dies of a run a question in SQL (DuckDB); read-only")
        {
            run,
            sql,
            format,
            json,
        };
        command.SetAction(parsed =>
        {
            using RunFolder folder = RunFolder.Open(parsed.GetRequiredValue(run));
            using var database = new RunDatabase(folder, StoredRun.ReadManifest(folder));
            string asked = parsed.GetRequiredValue(sql);
            QueryAnswer answer = database.Ask(asked == "-" ? Console.In.ReadToEnd() : asked);
            Action<QueryAnswer> write = (parsed.GetValue(json) ? "json" : parsed.GetValue(format)) switch
            {
                "csv" => QueryWriter.Csv,
                "json" => QueryWriter.Json,
                _ => QueryWriter.Table,
            };
            write(answer);
            return 0;
        });
        return command;
    }
}
