using Xunit;
using YieldLab.SimulationTests.Support;
using YieldLab.Studies;
using YieldLab.Studies.Text;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>A disk that is full or may only be read: one line that names file and cause, and nothing that was stored is
/// lost.</summary>
public sealed class FullDiskTests(FullDiskTests.OneGo fixture, ITestOutputHelper output)
    : IClassFixture<FullDiskTests.OneGo>
{
    private readonly ContractRun _run = fixture.Run;

    // From too small for the description alone up to a disk that has room for all parts but not beside their journal.
    [Theory]
    [InlineData(8)]
    [InlineData(300)]
    [InlineData(700)]
    public void A_full_disk_is_one_line_and_with_more_room_the_same_command_goes_on(int kibibytes)
    {
        string run = $"disk {kibibytes}";
        string folder = _run.PathOf(run);
        using var disk = SmallDisk.Mount(folder, kibibytes);
        Answer full = CommandLine.RunAlone(_run.Root, _run.Arguments(run, "--threads", "2", "--quiet"));
        full.IsRefusedNaming($"{run}{Path.DirectorySeparatorChar}", "cannot be written (No space left on device");
        int stored = KeptDies.CountIn(folder);
        output.WriteLine($"{kibibytes} KiB: {stored} dies; {full.Error}");
        // Still full: nothing more is lost.
        Run(run).IsRefusedNaming("No space left on device");
        Assert.InRange(KeptDies.CountIn(folder), stored, _run.Samples);
        disk.Remount("size=64m");
        Assert.InRange((int)_run.Run(run)["kept"]!, stored, _run.Samples);
        _run.AssertIsWhole(run);
    }

    [Fact]
    public void A_disk_that_may_only_be_read_is_one_line()
    {
        const string run = "disk";
        const string cause = "cannot be written (Read-only file system";
        using var disk = SmallDisk.Mount(_run.PathOf(run), 4096);
        disk.Remount("ro");
        Run(run).IsRefusedNaming(Path.Combine(run, "run.lock"), cause);
        Run($"{run}/here").IsRefusedNaming($"{run}/here", "Read-only file system");
        disk.Remount("rw");
        _run.RunFewer(run, 500);
        // As a run that was killed leaves it.
        File.WriteAllText(_run.PathOf($"{run}/run.lock"), "");
        disk.Remount("ro");
        Run(run).IsRefusedNaming(Path.Combine(run, "run.lock"), cause);
        disk.Remount("rw");
        Assert.Equal(500, (int)_run.Run(run)["kept"]!);
        _run.AssertIsWhole(run);
    }

    [Fact]
    public void A_file_that_is_written_anew_stays_as_it_was()
    {
        string folder = _run.PathOf("disk of a file");
        using var disk = SmallDisk.Mount(folder, 64);
        string file = Path.Combine(folder, "kept");
        File.WriteAllText(file, "before");
        var refusal = Assert.Throws<StudyException>(() => UserFile.WriteBytes(file, new byte[100_000]));
        Assert.StartsWith($"{file}: cannot be written (No space left on device", refusal.Message);
        Assert.Equal("before", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(folder));
    }

    private Answer Run(string run) => CommandLine.RunAlone(_run.Root, _run.Arguments(run, "--quiet"));

    /// <summary>The run in one go.</summary>
    public sealed class OneGo : IDisposable
    {
        internal ContractRun Run { get; } = ContractRun.Tiny(2_000);

        public void Dispose() => Run.Dispose();
    }
}
