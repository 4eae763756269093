using System.Text.Json.Nodes;
using ParquetSharp;
using Xunit;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>
/// What other people's readers find in a run: DuckDB, and ParquetSharp, which wraps the Arrow C++ library. 20,000 dies
/// make two parts, and some of them fail.
/// </summary>
public sealed class StoredTableTests(StoredTableTests.StoredRun run) : IClassFixture<StoredTableTests.StoredRun>
{
    private const int Dies = 20_000;
    private const int Epochs = 2;

    // Name, DuckDB type, unit.
    private static readonly (string Name, string Type, string Unit)[] DieColumns =
    [
        ("die", "BIGINT", "1"),
        ("status", "VARCHAR", "1"),
        ("failure", "VARCHAR", "1"),
        ("temperature_c", "DOUBLE", "C"),
        ("threshold_shift_v", "DOUBLE", "V"),
        ("beta_shift", "DOUBLE", "1"),
        ("capacitance_shift", "DOUBLE", "1"),
        ("bias_shift", "DOUBLE", "1"),
        ("leakage_shift", "DOUBLE", "1"),
        ("integration_steps", "BIGINT", "1"),
        ("eta_mean", "DOUBLE", "1"),
        ("eta_sd", "DOUBLE", "1"),
        ("lambda_mean", "DOUBLE", "1"),
        ("lambda_sd", "DOUBLE", "1"),
        ("accuracy", "DOUBLE", "1"),
        ("cross_entropy", "DOUBLE", "nat"),
        ("train_accuracy", "DOUBLE", "1"),
        ("train_cross_entropy", "DOUBLE", "nat"),
        ("mse_vs_ideal_percent", "DOUBLE", "%"),
        ("weight_mse_vs_ideal_percent", "DOUBLE", "%"),
        ("effective_bits", "DOUBLE", "bit"),
        ("epochs_to_target", "DOUBLE", "1"),
        ("accuracy_hold_1ms", "DOUBLE", "1"),
        ("cross_entropy_hold_1ms", "DOUBLE", "nat"),
        ("pass_accuracy_above_0p7", "BOOLEAN", "1"),
        ("pass_mse_vs_ideal_percent_below_0p5", "BOOLEAN", "1"),
        ("pass", "BOOLEAN", "1"),
    ];

    private static readonly (string Name, string Type, string Unit)[] EpochColumns =
    [
        ("die", "BIGINT", "1"),
        ("epoch", "BIGINT", "1"),
        ("accuracy", "DOUBLE", "1"),
        ("cross_entropy", "DOUBLE", "nat"),
        ("train_accuracy", "DOUBLE", "1"),
        ("train_cross_entropy", "DOUBLE", "nat"),
    ];

    private static readonly string[] Conditions =
    [
        "temperature_c",
        "threshold_shift_v",
        "beta_shift",
        "capacitance_shift",
        "bias_shift",
        "leakage_shift",
    ];

    [Theory]
    [InlineData("dies")]
    [InlineData("epochs")]
    public void DuckDB_finds_the_names_and_types_of_the_documented_columns(string table)
    {
        var described = run.Duck.Ask($"describe from '{run.Files(table)}'");
        Assert.Equal(
            Documented(table).Select(c => (c.Name, c.Type)),
            described.Select(row => ((string)row[0]!, (string)row[1]!))
        );
    }

    [Theory]
    [InlineData("dies")]
    [InlineData("epochs")]
    public void ParquetSharp_finds_what_never_is_null_declared_so(string table)
    {
        using var reader = new ParquetFileReader(StoredTable.Parts(run.Folder, table)[0]);
        SchemaDescriptor schema = reader.FileMetaData.Schema;
        var columns = Enumerable.Range(0, schema.NumColumns).Select(schema.Column);
        Assert.Equal(
            Documented(table).Select(c => (c.Name, NeverNull: c.Type is "BIGINT" or "BOOLEAN")),
            columns.Select(c => (c.Name, NeverNull: c.MaxDefinitionLevel == 0))
        );
    }

    [Theory]
    [InlineData("dies")]
    [InlineData("epochs")]
    public void Every_part_has_a_unit_and_a_meaning_for_each_column_and_no_other(string table)
    {
        string[] expected = [.. Documented(table).Select(c => c.Name).Order(StringComparer.Ordinal)];
        foreach (string part in StoredTable.Parts(run.Folder, table))
        {
            var entries = run
                .Duck.Ask($"select decode(key), decode(value) from parquet_kv_metadata('{part}')")
                .ToDictionary(row => (string)row[0]!, row => (string)row[1]!);
            Assert.Equal(
                2 * expected.Length,
                entries.Count(e => e.Key.StartsWith("unit.") || e.Key.StartsWith("meaning."))
            );
            foreach (var (name, _, unit) in Documented(table))
            {
                Assert.Equal(unit, entries[$"unit.{name}"]);
                Assert.NotEqual("", entries[$"meaning.{name}"]);
            }
        }
    }

    [Fact]
    public void Two_parts_have_a_row_for_each_die_and_for_each_epoch_of_it_in_order()
    {
        Assert.Equal(2, StoredTable.Parts(run.Folder, "dies").Length);
        Assert.Equal(2, StoredTable.Parts(run.Folder, "epochs").Length);
        Assert.Equal(Enumerable.Range(0, Dies).Select(i => (long)i), run.Dies.Column<long>("die"));
        Assert.Equal(
            Enumerable.Range(0, Dies * Epochs).Select(i => ((long)(i / Epochs), (long)(i % Epochs + 1))),
            run.Epochs.Column<long>("die").Zip(run.Epochs.Column<long>("epoch"))
        );
    }

    [Fact]
    public void DuckDB_ParquetSharp_and_the_reader_of_the_project_agree_on_every_value()
    {
        foreach (var (name, type, _) in DieColumns)
        {
            object?[] duck = DuckColumn("dies", name);
            Assert.Equal(run.Dies.Columns[name].Cast<object?>(), duck);
            object?[] own = type switch
            {
                "BIGINT" => [.. DieRows.Integers(run.Folder, name)],
                "BOOLEAN" => [.. DieRows.Truths(run.Folder, name)],
                "VARCHAR" => [.. DieRows.Texts(run.Folder, name)],
                _ => [.. DieRows.Reals(run.Folder, name).Select(v => double.IsNaN(v) ? null : (object?)v)],
            };
            Assert.Equal(own, duck);
        }
    }

    [Fact]
    public void DuckDB_ParquetSharp_and_the_reader_of_the_project_agree_on_every_epoch()
    {
        foreach (var (name, type, _) in EpochColumns)
        {
            object?[] duck = DuckColumn("epochs", name);
            Assert.Equal(run.Epochs.Columns[name].Cast<object?>(), duck);
            if (type != "DOUBLE")
                continue;
            var own = RunFolder.Open(run.Folder).EpochParts.SelectMany(part => ParquetTable.ReadReals(part, name));
            Assert.Equal(own.Select(v => double.IsNaN(v) ? null : (object?)v), duck);
        }
    }

    [Fact]
    public void A_failed_die_has_its_conditions_and_a_reason_and_no_metric()
    {
        string dies = $"from '{run.Files("dies")}' where status = 'failed'";
        long failed = (long)run.Duck.Ask($"select count(*) {dies}")[0][0]!;
        // A negative bias is -2 standard deviations away: 2.3 % of dies, and 20,000 of them scatter by 0.1 %.
        Assert.InRange(failed / (double)Dies, 0.018, 0.028);
        foreach (var (name, type, _) in DieColumns.Where(c => c.Type == "DOUBLE"))
        {
            long expected = Conditions.Contains(name) ? failed : 0;
            Assert.Equal((name, expected), (name, (long)run.Duck.Ask($"select count({name}) {dies}")[0][0]!));
        }
        Assert.Equal(failed, run.Duck.Ask($"select count(failure) {dies}")[0][0]);
        Assert.Equal(0L, run.Duck.Ask($"select count(*) {dies} and pass")[0][0]);
    }

    [Fact]
    public void A_die_that_is_ok_has_every_number_and_no_reason()
    {
        string dies = $"from '{run.Files("dies")}' where status = 'ok'";
        long ok = (long)run.Duck.Ask($"select count(*) {dies}")[0][0]!;
        foreach (var (name, _, _) in DieColumns.Where(c => c.Type == "DOUBLE" && c.Name != "epochs_to_target"))
            Assert.Equal((name, ok), (name, (long)run.Duck.Ask($"select count({name}) {dies}")[0][0]!));
        Assert.Equal(0L, run.Duck.Ask($"select count(failure) {dies}")[0][0]);
    }

    // Its numbers would have no meaning after any epoch.
    [Fact]
    public void An_impossible_die_has_no_metric_after_any_epoch()
    {
        string sql =
            $"select count(e.accuracy) + count(e.train_cross_entropy) from '{run.Files("epochs")}' e "
            + $"join '{run.Files("dies")}' d using (die) where d.failure like 'impossible die%'";
        Assert.Equal(0L, run.Duck.Ask(sql)[0][0]);
    }

    [Fact]
    public void The_last_epoch_is_the_result_of_the_die()
    {
        string sql =
            $"select count(*), count(*) filter (e.accuracy = d.accuracy and e.cross_entropy = d.cross_entropy "
            + "and e.train_accuracy = d.train_accuracy and e.train_cross_entropy = d.train_cross_entropy) "
            + $"from '{run.Files("epochs")}' e join '{run.Files("dies")}' d using (die) "
            + $"where d.status = 'ok' and e.epoch = {Epochs}";
        object?[] counts = run.Duck.Ask(sql)[0];
        Assert.True((long)counts[0]! > 0.9 * Dies);
        Assert.Equal(counts[0], counts[1]);
    }

    [Fact]
    public void Epochs_to_target_is_the_first_epoch_that_meets_it()
    {
        string sql =
            "select count(*) filter (d.epochs_to_target is distinct from f.first) from "
            + $"(select die, min(epoch) filter (accuracy >= 0.7) as first from '{run.Files("epochs")}' group by die) f "
            + $"join '{run.Files("dies")}' d using (die) where d.status = 'ok'";
        Assert.Equal(0L, run.Duck.Ask(sql)[0][0]);
    }

    // DuckDB's quantile_cont is of type 7 as the project's own. One interpolation each: rounding of a few 2^-53.
    [Fact]
    public void DuckDB_counts_the_same_yield_and_quantiles_as_the_program_printed()
    {
        string dies = $"from '{run.Files("dies")}'";
        JsonArray yields = run.Json["yield"]!.AsArray();
        Assert.Equal(
            run.Duck.Ask($"select count(*) filter (pass) {dies}")[0][0],
            yields[^1]!["passed"]!.GetValue<long>()
        );
        foreach (var (name, metric) in run.Json["metrics"]!.AsObject())
        foreach (int percent in new[] { 1, 50, 99 })
        {
            // Null is never, which counts as later than any epoch; a failed die has no epochs.
            string value = name == "epochs_to_target" ? $"coalesce({name}, {Never})" : name;
            string sql = $"select quantile_cont({value}, {percent / 100.0:0.00}) {dies} where status = 'ok'";
            Match((double)run.Duck.Ask(sql)[0][0]!, metric![$"q{percent:00}"]!);
        }
    }

    // So large that an interpolation towards it is large as well.
    private const string Never = "1e300";

    private static void Match(double duck, JsonNode printed)
    {
        if (duck > 1e200)
            Assert.Equal("never", printed.GetValue<string>());
        else
            Assert.InRange(printed.GetValue<double>(), duck - 1e-14 * Math.Abs(duck), duck + 1e-14 * Math.Abs(duck));
    }

    private static (string Name, string Type, string Unit)[] Documented(string table) =>
        table == "dies" ? DieColumns : EpochColumns;

    private object?[] DuckColumn(string table, string name)
    {
        string order = table == "dies" ? "die" : "die, epoch";
        return [.. run.Duck.Ask($"select \"{name}\" from '{run.Files(table)}' order by {order}").Select(row => row[0])];
    }

    /// <summary>The run, made once, and the readers on it.</summary>
    public sealed class StoredRun : IDisposable
    {
        private readonly StudyFolder _folder = new();

        public StoredRun()
        {
            Answer answer = _folder.Run(
                "run",
                StudyFolder.Study,
                "--samples",
                $"{StoredTableTests.Dies}",
                "--set",
                StudyFolder.ImpossibleDies,
                "--out",
                "run",
                "--json"
            );
            Json = JsonNode.Parse(answer.Succeeded())!.AsObject();
            Dies = StoredTable.Read(Folder, "dies");
            Epochs = StoredTable.Read(Folder, "epochs");
        }

        internal JsonObject Json { get; }
        internal StoredTable Dies { get; }
        internal StoredTable Epochs { get; }
        internal Duck Duck { get; } = new();
        internal string Folder => _folder.PathOf("run");

        internal string Files(string table) => Path.Combine(Folder, table, "*.parquet");

        public void Dispose()
        {
            Duck.Dispose();
            _folder.Dispose();
        }
    }
}
