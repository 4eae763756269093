using Xunit;
using YieldLab.Statistics.Margins;
using YieldLab.Tests.Statistics;

namespace YieldLab.SimulationTests;

/// <summary>How often a search of a margin is wrong, on yields that are known.</summary>
public sealed class MarginCoverageTests(ITestOutputHelper output)
{
    private const int Repeats = 2000;
    private const int Settings = 65;
    private const double Target = 0.95;
    private const long Dies = 2000;

    private static readonly Dictionary<string, Func<int, double>> Yields = new()
    {
        ["slope"] = k => 0.80 + 0.20 * k / 64,
        ["falling slope"] = k => 1 - 0.20 * k / 64,
        ["normal"] = k => MathNet.Numerics.Distributions.Normal.CDF(20, 12, k),
        ["step"] = k => k < 37 ? 0.70 : 0.99,
        ["step near"] = k => k < 37 ? 0.93 : 0.97,
        ["at target"] = _ => Target,
        ["never"] = k => 0.5 + 0.4 * k / 64,
        ["always"] = k => 0.97 + 0.02 * k / 64,
        ["hump"] = k => 0.99 - 0.2 * Math.Pow((k - 30) / 32.0, 2),
        ["valley"] = k => 0.85 + 0.14 * Math.Pow((k - 32) / 32.0, 2),
    };

    // An error of a search is any of: a verdict on the wrong side (at the target itself both are wrong), an interval of any
    // setting that misses its yield, a crossing that holds none, a band that misses, a false alarm that the yield is not
    // monotone. All of these together have the probability 1 - confidence at most.
    [Theory]
    [InlineData("slope", 0, MarginOutcome.Found)]
    [InlineData("slope", 0.3, MarginOutcome.Found)]
    [InlineData("falling slope", 0, MarginOutcome.Found)]
    [InlineData("normal", 0, MarginOutcome.Found)]
    [InlineData("step", 0.3, MarginOutcome.Found)]
    [InlineData("step near", 0, null)]
    [InlineData("at target", 0, MarginOutcome.Undecided)]
    [InlineData("at target", 0.5, MarginOutcome.Undecided)]
    [InlineData("never", 0, MarginOutcome.NotReached)]
    [InlineData("always", 0.3, null)]
    [InlineData("hump", 0, MarginOutcome.NotMonotone)]
    [InlineData("valley", 0.3, MarginOutcome.NotMonotone)]
    public void Searches_with_any_error_are_at_most_alpha(string name, double ownPart, MarginOutcome? expected)
    {
        foreach (double confidence in new[] { 0.90, 0.95, 0.99 })
        {
            (MarginResult Result, bool Wrong)[] runs = Run(name, ownPart, confidence);
            int wrong = runs.Count(run => run.Wrong);
            string message = $"{name}, own {ownPart}, {confidence}: {wrong} of {Repeats} wrong; {Summary(runs)}";
            output.WriteLine(message);
            Assert.True(wrong <= Misses.Most(Repeats, 1 - confidence), message);
            // A search must not only be right but tell something, and of few settings and dies.
            Assert.True(
                expected is null || runs.Count(run => run.Result.Outcome == expected) > 0.98 * Repeats,
                message
            );
            Assert.True(runs.All(run => run.Result.Dies < run.Result.DiesOfFullSweep / 2), message);
            Assert.True(runs.Average(run => run.Result.Settings.Count) < 25, message);
        }
    }

    // That the test above can fail: a plan that promises next to nothing, of two settings at the target, is wrong far more
    // often than 1 in 100.
    [Fact]
    public void A_search_that_promises_little_is_wrong_more_often()
    {
        var plan = new MarginPlan(2, Target, 0.1, Dies);
        int wrong = Enumerable
            .Range(0, Repeats)
            .Count(run =>
                IsWrong(MarginSearch.Run(plan, new MadeDies(_ => Target, Seed(run), 0.5).Trial), _ => Target)
            );
        output.WriteLine($"{wrong} of {Repeats} wrong at a confidence of 10 %");
        Assert.True(wrong > Misses.Most(Repeats, 0.01), $"{wrong}");
        Assert.True(wrong <= Misses.Most(Repeats, 0.9), $"{wrong}");
    }

    // The yield dips within a rise by so much: how often the paired dies show it. What dips by nothing must not be called so.
    [Theory]
    [InlineData(0, 0, 0, 0.05)]
    [InlineData(0, 0.5, 0, 0.05)]
    [InlineData(0.05, 0, 0, 1)]
    [InlineData(0.10, 0, 0.95, 1)]
    [InlineData(0.10, 0.5, 0, 1)]
    public void Dips_are_shown_by_paired_dies(double dip, double ownPart, double least, double most)
    {
        double Dipped(int k) => 0.70 + 0.29 * k / 64 - (k is > 20 and < 28 ? dip : 0);
        int shown = 0;
        Parallel.For(
            0,
            Repeats,
            run =>
            {
                var dies = new MadeDies(Dipped, Seed(run), ownPart);
                if (MarginSearch.Run(new(Settings, Target, 0.95, Dies), dies.Trial).IsNotMonotone)
                    Interlocked.Increment(ref shown);
            }
        );
        string message = $"dip {dip}, own {ownPart}: {shown} of {Repeats} are shown not to be monotone";
        output.WriteLine(message);
        Assert.True(shown >= least * Repeats && shown <= Misses.Most(Repeats, most), message);
    }

    private static (MarginResult Result, bool Wrong)[] Run(string name, double ownPart, double confidence)
    {
        var plan = new MarginPlan(Settings, Target, confidence, Dies);
        return
        [
            .. Enumerable
                .Range(0, Repeats)
                .AsParallel()
                .AsOrdered()
                .Select(run =>
                {
                    MarginResult result = MarginSearch.Run(plan, new MadeDies(Yields[name], Seed(run), ownPart).Trial);
                    return (result, IsWrong(result, Yields[name]));
                }),
        ];
    }

    private static ulong Seed(int run) => 20250302UL * 1_000_003 + (ulong)run;

    private static bool IsWrong(MarginResult result, Func<int, double> yield) =>
        result.Settings.Any(setting =>
            !setting.Interval.Holds(yield(setting.Setting))
            || (setting.Verdict == MarginVerdict.Above && !(yield(setting.Setting) > Target))
            || (setting.Verdict == MarginVerdict.Below && !(yield(setting.Setting) < Target))
        )
        || result.Crossings.Any(crossing => !(yield(crossing.Below) < Target && Target < yield(crossing.Above)))
        || (IsMonotone(yield) && (result.IsNotMonotone || BandMisses(result, yield)));

    private static bool BandMisses(MarginResult result, Func<int, double> yield) =>
        Enumerable.Range(0, Settings).Any(k => result.Band(k) is { } band && !band.Holds(yield(k)));

    private static bool IsMonotone(Func<int, double> yield)
    {
        int[] signs =
        [
            .. Enumerable.Range(1, Settings - 1).Select(k => Math.Sign(yield(k) - yield(k - 1))).Where(s => s != 0),
        ];
        return signs.Distinct().Count() <= 1;
    }

    private static string Summary((MarginResult Result, bool Wrong)[] runs) =>
        $"{string.Join(", ", runs.CountBy(run => run.Result.Outcome).Select(count => $"{count.Value} {count.Key}"))}; "
        + $"{runs.Average(run => run.Result.Dies):0} dies at {runs.Average(run => run.Result.Settings.Count):0.0} settings, "
        + $"all settings {runs.Average(run => run.Result.DiesOfFullSweep):0}; crossing over "
        + $"{runs.SelectMany(run => run.Result.Crossings).Select(c => Math.Abs(c.Above - c.Below)).DefaultIfEmpty().Average():0.0} steps";
}
