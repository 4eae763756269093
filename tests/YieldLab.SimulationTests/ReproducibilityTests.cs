using System.Runtime.Intrinsics.X86;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>
/// The rows of a run are a function of study, data and seed alone: not of threads, of how many dies there are, or of the
/// machine's vectors. Every bit of every column is compared.
/// </summary>
public sealed class ReproducibilityTests
{
    private static readonly Dictionary<string, string> NoSwitches = [];

    [Theory]
    [InlineData("single")]
    [InlineData("double")]
    public void Rows_are_the_same_bits_for_one_thread_and_for_two(string precision)
    {
        using var folder = new StudyFolder();
        Assert.Equal(
            Hashes(folder, "one", precision, "--samples", "300", "--threads", "1"),
            Hashes(folder, "two", precision, "--samples", "300", "--threads", "2")
        );
    }

    // 500 dies end with a batch that is not full: there the last die fills the lanes that have none.
    [Theory]
    [InlineData("single")]
    [InlineData("double")]
    public void Rows_of_500_dies_are_the_same_bits_as_the_first_500_of_1000(string precision)
    {
        using var folder = new StudyFolder();
        Run(folder, NoSwitches, "few", precision, "--samples", "500");
        Run(folder, NoSwitches, "many", precision, "--samples", "1000");
        int epochs = EpochsOf(folder, "few") / 500;
        Assert.Equal(Table(folder, "few", "dies").Hash(), Table(folder, "many", "dies").Hash(500));
        Assert.Equal(Table(folder, "few", "epochs").Hash(), Table(folder, "many", "epochs").Hash(500 * epochs));
    }

    // Some dies of this study are trained again with finer steps, together with others than before.
    [Fact]
    public void Rows_of_dies_with_finer_steps_are_the_same_bits_for_any_threads_and_number_of_dies()
    {
        using var folder = new StudyFolder();
        string[] fast = ["--set", "training.learning_rate=0.25"];
        Run(folder, NoSwitches, "few", "single", ["--samples", "100", "--threads", "1", .. fast]);
        Run(folder, NoSwitches, "many", "single", ["--samples", "200", "--threads", "2", .. fast]);
        StoredTable few = Table(folder, "few", "dies");
        Assert.True(few.Column<long>("integration_steps").Distinct().Count() > 1);
        Assert.Equal(few.Hash(), Table(folder, "many", "dies").Hash(100));
    }

    [Fact]
    public void Another_seed_gives_other_dies()
    {
        using var folder = new StudyFolder();
        Run(folder, NoSwitches, "one", "single", "--samples", "32", "--seed", "1");
        Run(folder, NoSwitches, "two", "single", "--samples", "32", "--seed", "2");
        foreach (string column in new[] { "temperature_c", "threshold_shift_v", "cross_entropy" })
            Assert.Empty(
                Table(folder, "one", "dies")
                    .Column<double?>(column)
                    .Intersect(Table(folder, "two", "dies").Column<double?>(column))
            );
    }

    // .NET 10 reads EnableAVX512, EnableAVX2 (which takes FMA and AVX-512 with it) and EnableHWIntrinsic; it does not
    // read EnableAVX512F and EnableFMA, which older versions did. The process itself tells whether a switch took effect.
    [Theory]
    [InlineData("single", "DOTNET_EnableAVX512", "vector512")]
    [InlineData("double", "DOTNET_EnableAVX512", "vector512")]
    [InlineData("single", "DOTNET_EnableAVX2", "vector512", "vector256", "avx2", "fma")]
    [InlineData("double", "DOTNET_EnableAVX2", "vector512", "vector256", "avx2", "fma")]
    [InlineData("single", "DOTNET_EnableHWIntrinsic", "vector512", "vector256", "vector128", "avx2", "fma")]
    public void Rows_are_the_same_bits_without_the_machines_wide_vectors(
        string precision,
        string withSwitchOff,
        params string[] gone
    )
    {
        Assert.SkipUnless(
            X86Base.IsSupported || withSwitchOff == "DOTNET_EnableHWIntrinsic",
            "These instruction sets are those of x86."
        );
        using var folder = new StudyFolder();
        // 100 dies: 6 batches and a quarter in single precision, 12 and a half in double.
        Inspected all = Run(folder, NoSwitches, "all", precision, "--samples", "100");
        Inspected less = Run(folder, new() { [withSwitchOff] = "0" }, "less", precision, "--samples", "100");
        Assert.All(gone, set => Assert.False(less.Has[set], set));
        Assert.SkipUnless(gone.Any(set => all.Has[set]), "This machine has no such vectors to switch off.");
        Assert.Equal(Table(folder, "all", "dies").Hash(), Table(folder, "less", "dies").Hash());
        Assert.Equal(Table(folder, "all", "epochs").Hash(), Table(folder, "less", "epochs").Hash());
    }

    private static (string, string) Hashes(StudyFolder folder, string run, string precision, params string[] options)
    {
        Run(folder, NoSwitches, run, precision, options);
        return (Table(folder, run, "dies").Hash(), Table(folder, run, "epochs").Hash());
    }

    private static Inspected Run(
        StudyFolder folder,
        Dictionary<string, string> switches,
        string run,
        string precision,
        params string[] options
    )
    {
        string study = Path.Combine(Repository.Root, "studies", "quickstart.yaml");
        string[] common = ["run", study, "--out", run, "--quiet", "--set", $"training.precision={precision}"];
        return Inspected.Run(folder, switches, [.. common, .. options]);
    }

    private static StoredTable Table(StudyFolder folder, string run, string table) =>
        StoredTable.Read(folder.PathOf(run), table);

    private static int EpochsOf(StudyFolder folder, string run) => Table(folder, run, "epochs").Rows;
}
