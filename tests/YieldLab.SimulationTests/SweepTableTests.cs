using ParquetSharp;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>What other people's readers find in the folder of a sweep: DuckDB one table over all points, with the swept
/// values as columns of their own types; ParquetSharp the same values in each part.</summary>
public sealed class SweepTableTests(SweepTableTests.SweptRun run) : IClassFixture<SweepTableTests.SweptRun>
{
    private const int Dies = 64;

    // The order of the points: the first key slowest.
    private static readonly (double L2, string Order)[] Points =
    [
        (0, "file"),
        (0, "shuffled"),
        (0.25, "file"),
        (0.25, "shuffled"),
    ];

    [Theory]
    [InlineData("dies")]
    [InlineData("epochs")]
    public void DuckDB_reads_all_points_as_one_table_with_typed_swept_columns(string table)
    {
        var types = run
            .Duck.Ask($"describe from '{run.Files(table)}'")
            .ToDictionary(row => (string)row[0]!, row => (string)row[1]!);
        Assert.Equal(("DOUBLE", "VARCHAR"), (types["training_l2"], types["training_order"]));
        // The folders point=00000 and so on are a Hive partition.
        Assert.Contains("point", types.Keys);
        var counts = run.Duck.Ask(
            $"select point::int, training_l2, training_order, count(distinct die) from '{run.Files(table)}' group by all order by 1"
        );
        Assert.Equal(
            Points.Select((point, i) => (i, point.L2, point.Order, (long)Dies)),
            counts.Select(row => ((int)row[0]!, (double)row[1]!, (string)row[2]!, (long)row[3]!))
        );
    }

    // The oracle reads the two points' parts by themselves and subtracts die by die.
    [Fact]
    public void DuckDB_pairs_the_dies_of_two_points_by_a_join()
    {
        var differences = run.Duck.Ask(
            $"""
            select die, b.cross_entropy - a.cross_entropy, a.temperature_c = b.temperature_c
            from '{run.Files("dies")}' a join '{run.Files("dies")}' b using (die)
            where a.training_l2 = 0 and b.training_l2 = 0.25
              and a.training_order = 'shuffled' and b.training_order = 'shuffled'
            order by die
            """
        );
        double?[] low = Point(1).Column<double?>("cross_entropy");
        double?[] high = Point(3).Column<double?>("cross_entropy");
        Assert.Equal(
            Enumerable.Range(0, Dies).Select(die => ((long)die, high[die]!.Value - low[die]!.Value, true)),
            differences.Select(row => ((long)row[0]!, (double)row[1]!, (bool)row[2]!))
        );
        // More L2 on average: every pair tells of the same silicon.
        Assert.All(differences, row => Assert.True((double)row[1]! > 0));
    }

    [Fact]
    public void ParquetSharp_reads_the_swept_values_of_every_row()
    {
        for (int i = 0; i < Points.Length; i++)
        {
            StoredTable dies = Point(i);
            Assert.Equal(Enumerable.Repeat((double?)Points[i].L2, Dies), dies.Column<double?>("training_l2"));
            Assert.Equal(Enumerable.Repeat(Points[i].Order, Dies), dies.Column<string?>("training_order"));
        }
    }

    [Fact]
    public void Metadata_tell_unit_and_meaning_of_the_swept_values()
    {
        using var reader = new ParquetFileReader(StoredTable.Parts(run.Folder, "dies/point=00002").Single());
        var metadata = reader.FileMetaData.KeyValueMetadata;
        Assert.Equal("1", metadata["unit.training_l2"]);
        Assert.StartsWith("Swept: ", metadata["meaning.training_l2"]);
        Assert.StartsWith("Swept: ", metadata["meaning.training_order"]);
    }

    private StoredTable Point(int number) => StoredTable.Read(run.Folder, $"dies/point={number:00000}");

    /// <summary>The sweep, run once: one key a number, the other a name.</summary>
    public sealed class SweptRun : IDisposable
    {
        private readonly StudyFolder _folder = new();

        public SweptRun()
        {
            string[] sweep = ["--sweep", "training.l2=[0, 0.25]", "--sweep", "training.order=[file, shuffled]"];
            _folder
                .Run(["run", StudyFolder.Study, "--samples", $"{Dies}", "--out", "run", "--quiet", .. sweep])
                .Succeeded();
        }

        internal Duck Duck { get; } = new();
        internal string Folder => _folder.PathOf("run");

        internal string Files(string table) => Path.Combine(Folder, table, "**", "*.parquet");

        public void Dispose()
        {
            Duck.Dispose();
            _folder.Dispose();
        }
    }
}
