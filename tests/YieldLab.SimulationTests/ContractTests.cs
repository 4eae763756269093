using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>
/// What a study leaves are the same bytes (parts, checksums, description) however its dies were divided: over threads,
/// processes, and time.
/// </summary>
public sealed class ContractTests(ContractTests.Studies studies) : IClassFixture<ContractTests.Studies>
{
    private const string Quickstart = "quickstart";
    private const string TwoParts = "two parts";
    private const string Sobol = "sobol";

    [Theory]
    [InlineData(Quickstart, 2)]
    [InlineData(Quickstart, 3)]
    [InlineData(TwoParts, 3)]
    [InlineData(Sobol, 3)]
    public void Any_number_of_threads(string study, int threads)
    {
        ContractRun run = studies[study];
        run.Run($"threads {threads}", "--threads", $"{threads}");
        run.AssertIsWhole($"threads {threads}");
    }

    // All at once, as on a cluster.
    [Theory]
    [InlineData(Quickstart, 7)]
    public void Shards_in_the_folder_of_the_run(string study, int count)
    {
        ContractRun run = studies[study];
        RunShards(run, count, _ => "shards");
        run.Merge("shards");
        run.AssertIsWhole("shards");
    }

    [Theory]
    [InlineData(TwoParts, 3)]
    [InlineData(Sobol, 3)]
    public void Shards_in_folders_of_their_own(string study, int count)
    {
        ContractRun run = studies[study];
        RunShards(run, count, index => $"machine {index}");
        string[] shards = [.. Enumerable.Range(0, count).Select(i => $"machine {i}/shards/{i}-of-{count}")];
        run.Merge("gathered", [.. shards.Reverse()]);
        run.AssertIsWhole("gathered");
        Assert.All(shards, shard => Assert.True(Directory.Exists(run.PathOf(shard))));
    }

    [Theory]
    [InlineData(Quickstart)]
    [InlineData(TwoParts)]
    public void Interrupted_and_gone_on_with(string study)
    {
        CommandLine.SkipUnlessItHears("INT");
        ContractRun run = studies[study];
        using (CommandLine running = run.Start("interrupted", "--threads", "2", "--quiet"))
        {
            run.WaitForDies("interrupted", running);
            running.Send("INT");
            Assert.Equal(130, running.Finish().ExitCode);
        }
        long kept = (long)run.Run("interrupted", "--threads", "3")["kept"]!;
        Assert.InRange(kept, 1, run.Samples - 1);
        run.AssertIsWhole("interrupted");
    }

    // 1 die more than a batch, a part, or nothing.
    [Theory]
    [InlineData(Quickstart, 17, 450)]
    [InlineData(TwoParts, 16_385)]
    [InlineData(Sobol, 176)]
    public void Extended_step_by_step(string study, params int[] steps)
    {
        ContractRun run = studies[study];
        foreach (int dies in steps)
            run.RunFewer("extended", dies);
        Assert.Equal(steps[^1], (long)run.Run("extended")["kept"]!);
        run.AssertIsWhole("extended");
    }

    [Theory]
    [InlineData(Quickstart, 301)]
    [InlineData(TwoParts, 15_000)]
    public void Extended_by_shards(string study, int first)
    {
        ContractRun run = studies[study];
        run.RunFewer("by shards", first);
        RunShards(run, 2, _ => "by shards");
        run.Merge("by shards");
        run.AssertIsWhole("by shards");
    }

    private static void RunShards(ContractRun run, int count, Func<int, string> folderOf)
    {
        CommandLine[] shards =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => run.Start(folderOf(i), "--shard", $"{i}/{count}", "--threads", "1", "--quiet")),
        ];
        try
        {
            Assert.All(shards, shard => shard.Finish().Succeeded());
        }
        finally
        {
            foreach (CommandLine shard in shards)
                shard.Dispose();
        }
    }

    /// <summary>The studies, each run in one go when it is first asked for.</summary>
    public sealed class Studies : IDisposable
    {
        private readonly Dictionary<string, Lazy<ContractRun>> _runs = new()
        {
            [Quickstart] = new(() => ContractRun.Quickstart(700)),
            [TwoParts] = new(() => ContractRun.Tiny(20_000)),
            [Sobol] = new(() => ContractRun.Quickstart(320, "--set", "sampling={method: sobol}")),
        };

        internal ContractRun this[string study] => _runs[study].Value;

        public void Dispose()
        {
            foreach (Lazy<ContractRun> run in _runs.Values.Where(run => run.IsValueCreated))
                run.Value.Dispose();
        }
    }
}
