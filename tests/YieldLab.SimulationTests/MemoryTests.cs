using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>A run of any length fits the memory of a short one, and so does going on with it.</summary>
public sealed class MemoryTests(ITestOutputHelper output)
{
    // Kept in memory, a die would take 21 values of 8 bytes and 3 truth values: 171 bytes. What may grow is the summary,
    // which has one column at a time (8 bytes a die), the indices of the dies (8 bytes, three times over while their list
    // grows and is copied), which of them failed and meet a specification (2 bytes) and why (8 bytes); and, of a folder
    // that is gone on with, the index of each die that is stored, and whether it passed and failed (10 bytes). In all
    // 8 + 24 + 10 + 10 = 52 bytes a die, and garbage not yet collected is about 20 MB either way from run to run. So a
    // million dies may take 52 + 20 MB more than few; all of them would take 171 MB and more.
    private const long Allowed = 80_000_000;

    [Fact]
    public void Peak_memory_does_not_grow_with_the_number_of_dies()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), ".NET cannot tell the peak working set there.");
        using var folder = new StudyFolder();
        // A part holds 16,384 dies: from here on a run has all that it ever has in memory at once.
        long few = Peak(folder, 10_000);
        Assert.True(few > 0);
        // One folder, extended: nine dies in ten are new in each step.
        foreach (int dies in new[] { 100_000, 1_000_000 })
            IsBounded(few, Peak(folder, dies), $"{dies} dies");
        // Nothing is left to compute; the program looks at all that is there and tells the result.
        IsBounded(few, Peak(folder, 1_000_000), "going on with 1000000 dies");
        JsonNode json = JsonNode.Parse(folder.Run([.. Arguments(1_000_000), "--json"]).Succeeded())!;
        Assert.Equal((1_000_000, 1_000_000), ((int)json["kept"]!, (int)json["dies"]!));
    }

    private void IsBounded(long few, long peak, string what)
    {
        output.WriteLine($"{few / 1e6:0} MB for 10000 dies, {peak / 1e6:0} MB for {what}");
        Assert.True(peak - few < Allowed, $"{few / 1e6:0} MB for 10000 dies, {peak / 1e6:0} MB for {what}");
    }

    // Little to compute.
    private static string[] Arguments(int dies) =>
        [
            "run",
            StudyFolder.Study,
            "--out",
            "run",
            "--threads",
            "2",
            "--samples",
            $"{dies}",
            "--set",
            "training.epochs=1",
            "--set",
            "output={}",
            "--set",
            "hold=[]",
        ];

    private static long Peak(StudyFolder folder, int dies) =>
        Inspected.Run(folder, new Dictionary<string, string>(), [.. Arguments(dies), "--quiet"]).PeakBytes;
}
