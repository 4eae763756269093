using System.Globalization;
using DuckDB.NET.Data;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies;

namespace YieldLab.Cli.Queries;

/// <summary>
/// The stored tables of a run as views of a DuckDB database in memory: <c>dies</c>, where there is one <c>epochs</c>, and
/// <c>points</c> with a row for each point. Nothing can be written: only queries are taken, and no other file is read.
/// </summary>
internal sealed class RunDatabase : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly RunFolder _folder;
    private readonly StoredRun _run;
    private bool _pointsAreFilled;

    /// <param name="folder">The run; open as long as questions are asked.</param>
    /// <param name="run">What it says, without its dies: they are read where a query needs them.</param>
    public RunDatabase(RunFolder folder, StoredRun run)
    {
        (_folder, _run) = (folder, run);
        _connection.Open();
        string[] dies = [.. run.Description.Points.SelectMany(point => PartsOf(folder, run, point))];
        if (dies.Length == 0)
            throw new StudyException($"{folder.Path}: no die is stored yet");
        Execute($"create view dies as {Dies(folder, run)}");
        string[] epochs = [.. folder.EpochParts.Select(Path.GetFullPath)];
        if (epochs.Length > 0)
            Execute($"create view epochs as select * from {Parquet(epochs, run)}");
        CreatePoints();
        // After this no file but the parts can be read, and nobody can change that.
        Execute($"set allowed_paths = [{List([.. dies, .. epochs])}]");
        Execute("set enable_external_access = false");
        Execute("set lock_configuration = true");
    }

    /// <summary>The answer to a query.</summary>
    /// <exception cref="StudyException">It is no query, or DuckDB does not understand it.</exception>
    public QueryAnswer Ask(string sql)
    {
        try
        {
            RefuseOthers(sql);
            if (MayReadPoints(sql) && !_pointsAreFilled)
                FillPoints();
            using DuckDBCommand command = _connection.CreateCommand();
            command.CommandText = sql;
            using DuckDBDataReader reader = command.ExecuteReader();
            return QueryAnswer.Read(reader);
        }
        catch (DuckDBException e)
        {
            throw new StudyException($"query: {OneLine(e.Message)}", e);
        }
    }

    public void Dispose() => _connection.Dispose();

    // What is no single SELECT cannot be written down as one.
    private void RefuseOthers(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = "select json_serialize_sql($1::varchar)";
        command.Parameters.Add(new DuckDBParameter(sql));
        var json = System.Text.Json.Nodes.JsonNode.Parse((string)command.ExecuteScalar()!)!;
        if ((bool)json["error"]!)
            throw new StudyException($"query: {Reason(json)}");
        if (json["statements"]!.AsArray().Count != 1)
            throw new StudyException("query: several statements; expected one SELECT");
    }

    private static string Reason(System.Text.Json.Nodes.JsonNode json) =>
        (string)json["error_type"]! == "not implemented"
            ? "only a SELECT is answered: the stored tables are not changed"
            : OneLine((string)json["error_message"]!);

    private static string OneLine(string message) =>
        string.Join(' ', message.Split((char[])['\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries));

    // Of a point that a rule ended, the dies that count.
    private static string Dies(RunFolder folder, StoredRun run) =>
        string.Join(
            " union all ",
            run.Description.Points.Where(point => PartsOf(folder, run, point).Count > 0)
                .Select(point =>
                {
                    string counted = point.Counted is { } count
                        ? string.Create(CultureInfo.InvariantCulture, $" where {DieTable.Die} < {count}")
                        : "";
                    return $"select * from {Parquet(PartsOf(folder, run, point), run)}{counted}";
                })
        );

    private static IReadOnlyList<string> PartsOf(RunFolder folder, StoredRun run, StoredPoint point) =>
        [.. run.Description.Store(folder, point).DieParts.Select(Path.GetFullPath)];

    private static string Parquet(IReadOnlyList<string> parts, StoredRun run) =>
        $"read_parquet([{List(parts)}]{(run.Swept.Count > 0 ? ", hive_partitioning = true, hive_types = {'point': bigint}" : "")})";

    private static string List(IEnumerable<string> paths) =>
        string.Join(", ", paths.Select(path => $"'{path.Replace("'", "''")}'"));

    // A query that names it. The functions query, query_table and json_execute_serialized_sql take a text that may be put together.
    private static bool MayReadPoints(string sql) =>
        new[] { "points", "query", "serialized_sql" }.Any(word =>
            sql.Contains(word, StringComparison.OrdinalIgnoreCase)
        );

    private void CreatePoints()
    {
        Column[] swept = [.. _run.Swept];
        string columns = string.Join(
            ", ",
            swept.Select(column => $"\"{column.Name}\" {(column.Type == ColumnType.Real ? "double" : "varchar")}")
        );
        Execute(
            $"create table points (point bigint, {columns}{(swept.Length > 0 ? ", " : "")}dies bigint, failed bigint, passed bigint, yield double, lower double, upper double)"
        );
    }

    // Reads all dies.
    private void FillPoints()
    {
        using DuckDBAppender appender = _connection.CreateAppender("points");
        IReadOnlyList<RunSummary> points = RunSummary.Of(_folder, _run.Description, _run.Rule);
        for (int i = 0; i < points.Count; i++)
        {
            RunSummary point = points[i];
            IDuckDBAppenderRow row = appender.CreateRow().AppendValue((long)i);
            foreach (PointValue value in point.Point.Swept)
                row = value.Value is double number ? row.AppendValue(number) : row.AppendValue((string)value.Value);
            YieldEstimate? all = point.Yields.Count > 0 ? point.Yields[^1] : null;
            row.AppendValue(point.Dies)
                .AppendValue((long)point.Failures.Values.Sum())
                .AppendValue(all?.Passed)
                .AppendValue(all?.Value)
                .AppendValue(all?.Interval.Lower)
                .AppendValue(all?.Interval.Upper)
                .EndRow();
        }
        _pointsAreFilled = true;
    }

    private void Execute(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
