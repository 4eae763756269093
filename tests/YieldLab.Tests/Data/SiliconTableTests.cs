using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Random;
using YieldLab.Studies.Data;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;
using YieldLab.Tests.Circuits;
using YieldLab.Tests.Cli;
using YieldLab.Tests.Text;

namespace YieldLab.Tests.Data;

/// <summary>
/// Dies given by a table: a stored run's own are the exact oracle, since given back they must make the same run.
/// </summary>
public class SiliconTableTests
{
    // Fewer dies than the eight pilots that choose the steps, and more than a batch; each kind of temperatures; sources off.
    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(20, "temperature={ from: -173 C, to: 226 C }", "training.max_steps=256")]
    [InlineData(20, "temperature={ mean: 40 C, sigma: 20 K, gradient: 3 K }")]
    [InlineData(20, "temperature={ values: [-40 C, 27.3 C, 85 C] }")]
    [InlineData(20, "variation={ process: off, mismatch: on, leakage: on, temperature: off }")]
    [InlineData(12, "fidelity=ekv", "process.override.die_to_die.threshold=60 mV")]
    [InlineData(12, "noise={ shot: on }", "converters={ inputs: 8, readout: 6 }")]
    public void Dies_of_a_stored_run_given_as_a_table_make_the_same_run(int samples, params string[] changes)
    {
        using var folder = new StudyFolder();
        string study = folder.PathOf(StudyFolder.Study);
        string[] settings = [$"samples={samples}", .. changes];
        string drawn = Run(study, folder.PathOf("drawn"), settings);
        string table = "drawn/dies/part-00000.parquet";
        string given = Run(study, folder.PathOf("given"), [.. settings, $"sampling.table={table}"]);
        foreach (string part in new[] { "dies/part-00000.parquet", "epochs/part-00000.parquet" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(drawn, part)), File.ReadAllBytes(Path.Combine(given, part)));
    }

    // With z = 273.15 K: T - z is exact from z/2 to 2z (Sterbenz), and between 128 K and z/2 it is a multiple of the last
    // unit of both. Colder, to 64 K, T - z has a last unit twice that of T and may round; but what comes back from it is a
    // multiple of that unit, so that it is stored exactly. Dies are therefore drawn at what comes back.
    [Fact]
    public void Temperatures_come_back_from_degrees_Celsius_to_the_bit()
    {
        var draws = new AddressedDraws(1);
        int rounded = 0;
        for (int i = 0; i < 100_000; i++)
        {
            double warm = 128 + 472 * draws.Uniform(new("test/temperature"), i, 0);
            double cold = 100 + 28 * draws.Uniform(new("test/temperature"), i, 1);
            Assert.Equal(warm, Back(warm));
            Assert.InRange(Math.Abs(cold - Back(cold)), 0, Math.BitIncrement(cold) - cold);
            Assert.Equal(Back(cold), Back(Back(cold)));
            rounded += cold == Back(cold) ? 0 : 1;
        }
        // Were there nothing to round, the test would show nothing.
        Assert.True(rounded > 10_000, $"{rounded}");

        static double Back(double kelvin) => kelvin - PhysicalConstants.ZeroCelsius + PhysicalConstants.ZeroCelsius;
    }

    [Fact]
    public void Drawn_dies_are_at_temperatures_that_come_back()
    {
        Silicon silicon = Made.Silicon(new(1, 2), Made.Everything) with
        {
            Temperature = new TemperatureRange.Uniform(100, 128),
        };
        DrawnErrors errors = Made.Errors(silicon, 1, Made.Eight(0));
        for (int lane = 0; lane < 8; lane++)
        {
            double kelvin = errors.Temperature(lane);
            Assert.Equal(kelvin, kelvin - PhysicalConstants.ZeroCelsius + PhysicalConstants.ZeroCelsius);
        }
    }

    [Fact]
    public void Measured_columns_are_stored_as_given_and_the_others_as_drawn()
    {
        using var folder = new StudyFolder();
        folder.Write(
            "silicon.csv",
            "wafer,beta_shift,die,temperature_c,threshold_shift_v\nA,0.01,0,25,1e-3\nA,-0.02,1,25.5,-2e-3\nB,0,2,90,0\n"
        );
        string study = folder.PathOf(StudyFolder.Study);
        string drawn = Run(study, folder.PathOf("drawn"), ["samples=3"]);
        string given = Run(study, folder.PathOf("given"), ["samples=3", "sampling.table=silicon.csv"]);
        Assert.Equal([25, 25.5, 90], DieRows.Reals(given, "temperature_c"));
        Assert.Equal([1e-3, -2e-3, 0], DieRows.Reals(given, "threshold_shift_v"));
        Assert.Equal([0.01, -0.02, 0], DieRows.Reals(given, "beta_shift"));
        foreach (string column in new[] { "capacitance_shift", "bias_shift", "leakage_shift" })
            Assert.Equal(DieRows.Reals(drawn, column), DieRows.Reals(given, column));
    }

    [Fact]
    public void Table_and_its_hash_are_in_the_manifest()
    {
        using var folder = new StudyFolder();
        folder.Write("silicon.csv", "beta_shift\n0.01\n0.02\n");
        string run = Run(
            folder.PathOf(StudyFolder.Study),
            folder.PathOf("run"),
            ["samples=2", "sampling.table=silicon.csv"]
        );
        // printf 'beta_shift\n0.01\n0.02\n' | sha256sum
        Assert.Contains(
            "51f1a45a5190d8a4691e2a33b5f7c753d5ccea17b1b3b2bdd5303add8680b28d",
            File.ReadAllText(Path.Combine(run, "manifest.json"))
        );
    }

    [Fact]
    public void Given_temperatures_widen_the_range_that_steps_and_warnings_are_made_for()
    {
        using var study = new TinyStudy();
        string[] changes = ["samples=2", "temperature={ value: 27 C }"];
        Assert.EndsWith("at 27 C", Warned(study.Read(changes)));
        study.Write("silicon.csv", "temperature_c\n-40\n110\n");
        Assert.EndsWith("at 110 C", Warned(study.Read([.. changes, "sampling.table=silicon.csv"])));

        static string Warned(StudyFile file) => PreparedStudy.Of(file).Warning!.Split(';')[0];
    }

    [Fact]
    public void Dies_beyond_the_table_are_refused_wherever_they_are_asked_for()
    {
        using var folder = new StudyFolder();
        folder.Write("silicon.csv", "beta_shift\n0.01\n0.02\n");
        string[] set = ["--set", "sampling.table=silicon.csv", "--set", "samples=2"];
        folder
            .Run(["die", "sample", StudyFolder.Study, "--die", "2", .. set])
            .IsRefusedWith("--die 2: silicon.csv has dies 0 to 1");
        folder
            .Run(["variance", StudyFolder.Study, "--dies", "3", .. set])
            .IsRefusedWith("--dies 3: silicon.csv has 2 dies");
        folder
            .Run(["run", StudyFolder.Study, "--set", "sampling.table=silicon.csv", "--samples", "3"])
            .IsRefusedWith("--samples 3: samples: 3 dies where silicon.csv has 2; expected at most 2");
    }

    // A run's table as CSV without one of its columns, in either task.
    [Theory]
    [InlineData(LearningTask.Softmax)]
    [InlineData(LearningTask.Linear)]
    public void No_column_of_a_run_looks_like_a_misspelt_one(LearningTask task)
    {
        using var folder = new StudyFolder();
        string run = Run(
            folder.PathOf(StudyFolder.Study),
            folder.PathOf("run"),
            ["samples=1", "output.retention=accuracy >= 0.6"]
        );
        string[] columns =
        [
            .. ParquetTable.ColumnNames(Path.Combine(run, "dies", "part-00000.parquet")),
            .. TaskMetrics.Columns(task, "", prefix: "train_", suffix: "_hold_100us").Select(column => column.Name),
        ];
        Assert.Contains("retention_s", columns);
        foreach (string left in columns)
        {
            string[] rest = [.. columns.Except([left])];
            folder.Write("silicon.csv", $"{string.Join(",", rest)}\n{string.Join(",", rest.Select(_ => "0"))}\n");
            Assert.Equal(1, SiliconTable.Read(folder.PathOf("silicon.csv")).Rows);
        }
    }

    private static string Run(string study, string folder, string[] changes)
    {
        var plan = StudyPlan.Of(PreparedStudy.Of(StudyFile.Read(study, changes)));
        using StudyRun run = StudyRun.Open(plan, folder, new RunMode());
        run.Run(1);
        return folder;
    }
}
