using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Statistics.Random;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>
/// A process that is killed at any instant loses nothing that was finished, and what is left in the end are the bytes of a
/// run in one go. The instants are drawn once and for all; where in a run they fall depends on the machine.
/// </summary>
public sealed class KillTests(KillTests.OneGo fixture, ITestOutputHelper output) : IClassFixture<KillTests.OneGo>
{
    private const int Kills = 12;
    private const int MergeKills = 6;

    // Earlier than that .NET itself has not started.
    private static readonly TimeSpan Earliest = TimeSpan.FromMilliseconds(5);

    private readonly ContractRun _run = fixture.Run;
    private readonly AddressedDraws _draws = new(20250613);

    // A kill loses the batches that are being computed, one a thread, and no other die: all that was finished is in a part
    // or a journal, never less after a kill than before, and the process that comes to the end says that it kept all of it.
    // So all processes together compute the dies of the study and at most a batch more for each thread and kill.
    [Fact]
    public void A_run_killed_at_any_instant_goes_on_and_no_finished_die_is_computed_again()
    {
        TimeSpan whole = Time(() => _run.Run("timed", "--threads", "2"));
        int kills = 0;
        int attempts = 0;
        for (int life = 0; kills < Kills; life++)
        {
            string name = $"life {life}";
            int stored = 0;
            Answer? end = null;
            while (end is null)
            {
                using CommandLine running = _run.Start(name, "--threads", "2", "--json");
                if (kills < Kills)
                    Wait(name, running, attempts++, whole, stored);
                end = kills < Kills ? Kill(running) : running.Finish();
                if (end is not null)
                    continue;
                kills++;
                int now = KeptDies.CountIn(_run.PathOf(name));
                output.WriteLine($"{name}, kill {kills}: {now} dies, {StateOf(_run.PathOf(name))}");
                Assert.InRange(now, stored, _run.Samples);
                stored = now;
            }
            JsonNode json = JsonNode.Parse(end.Succeeded())!;
            Assert.Equal((stored, _run.Samples), ((int)json["kept"]!, (int)json["dies"]!));
            _run.AssertIsWhole(name);
        }
    }

    [Fact]
    public void A_merge_killed_at_any_instant_is_done_by_merging_again()
    {
        string[] shards = [.. Enumerable.Range(0, 3).Select(i => $"{i}/3")];
        foreach (string shard in shards)
            _run.Start("shards", "--shard", shard, "--quiet").Finish().Succeeded();
        TimeSpan whole = default;
        for (int kills = 0, attempts = 0, life = 0; kills < MergeKills; life++)
        {
            string name = $"merge {life}";
            RunFiles.Copy(_run.PathOf("shards"), _run.PathOf(name));
            // The first life is not killed, and tells how long a merge takes.
            if (life == 0)
                whole = Time(() => _run.Merge(name));
            while (Directory.Exists(_run.PathOf($"{name}/shards")))
            {
                using CommandLine running = CommandLine.Start(_run.Root, "merge", name, "--quiet");
                if (kills < MergeKills)
                    Thread.Sleep(whole * (0.3 + 0.6 * Uniform("merge", attempts++)));
                if ((kills < MergeKills ? Kill(running) : running.Finish()) is { } end)
                {
                    end.Succeeded();
                    break;
                }
                kills++;
                output.WriteLine($"{name}, kill {kills}: {StateOf(_run.PathOf(name))}");
            }
            _run.AssertIsWhole(name);
        }
    }

    // The shards are deleted one after the other; a kill leaves some of them, of one perhaps nothing but its folder.
    [Fact]
    public void A_merge_that_was_killed_while_it_deleted_the_shards_is_done_by_merging_again()
    {
        using ContractRun run = ContractRun.Tiny(100);
        foreach (string shard in new[] { "0/2", "1/2" })
            run.Start("shards", "--shard", shard, "--quiet").Finish().Succeeded();
        RunFiles.Copy(run.PathOf("shards"), run.PathOf("merged"));
        run.Merge("merged");
        string left = run.PathOf("merged/shards");
        foreach (int cleared in new[] { 1, 2 })
        {
            RunFiles.Copy(run.PathOf("shards/shards"), left);
            for (int shard = 0; shard < cleared; shard++)
            {
                Directory.Delete(Path.Combine(left, $"{shard}-of-2"), recursive: true);
                Directory.CreateDirectory(Path.Combine(left, $"{shard}-of-2"));
            }
            run.Merge("merged", "--wait", "10 s");
            Assert.False(Directory.Exists(left));
            run.AssertIsWhole("merged");
        }
    }

    // Every other kill comes at an instant of the whole run, early ones more often, since one that goes on has less to do;
    // the others come soon after the first die that is new, so that each makes some progress.
    private void Wait(string name, CommandLine running, int attempt, TimeSpan whole, int stored)
    {
        double u = Uniform("run", attempt);
        if (attempt % 2 == 0)
            Thread.Sleep(Earliest + whole * u * u);
        else if (_run.CanWaitForDies(name, running, stored))
            Thread.Sleep(TimeSpan.FromMilliseconds(300 * u));
    }

    private double Uniform(string what, int attempt) =>
        _draws.Uniform(new RandomStream($"test/kill/{what}"), attempt, 0);

    // The answer of a process that had ended before it could be killed.
    private static Answer? Kill(CommandLine running)
    {
        running.Kill();
        Answer answer = running.Finish();
        return answer.ExitCode == 128 + 9 ? null : answer;
    }

    private static TimeSpan Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    private static string StateOf(string folder)
    {
        if (!Directory.Exists(folder))
            return "no folder";
        string[] files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        int Count(string ending) => files.Count(file => file.EndsWith(ending, StringComparison.Ordinal));
        return $"{Count("manifest.json")} descriptions, {Count(".parquet")} files of parts, {Count(".log")} journals, "
            + $"{Count(".tmp")} unfinished";
    }

    /// <summary>The run in one go.</summary>
    public sealed class OneGo : IDisposable
    {
        // 16,384 dies make a part.
        internal ContractRun Run { get; } = ContractRun.Tiny(40_000);

        public void Dispose() => Run.Dispose();
    }
}
