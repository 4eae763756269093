using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>Two processes started at the same moment on one place: one of them runs, the other is refused in one line, and
/// what is left are the bytes of a run in one go.</summary>
public sealed class SharedFolderTests(SharedFolderTests.OneGo fixture) : IClassFixture<SharedFolderTests.OneGo>
{
    private readonly ContractRun _run = fixture.Run;

    [Fact]
    public void Two_runs_in_one_folder()
    {
        IsOneRefused("both", () => _run.Start("both", "--threads", "1", "--quiet"));
        _run.AssertIsWhole("both");
    }

    [Fact]
    public void Two_shards_of_one_index()
    {
        IsOneRefused(
            Path.Combine("shards", "shards", "1-of-2"),
            () => _run.Start("shards", "--shard", "1/2", "--threads", "1", "--quiet")
        );
        _run.Start("shards", "--shard", "0/2", "--threads", "1", "--quiet").Finish().Succeeded();
        _run.Merge("shards");
        _run.AssertIsWhole("shards");
    }

    // On a machine so busy that one process had ended before the other looked at the folder, both are right: once more.
    private void IsOneRefused(string place, Func<CommandLine> start)
    {
        Answer[] answers = Both(start);
        for (int again = 0; again < 3 && answers[1].ExitCode == 0; again++)
        {
            Directory.Delete(_run.PathOf(place.Split(Path.DirectorySeparatorChar)[0]), recursive: true);
            answers = Both(start);
        }
        answers[0].Succeeded();
        answers[1]
            .IsRefusedWith(
                $"{place}: another run is writing here; wait for its end, or choose another place with --out"
            );
    }

    private static Answer[] Both(Func<CommandLine> start)
    {
        using CommandLine first = start();
        using CommandLine second = start();
        return [.. new[] { first.Finish(), second.Finish() }.OrderBy(answer => answer.ExitCode)];
    }

    /// <summary>The run in one go.</summary>
    public sealed class OneGo : IDisposable
    {
        internal ContractRun Run { get; } = ContractRun.Tiny(80_000);

        public void Dispose() => Run.Dispose();
    }
}
