using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>A run of any length fits the memory of a short one.</summary>
public sealed class MemoryTests
{
    private const int Few = 100_000;
    private const int Many = 1_000_000;

    // Kept in memory, the 900,000 dies more would take 21 values of 8 bytes and 3 truth values each: 154 MB. What may
    // grow is the summary, which sorts one column at a time: 8 bytes a die, three times over while the list grows and is
    // copied, 22 MB; and garbage not yet collected, about 20 MB either way from run to run. 80 MB lies between.
    private const long Allowed = 80_000_000;

    [Fact]
    public void Ten_times_as_many_dies_take_no_more_memory()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), ".NET cannot tell the peak working set there.");
        long few = Peak(Few);
        long many = Peak(Many);
        Assert.True(few > 0);
        Assert.True(many - few < Allowed, $"{few / 1e6:0} MB for {Few} dies, {many / 1e6:0} MB for {Many}");
    }

    private static long Peak(int dies)
    {
        using var folder = new StudyFolder();
        // Parts of the same size in both runs, and little to compute.
        string[] small = ["--set", "training.epochs=1", "--set", "output={}", "--set", "hold=[]"];
        string[] run = ["run", StudyFolder.Study, "--quiet", "--threads", "2", "--samples", $"{dies}"];
        return Inspected.Run(folder, new Dictionary<string, string>(), [.. run, .. small]).PeakBytes;
    }
}
