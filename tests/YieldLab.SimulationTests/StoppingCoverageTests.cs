using Xunit;
using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Random;
using YieldLab.Tests.Statistics;

namespace YieldLab.SimulationTests;

/// <summary>What looking after every die, and stopping when one likes, does to intervals of a yield.</summary>
public sealed class StoppingCoverageTests(ITestOutputHelper output)
{
    private const int Runs = 2000;
    private const int Dies = 10_000;

    private static readonly RandomStream Stream = new("test/stopping");

    // A run misses where the interval after any of its dies does. The promise is alpha at most; 2,000 runs tell 0.05 from
    // 0.09, and Wilson's interval misses in half of them.
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    [InlineData(0.999)]
    public void Intervals_at_every_die_miss_in_at_most_alpha_of_the_runs(double p)
    {
        double[] confidences = [0.90, 0.95, 0.99];
        PassBounds[] bounds =
        [
            .. confidences.Select(confidence => new PassBounds(
                p,
                Dies,
                (passed, total) => ConfidenceSequence.At(passed, total, confidence)
            )),
        ];
        int[] missed = RunsThatMiss(p, bounds);
        for (int i = 0; i < bounds.Length; i++)
        {
            string message = $"p = {p}, {confidences[i]}: {missed[i]} of {Runs} runs of {Dies} dies miss";
            output.WriteLine(message);
            Assert.True(missed[i] <= Misses.Most(Runs, 1 - confidences[i]), message);
        }
    }

    // That the test above can fail.
    [Fact]
    public void Wilson_intervals_at_every_die_miss_in_far_more_than_alpha_of_the_runs()
    {
        int missed = RunsThatMiss(0.9, [new(0.9, Dies, (passed, total) => WilsonInterval.Of(passed, total))])[0];
        output.WriteLine($"{missed} of {Runs} runs of {Dies} dies miss");
        Assert.True(missed > 5 * Misses.Most(Runs, 0.05), $"{missed} of {Runs}");
    }

    // The interval at the end of a run that its own dies ended, or else at 10,000 dies.
    [Theory]
    [InlineData(0.9, 0.04, null)]
    [InlineData(0.99, 0.02, null)]
    [InlineData(0.5, 0.10, null)]
    [InlineData(0.95, null, 0.93)]
    [InlineData(0.90, null, 0.93)]
    [InlineData(0.93, 0.02, 0.94)]
    public void Interval_at_the_end_of_a_stopped_run_holds_the_yield(double p, double? width, double? target)
    {
        var rule = new StopRule(width, target, 0.95, 64);
        var runs = Stopped(p, rule);
        int missed = runs.Count(run => !rule.Interval(run.Passed, run.Total).Holds(p));
        string message =
            $"p = {p}, width {width}, target {target}: {missed} of {Runs} miss; "
            + $"{runs.Count(run => run.Reason is not null)} stopped, after {runs.Average(run => run.Total):0} dies in the mean";
        output.WriteLine(message);
        Assert.True(missed <= Misses.Most(Runs, 0.05), message);
        Assert.True(runs.Count(run => run.Reason is not null) > Runs / 2, message);
    }

    // At the target neither verdict is right; a yield above it is seldom said to be below.
    [Theory]
    [InlineData(0.95, 0.95)]
    [InlineData(0.99, 0.95)]
    [InlineData(0.95, 0.90)]
    public void Wrong_verdicts_are_at_most_alpha_at_the_target_itself(double target, double confidence)
    {
        var runs = Stopped(target, new StopRule(null, target, confidence));
        int above = runs.Count(run => run.Reason == StopReason.AboveTarget);
        int below = runs.Count(run => run.Reason == StopReason.BelowTarget);
        string message = $"p = target = {target}, {confidence}: {above} runs of {Runs} end above, {below} below";
        output.WriteLine(message);
        Assert.True(above + below <= Misses.Most(Runs, 1 - confidence), message);
    }

    private static int[] RunsThatMiss(double p, PassBounds[] bounds)
    {
        int[] missed = new int[bounds.Length];
        Parallel.For(
            0,
            Runs,
            run =>
            {
                bool[] misses = Misses(run, p, bounds);
                for (int i = 0; i < bounds.Length; i++)
                    if (misses[i])
                        Interlocked.Increment(ref missed[i]);
            }
        );
        return missed;

        static bool[] Misses(int run, double p, PassBounds[] bounds)
        {
            bool[] misses = new bool[bounds.Length];
            int passed = 0;
            for (int n = 1; n <= Dies; n++)
            {
                passed += Passes(run, n - 1, p);
                for (int i = 0; i < bounds.Length; i++)
                    misses[i] |= !bounds[i].Hold(passed, n);
            }
            return misses;
        }
    }

    private static (long Passed, long Total, StopReason? Reason)[] Stopped(double p, StopRule rule) =>
        [.. Enumerable.Range(0, Runs).AsParallel().AsOrdered().Select(run => Stopped(run, p, rule))];

    private static (long Passed, long Total, StopReason? Reason) Stopped(int run, double p, StopRule rule)
    {
        long passed = 0;
        for (int n = 1; n <= Dies; n++)
        {
            passed += Passes(run, n - 1, p);
            if (StopRule.IsLook(n) && rule.Decide(passed, n) is { } reason)
                return (passed, n, reason);
        }
        return (passed, Dies, null);
    }

    private static int Passes(int run, int die, double p) =>
        new AddressedDraws(20250102).Uniform(Stream, run, (uint)die) < p ? 1 : 0;
}
