using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.MonteCarlo;

/// <summary>
/// A rule ends a run after the same die however often it was broken off, and no die beyond that one is stored, though other
/// threads had finished some.
/// </summary>
public sealed class StoppedResumeTests
{
    private const long Most = 5_000;

    private static readonly StopRule Rule = new(0.2, null);
    private static readonly RunRequest Request = RunRequest.First(Most) with { Rule = Rule, RuleOfJournals = Rule };

    // One thread waits with its batch while the other goes on; then the folder is copied, as a kill would leave it. The
    // batch that waits is one in which the rule decides, or one long before.
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Dies_that_were_finished_beyond_the_end_are_not_in_a_run_that_was_killed(int batchesBefore)
    {
        using var whole = new TemporaryRun();
        long end = whole.Runner(new FakeModel(), Request).Run(1, Cancellation).Decisions.Single()!.Dies;
        Assert.InRange(end, 16 * 9, Most - 1000);
        long waiting = (end - 1) / 16 * 16 - 16 * (batchesBefore - 1);
        using var copy = new TemporaryRun();
        using var killed = new TemporaryRun();
        killed.Runner(Stalled(waiting, end + 160, () => Copy(killed, copy)), Request).Run(2, Cancellation);
        Assert.True(File.Exists(Path.Combine(copy.Folder.Path, "journal", "part-00000.log")));
        copy.Runner(new FakeModel(), Request).Run(1, Cancellation);
        Assert.Equal(whole.Files, copy.Files);
        Assert.All(whole.Files, file => Assert.Equal(whole.Bytes(file), copy.Bytes(file)));
        Assert.All(whole.Files, file => Assert.Equal(whole.Bytes(file), killed.Bytes(file)));
    }

    // The other threads' dies are in memory when one thread meets the fault, and are written then.
    [Fact]
    public void Dies_that_were_finished_beyond_the_end_are_not_in_a_run_that_met_a_full_disk()
    {
        using var whole = new TemporaryRun();
        long end = whole.Runner(new FakeModel(), Request).Run(1, Cancellation).Decisions.Single()!.Dies;
        using var run = new TemporaryRun();
        var model = Stalled((end - 1) / 16 * 16, end + 160, () => throw new OutOfMemoryException("as a full disk"));
        Runner broken = run.Runner(model, Request);
        Assert.Throws<OutOfMemoryException>(() => broken.Run(2, Cancellation));
        run.Runner(new FakeModel(), Request).Run(1, Cancellation);
        Assert.All(whole.Files, file => Assert.Equal(whole.Bytes(file), run.Bytes(file)));
    }

    [Fact]
    public void Dies_beyond_the_end_that_an_earlier_run_stored_on_purpose_are_kept()
    {
        using var run = new TemporaryRun();
        run.Run(new FakeModel(), 3_000, 1);
        string[] files = run.Files;
        byte[][] before = [.. files.Select(run.Bytes)];
        RunOutcome outcome = run.Runner(new FakeModel(), Request).Run(2, Cancellation);
        Assert.InRange(outcome.Decisions.Single()!.Dies, 1, 2_999);
        Assert.Equal(before, files.Select(run.Bytes));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static FakeModel Stalled(long waiting, long until, Action then)
    {
        var others = new ManualResetEventSlim();
        return new()
        {
            Starting = die =>
            {
                if (die >= until)
                    others.Set();
                if (die != waiting)
                    return;
                Assert.True(others.Wait(TimeSpan.FromMinutes(1)));
                then();
            },
        };
    }

    private static void Copy(TemporaryRun run, TemporaryRun to)
    {
        foreach (string file in run.Files.Append("parts.sha256"))
        {
            string source = Path.Combine(run.Folder.Path, file);
            string target = Path.Combine(to.Folder.Path, file);
            if (!File.Exists(source))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var into = File.Create(target);
            from.CopyTo(into);
        }
    }
}
