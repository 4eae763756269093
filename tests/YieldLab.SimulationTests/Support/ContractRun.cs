using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>Runs of one study in folders of a test's own, and the run in one go that they are compared with.</summary>
internal sealed class ContractRun : IDisposable
{
    private const string Whole = "whole";

    private readonly StudyFolder _folder = new();
    private readonly string[] _study;

    /// <param name="samples">Dies of the run in one go.</param>
    /// <param name="study">The study and its settings, as arguments.</param>
    public ContractRun(int samples, params string[] study)
    {
        Samples = samples;
        _study = study;
        Run(Whole, "--threads", "1");
    }

    public int Samples { get; }

    /// <summary>The quickstart, with every source of variation on.</summary>
    public static ContractRun Quickstart(int samples, params string[] settings) =>
        new(samples, [Repository.Study("quickstart"), .. settings]);

    /// <summary>The tiny study with next to nothing to compute, some of its dies impossible. A part has 16,384 dies.</summary>
    public static ContractRun Tiny(int samples) =>
        new(samples, StudyFolder.Study, "--set", "training.epochs=1", "--set", StudyFolder.ImpossibleDies);

    public string Root => _folder.Root;

    public string PathOf(string run) => _folder.PathOf(run);

    /// <summary>Arguments that run the study with all its dies.</summary>
    public string[] Arguments(string run, params string[] options) =>
        ["run", .. _study, "--out", run, "--samples", $"{Samples}", .. options];

    /// <summary>Runs the study with all its dies, or as many as a later <c>--samples</c> says.</summary>
    public JsonObject Run(string run, params string[] options) =>
        JsonNode.Parse(_folder.Run(Arguments(run, [.. options, "--json"])).Succeeded())!.AsObject();

    /// <summary>The same with fewer dies.</summary>
    public JsonObject RunFewer(string run, int samples, params string[] options) =>
        JsonNode
            .Parse(
                _folder
                    .Run(["run", .. _study, "--out", run, "--samples", $"{samples}", .. options, "--json"])
                    .Succeeded()
            )!
            .AsObject();

    public void Merge(string run, params string[] shards) =>
        _folder.Run(["merge", run, .. shards, "--quiet"]).Succeeded();

    /// <summary>Starts a run and leaves it running.</summary>
    public CommandLine Start(string run, params string[] options) => CommandLine.Start(Root, Arguments(run, options));

    /// <summary>Holds where a run has left exactly what the run in one go left.</summary>
    public void AssertIsWhole(string run)
    {
        RunFiles.AssertSame(PathOf(Whole), PathOf(run));
        RunFiles.AssertIntact(PathOf(run));
    }

    /// <summary>Waits until a running program has stored more dies than there were.</summary>
    public void WaitForDies(string run, CommandLine running, int before = 0) =>
        Assert.True(CanWaitForDies(run, running, before), "the run ended before it could be broken off");

    /// <summary>The same; false where it ended before.</summary>
    public bool CanWaitForDies(string run, CommandLine running, int before)
    {
        long start = Stopwatch.GetTimestamp();
        while (KeptDies.CountIn(PathOf(run)) <= before)
        {
            if (running.HasExited)
                return false;
            Assert.True(Stopwatch.GetElapsedTime(start).TotalMinutes < 1, "no die was stored within a minute");
            Thread.Sleep(10);
        }
        return true;
    }

    public void Dispose() => _folder.Dispose();
}
