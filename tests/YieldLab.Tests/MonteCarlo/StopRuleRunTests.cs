using System.Collections.Concurrent;
using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.MonteCarlo;

/// <summary>
/// A run that a rule ends: its end is that of asking the rule by hand, die after die, and what it leaves is the same for any
/// number of threads and however it was broken off.
/// </summary>
public sealed class StopRuleRunTests
{
    private const long Samples = 2 * TableLayout.MostDiesPerPart;

    // Decides in the first part, long before the dies that a blocked batch lets the other threads compute.
    private static readonly StopRule InFirstPart = new(0.15, null);

    [Theory]
    [InlineData(0.2, null, 1)]
    [InlineData(0.124, null, 1)]
    [InlineData(null, 0.5, 1)]
    [InlineData(null, 0.8, 1)]
    [InlineData(0.15, 0.62, 1)]
    [InlineData(0.4, null, 1000)]
    public void Run_ends_where_the_rule_asked_at_each_look_in_order_says_so(double? width, double? target, long least)
    {
        var rule = new StopRule(width, target, 0.95, least);
        StopDecision expected = ByHand(rule, Samples)!;
        Assert.InRange(expected.Dies, least, Samples - 1);
        using var one = new TemporaryRun();
        Run(one, new FakeModel(), Samples, rule, 1);
        Assert.Equal(Numbers(0, expected.Dies), one.Dies);
        foreach (int threads in new[] { 1, 2, 4 })
        {
            using var run = new TemporaryRun();
            RunOutcome outcome = Run(run, new FakeModel(), Samples, rule, threads);
            Assert.Equal(RunEnd.Decided, outcome.End);
            Assert.Equal(expected, Assert.Single(outcome.Decisions));
            Assert.Equal(
                (expected.Dies, expected.Dies, expected.Passed, Failed(expected.Dies)),
                (outcome.Progress.Done, outcome.Progress.Total, outcome.Progress.Passed, outcome.Progress.Failed)
            );
            AssertSame(one, run);
        }
    }

    // The first batch waits until the second part is nearly complete, so the rule cannot be asked and all of it is surplus.
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Batches_that_end_out_of_order_change_neither_the_end_nor_the_stored_bytes(int threads)
    {
        using var inOrder = Stopped(InFirstPart);
        using var late = new ManualResetEventSlim();
        bool waited = false;
        var model = new FakeModel
        {
            Starting = die => waited |= die == 0 && late.Wait(TimeSpan.FromSeconds(20)),
            Finishing = die =>
            {
                if (die >= Samples - 1000)
                    late.Set();
            },
        };
        using var run = new TemporaryRun();
        RunOutcome outcome = Run(run, model, Samples, InFirstPart, threads);
        Assert.True(waited, "the first batch did not see the second part end");
        Assert.Equal(ByHand(InFirstPart, Samples), outcome.Decisions[0]);
        Assert.Equal((outcome.Progress.Total, outcome.Progress.Total), (outcome.Progress.Done, inOrder.Dies.Length));
        AssertSame(inOrder, run);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Run_that_was_cancelled_ends_where_it_would_have_ended(int threads)
    {
        var rule = new StopRule(0.124, null);
        using var whole = Stopped(rule);
        Assert.InRange(whole.Dies.Length, TableLayout.MostDiesPerPart + 1000, Samples - 1);
        using var run = new TemporaryRun();
        foreach (long last in new long[] { 100, 9_000, TableLayout.MostDiesPerPart + 300 })
        {
            using var cancel = new CancellationTokenSource();
            var model = new FakeModel
            {
                Starting = die =>
                {
                    if (die >= last)
                        cancel.Cancel();
                },
            };
            RunOutcome broken = Runner(run, model, Samples, rule).Run(threads, cancel.Token);
            Assert.Equal((RunEnd.Interrupted, null), (broken.End, broken.Decisions[0]));
        }
        RunOutcome outcome = Run(run, new FakeModel(), Samples, rule, threads);
        Assert.Equal((RunEnd.Decided, ByHand(rule, Samples)), (outcome.End, outcome.Decisions[0]));
        AssertSame(whole, run);
    }

    [Theory]
    [InlineData(10_000, 10_000)]
    [InlineData(10_000, Samples)]
    public void More_dies_that_are_stored_already_are_kept_and_do_not_count(long stored, long samples)
    {
        StopDecision expected = ByHand(InFirstPart, Samples)!;
        using var all = new TemporaryRun();
        all.Run(new FakeModel(), stored, 1);
        using var run = new TemporaryRun();
        run.Run(new FakeModel(), stored, 1);
        var model = new FakeModel { Computing = die => Assert.Fail($"die {die} is computed again") };
        RunOutcome outcome = Run(run, model, samples, InFirstPart, 2);
        Assert.Equal((RunEnd.Decided, expected), (outcome.End, outcome.Decisions[0]));
        Assert.Equal(
            (expected.Dies, expected.Dies, expected.Dies, expected.Passed, Failed(expected.Dies)),
            (
                outcome.Progress.Kept,
                outcome.Progress.Done,
                outcome.Progress.Total,
                outcome.Progress.Passed,
                outcome.Progress.Failed
            )
        );
        AssertSame(all, run);
    }

    // What a run leaves that was cancelled while its first batch was late: many dies that the rule, once asked, does not need.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Dies_beyond_a_gap_are_kept_and_the_rule_is_asked_when_the_gap_is_filled(int threads)
    {
        StopDecision expected = ByHand(InFirstPart, Samples)!;
        using var all = new TemporaryRun();
        all.Run(new FakeModel(), 10_000, 1);
        using var run = new TemporaryRun();
        RunShare(run, new DieRange(16, 10_000));
        var computed = new ConcurrentBag<long>();
        RunOutcome outcome = Run(run, new FakeModel { Computing = computed.Add }, Samples, InFirstPart, threads);
        Assert.Equal((RunEnd.Decided, expected), (outcome.End, outcome.Decisions[0]));
        Assert.Equal((expected.Dies, expected.Dies), (outcome.Progress.Done, outcome.Progress.Total));
        Assert.Equal(expected.Dies - 16, outcome.Progress.Kept);
        Assert.Equal(Numbers(0, 16), computed.Order().Take(16));
        AssertSame(all, run);
    }

    [Fact]
    public void Summary_of_a_point_with_more_dies_than_count_is_that_of_the_dies_that_count()
    {
        StopDecision decision = ByHand(InFirstPart, Samples)!;
        using var some = new TemporaryRun();
        some.Run(new FakeModel(), decision.Dies, 1);
        using var more = new TemporaryRun();
        more.Run(new FakeModel(), 10_000, 1);
        RunSummary expected = Summary(some, null);
        RunSummary summary = Summary(more, decision.Dies);
        Assert.Equal(decision.Dies, summary.Dies);
        Assert.Equal(decision.Passed, summary.Yields[^1].Passed);
        Assert.Equal(expected.Yields, summary.Yields);
        Assert.Equal(expected.Failures, summary.Failures);
        Assert.Equal(expected.Metrics.Select(m => m.Mean), summary.Metrics.Select(m => m.Mean));
        Assert.Equal(10_000, Summary(more, null).Dies);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_whose_rule_never_decides_is_complete(int threads)
    {
        using var whole = new TemporaryRun();
        whole.Run(new FakeModel(), 3000, 1);
        using var run = new TemporaryRun();
        RunOutcome outcome = Run(run, new FakeModel(), 3000, new StopRule(0.01, null), threads);
        Assert.Equal((RunEnd.Complete, null), (outcome.End, outcome.Decisions[0]));
        Assert.Equal((3000, 3000), (outcome.Progress.Done, outcome.Progress.Total));
        AssertSame(whole, run);
    }

    // Nothing is left out, so the run is complete; what the rule found is told all the same.
    [Fact]
    public void Run_whose_rule_decides_at_its_last_die_is_complete()
    {
        StopDecision expected = ByHand(InFirstPart, Samples)!;
        using var run = new TemporaryRun();
        RunOutcome outcome = Run(run, new FakeModel(), expected.Dies, InFirstPart, 2);
        Assert.Equal((RunEnd.Complete, expected), (outcome.End, outcome.Decisions[0]));
        using var less = new TemporaryRun();
        RunOutcome undecided = Run(less, new FakeModel(), expected.Dies - 1, InFirstPart, 2);
        Assert.Equal((RunEnd.Complete, null), (undecided.End, undecided.Decisions[0]));
    }

    [Fact]
    public void Run_that_was_decided_computes_nothing_and_can_be_gone_on_with_without_the_rule()
    {
        using var whole = new TemporaryRun();
        whole.Run(new FakeModel(), 9000, 1);
        using var run = Stopped(InFirstPart);
        var idle = new FakeModel { Computing = die => Assert.Fail($"die {die} is computed again") };
        RunOutcome again = Run(run, idle, Samples, InFirstPart, 2);
        Assert.Equal((RunEnd.Decided, again.Progress.Total), (again.End, again.Progress.Kept));
        run.Run(new FakeModel(), 9000, 2);
        AssertSame(whole, run);
    }

    // Dies that fail no more pass, so the rule has other dies before it than when it decided.
    [Fact]
    public void Failed_dies_that_are_computed_again_are_judged_as_they_are_then()
    {
        StopDecision before = ByHand(InFirstPart, Samples)!;
        StopDecision after = ByHand(InFirstPart, before.Dies, die => Value(FakeModel.ValueOf(die)), _ => false)!;
        Assert.InRange(after.Dies, 1, before.Dies - 1);
        using var whole = new TemporaryRun();
        whole.Run(new FakeModel { Mended = true }, before.Dies, 1);
        using var run = Stopped(InFirstPart);
        RunRequest request = RunRequest.First(Samples) with { Rule = InFirstPart, OnlyFailed = true };
        RunOutcome outcome = run.Runner(new FakeModel { Mended = true }, request)
            .Run(2, TestContext.Current.CancellationToken);
        Assert.Equal((RunEnd.Decided, after), (outcome.End, outcome.Decisions[0]));
        AssertSame(whole, run);
    }

    // A failed die stands at the beginning of those that lie beyond a gap.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Failed_dies_of_a_run_that_is_not_complete_are_computed_again_and_it_is_not_complete_then(bool hasRule)
    {
        using var run = new TemporaryRun();
        RunShare(run, new DieRange(44, 100));
        RunRequest request = RunRequest.First(100) with { Rule = hasRule ? InFirstPart : null, OnlyFailed = true };
        Runner runner = run.Runner(new FakeModel { Mended = true }, request);
        RunOutcome outcome = runner.Run(1, TestContext.Current.CancellationToken);
        Assert.Equal((RunEnd.Unfinished, null), (outcome.End, outcome.Decisions[0]));
        Assert.Equal((56, 0), (outcome.Progress.Done, outcome.Progress.Failed));
        Assert.Equal(Numbers(44, 56), run.Dies);
        Assert.Equal(RunEnd.Complete, run.Run(new FakeModel(), 100, 1).End);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_whose_time_is_over_keeps_all_that_was_begun_and_goes_on_from_there(int threads)
    {
        using var whole = new TemporaryRun();
        whole.Run(new FakeModel(), 3000, 1);
        using var run = new TemporaryRun();
        var begun = new ConcurrentBag<long>();
        var model = new FakeModel
        {
            Starting = die =>
            {
                begun.Add(die);
                Thread.Sleep(2);
            },
        };
        RunRequest request = RunRequest.First(1_000_000) with { After = TimeSpan.FromMilliseconds(40) };
        RunOutcome outcome = run.Runner(model, request).Run(threads, TestContext.Current.CancellationToken);
        Assert.Equal((RunEnd.TimeOver, "time over"), (outcome.End, outcome.End.Text()));
        Assert.Equal(Numbers(0, 16 * begun.Count), run.Dies);
        Assert.Equal((16 * begun.Count, 1_000_000), (outcome.Progress.Done, outcome.Progress.Total));
        Assert.InRange(begun.Count, 1, 3000 / 16);
        Assert.Equal(RunEnd.Complete, run.Run(new FakeModel(), 3000, threads).End);
        AssertSame(whole, run);
    }

    // A timer of the system counts up to 49 days.
    [Theory]
    [InlineData(1)]
    [InlineData(60 * 86400)]
    [InlineData(1e9)]
    public void Time_that_is_long_enough_changes_nothing(double seconds)
    {
        using var run = new TemporaryRun();
        RunRequest request = RunRequest.First(100) with { After = TimeSpan.FromSeconds(seconds) };
        RunOutcome outcome = run.Runner(new FakeModel(), request).Run(2, TestContext.Current.CancellationToken);
        Assert.Equal((RunEnd.Complete, 100), (outcome.End, outcome.Progress.Done));
    }

    [Fact]
    public void Run_that_is_cancelled_before_its_time_is_over_was_interrupted()
    {
        using var run = new TemporaryRun();
        RunRequest request = RunRequest.First(100) with { After = TimeSpan.FromSeconds(100) };
        Assert.Equal(RunEnd.Interrupted, run.Runner(new FakeModel(), request).Run(1, new(canceled: true)).End);
    }

    private static RunOutcome Run(TemporaryRun run, FakeModel model, long samples, StopRule rule, int threads) =>
        Runner(run, model, samples, rule).Run(threads, TestContext.Current.CancellationToken);

    private static Runner Runner(TemporaryRun run, FakeModel model, long samples, StopRule rule) =>
        run.Runner(model, RunRequest.First(samples) with { Rule = rule });

    private static void RunShare(TemporaryRun run, DieRange dies) =>
        run.Runner(new FakeModel(), new RunRequest(dies)).Run(1, TestContext.Current.CancellationToken);

    private static TemporaryRun Stopped(StopRule rule)
    {
        var run = new TemporaryRun();
        Run(run, new FakeModel(), Samples, rule, 1);
        return run;
    }

    private static RunSummary Summary(TemporaryRun run, long? counted)
    {
        var description = RunDescription.Of([RunPoint.Only(new FakeModel())], TemporaryRun.Specs);
        description = description with { Points = [description.Points[0] with { Counted = counted }] };
        return RunSummary.Of(run.Folder, description, new EstimateRule.AnyTime()).Single();
    }

    private static StopDecision? ByHand(StopRule rule, long samples) =>
        ByHand(
            rule,
            samples,
            die => FakeModel.FailureOf(die) is null && Value(FakeModel.ValueOf(die)),
            die => FakeModel.FailureOf(die) is not null
        );

    // Failed dies count against a decision either way.
    private static StopDecision? ByHand(StopRule rule, long samples, Func<long, bool> passes, Func<long, bool> fails)
    {
        long passed = 0;
        long unknown = 0;
        for (long dies = 1; dies <= samples; dies++)
        {
            passed += passes(dies - 1) ? 1 : 0;
            unknown += fails(dies - 1) ? 1 : 0;
            if (StopRule.IsLook(dies) && rule.Decide(passed, dies, unknown) is { } reason)
                return new(dies, passed, reason);
        }
        return null;
    }

    // The specifications of TemporaryRun.
    private static bool Value(double value) => value is >= 0.2 and < 0.9;

    private static long Failed(long dies) => Numbers(0, dies).Count(die => FakeModel.FailureOf(die) is not null);

    private static long[] Numbers(long first, long count) =>
        [.. Enumerable.Range(0, (int)count).Select(i => first + i)];

    private static void AssertSame(TemporaryRun expected, TemporaryRun actual)
    {
        Assert.Equal(expected.Files, actual.Files);
        Assert.All([.. expected.Files, "parts.sha256"], file => Assert.Equal(expected.Bytes(file), actual.Bytes(file)));
    }
}
