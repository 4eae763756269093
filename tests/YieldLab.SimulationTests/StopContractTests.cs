using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>A rule ends a run after the same die, and leaves the same bytes, for any threads and after any kill.</summary>
public sealed class StopContractTests(StopContractTests.StoppedRun fixture)
    : IClassFixture<StopContractTests.StoppedRun>
{
    private const int Most = 10_000;

    // With a yield of 0.9 an interval of 4 % takes some thousand dies: far from the first look and from all of them, and a second of
    // work, so that there is time to kill it.
    private readonly ContractRun _run = fixture.Run;

    [Fact]
    public void The_rule_ends_the_run_before_all_dies_are_there()
    {
        var dies = StoredTable.Read(_run.PathOf("whole"), "dies").Column<long>("die");
        Assert.InRange(dies.Length, 100, Most - 100);
        Assert.Equal(Enumerable.Range(0, dies.Length).Select(i => (long)i), dies);
    }

    [Fact]
    public void Three_threads_leave_the_same_bytes()
    {
        Assert.Equal("decided", (string)_run.Run("three", "--threads", "3")["end"]!);
        _run.AssertIsWhole("three");
    }

    // The journal of three threads has dies in the order in which they were finished, at times some beyond the end.
    [Fact]
    public void Killed_again_and_again_it_leaves_the_same_bytes()
    {
        string folder = _run.PathOf("killed");
        for (int kills = 0; kills < 3; kills++)
        {
            int before = KeptDies.CountIn(folder);
            using CommandLine running = _run.Start("killed", "--threads", "3", "--quiet");
            _run.WaitForDies("killed", running, before);
            Thread.Sleep(20 * kills);
            running.Kill();
            running.Finish();
        }
        Assert.Equal("decided", (string)_run.Run("killed", "--threads", "3")["end"]!);
        _run.AssertIsWhole("killed");
    }

    /// <summary>The run in one go.</summary>
    public sealed class StoppedRun : IDisposable
    {
        internal ContractRun Run { get; } = ContractRun.Quickstart(Most, "--set", "stop={width: 4 %}");

        public void Dispose() => Run.Dispose();
    }
}
