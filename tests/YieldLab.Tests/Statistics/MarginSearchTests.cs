using Xunit;
using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Margins;

namespace YieldLab.Tests.Statistics;

/// <summary>The search of a margin on yields that are known. How often it may be wrong is measured by
/// <c>MarginCoverageTests</c>.</summary>
public sealed class MarginSearchTests
{
    private const int Settings = 65;
    private const double Target = 0.9;

    private static MarginPlan Plan(int settings = Settings, long dies = 4000) => new(settings, Target, 0.95, dies);

    // Steep steps leave nothing undecided: the answer is the step itself, wherever it is.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(63)]
    [InlineData(64)]
    public void A_step_is_found_at_its_place_from_either_side(int step)
    {
        MarginResult rise = Search(k => k < step ? 0.5 : 0.99);
        Assert.Equal(MarginOutcome.Found, rise.Outcome);
        Assert.Equal(new MarginCrossing(step - 1, step), rise.Margin);
        Assert.True(rise.Margin!.IsRise && rise.Margin.IsSharp);
        Assert.Null(rise.Fall);

        MarginResult fall = Search(k => k < step ? 0.99 : 0.5);
        Assert.Equal(new MarginCrossing(step, step - 1), fall.Margin);
        Assert.False(fall.Margin!.IsRise);
        Assert.Null(fall.Rise);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(10_000)]
    public void Any_number_of_settings_is_searched(int settings)
    {
        int step = 1 + settings / 3;
        MarginResult result = Search(k => k < step ? 0.4 : 0.999, Plan(settings));
        Assert.Equal(new MarginCrossing(step - 1, step), result.Margin);
        Assert.True(result.Settings.Count <= 9 + Math.Ceiling(Math.Log2(settings)));
    }

    [Fact]
    public void A_gentle_slope_gives_the_interval_that_its_dies_can_tell()
    {
        var dies = new MadeDies(Slope, 7);
        MarginResult result = MarginSearch.Run(Plan(), dies.Trial);
        MarginCrossing margin = result.Margin!;
        Assert.True(Slope(margin.Below) < Target && Slope(margin.Above) > Target);
        Assert.False(margin.IsSharp);
        // What lies between was tried from both sides: the next settings stayed undecided with all dies that are allowed.
        foreach (int next in new[] { margin.Below + 1, margin.Above - 1 })
        {
            SettingYield near = Assert.Single(result.Settings, setting => setting.Setting == next);
            Assert.Equal(MarginVerdict.Undecided, near.Verdict);
            Assert.Equal(4000, near.Dies);
            Assert.True(near.Interval.Holds(Target));
        }
    }

    [Fact]
    public void A_hump_is_told_as_the_range_that_reaches_the_target()
    {
        MarginResult result = Search(k => k is >= 20 and <= 44 ? 0.99 : 0.6);
        Assert.Equal(MarginOutcome.NotMonotone, result.Outcome);
        Assert.Null(result.Margin);
        Assert.Equal([new(19, 20), new(45, 44)], result.Crossings);
        Assert.Equal(new MarginRange(20, 44), Assert.Single(result.Ranges));
        Assert.True(result.Rise!.IsRise && !result.Fall!.IsRise);
        Assert.Null(result.Band(30));
    }

    [Fact]
    public void A_valley_is_told_as_the_two_ranges_beside_it()
    {
        MarginResult result = Search(k => k is >= 20 and <= 44 ? 0.6 : 0.99);
        Assert.Equal(MarginOutcome.NotMonotone, result.Outcome);
        Assert.Equal([new(20, 19), new(44, 45)], result.Crossings);
        Assert.Equal([new(0, 19), new(45, 64)], result.Ranges);
    }

    // Both ends on different sides, and two more crossings that a bisection alone would not meet.
    [Fact]
    public void Three_crossings_are_found_where_one_would_do_for_a_monotone_yield()
    {
        MarginResult result = Search(k => k is >= 20 and < 30 or >= 50 ? 0.99 : 0.6);
        Assert.Equal([new(19, 20), new(30, 29), new(49, 50)], result.Crossings);
        Assert.Equal(MarginOutcome.NotMonotone, result.Outcome);
    }

    [Theory]
    [InlineData(0.5, MarginOutcome.NotReached)]
    [InlineData(0.0, MarginOutcome.NotReached)]
    [InlineData(0.98, MarginOutcome.ReachedEverywhere)]
    [InlineData(1.0, MarginOutcome.ReachedEverywhere)]
    [InlineData(0.9, MarginOutcome.Undecided)]
    public void A_flat_yield_has_no_crossing(double yield, MarginOutcome outcome)
    {
        MarginResult result = Search(_ => yield);
        Assert.Equal(outcome, result.Outcome);
        Assert.Empty(result.Crossings);
        Assert.Null(result.Margin);
        Assert.False(result.IsNotMonotone);
        Assert.Null(result.Band(3));
    }

    // A die of which nobody knows counts for neither side.
    [Fact]
    public void Unknown_dies_leave_undecided_what_they_could_change()
    {
        var dies = new MadeDies(k => k < 32 ? 0.2 : 0.97, 3, unknownPart: 0.12);
        MarginResult result = MarginSearch.Run(Plan(), dies.Trial);
        Assert.Equal(MarginOutcome.Undecided, result.Outcome);
        Assert.All(result.Settings, setting => Assert.True(setting.Setting < 32 || !setting.IsSure));
        Assert.All(result.Settings, setting => Assert.True(setting.Unknown > 0));
        SettingYield last = result.Settings[^1];
        Assert.Equal(
            ConfidenceSequence.At(last.Passed + last.Unknown, last.Dies, result.Plan.IntervalConfidence).Upper,
            last.Interval.Upper
        );
        Assert.Equal(
            ConfidenceSequence.At(last.Passed, last.Dies, result.Plan.IntervalConfidence).Lower,
            last.Interval.Lower
        );
    }

    [Fact]
    public void Every_setting_has_the_same_dies_from_die_0_on()
    {
        var dies = new MadeDies(Slope, 11);
        MarginResult result = MarginSearch.Run(Plan(), dies.Trial);
        foreach (var calls in dies.Calls.GroupBy(call => call.Setting))
        {
            long next = 0;
            foreach (var (_, first, count) in calls)
            {
                Assert.Equal(next, first);
                next += count;
            }
            Assert.Equal(result.Settings.Single(setting => setting.Setting == calls.Key).Dies, next);
        }
        Assert.Equal(dies.Calls.Sum(call => (long)call.Count), result.Dies);
        Assert.Equal(Settings * result.Settings.Max(setting => setting.Dies), result.DiesOfFullSweep);
    }

    // The oracle counts the dies one by one.
    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    public void Changes_count_the_dies_that_pass_at_one_of_two_settings_alone(double unknown)
    {
        var dies = new MadeDies(k => 0.3 + 0.01 * k, 5, ownPart: 0.3, unknownPart: unknown);
        PairedChange change = MarginSearch.Run(Plan(), dies.Trial).Rise!;
        DieResult[] higher = dies.Trial(change.Higher, 0, (int)change.Dies);
        DieResult[] lower = dies.Trial(change.Lower, 0, (int)change.Dies);
        var pairs = higher.Zip(lower).ToArray();
        Assert.Equal(pairs.Count(pair => pair is (DieResult.Passes, DieResult.Fails)), change.OnlyHigher);
        Assert.Equal(
            pairs.Count(pair => pair.First != DieResult.Passes && pair.Second != DieResult.Fails),
            change.OnlyLower
        );
        Assert.Equal(
            ConfidenceSequence.LogEvidence(change.OnlyHigher, change.OnlyHigher + change.OnlyLower, 0.5),
            change.LogEvidence
        );
    }

    [Fact]
    public void The_band_of_a_monotone_yield_is_that_of_the_settings_on_both_sides()
    {
        MarginResult rise = Search(Slope);
        MarginResult fall = Search(k => Slope(Settings - 1 - k));
        for (int k = 0; k < Settings; k++)
        {
            ProportionInterval band = rise.Band(k)!.Value;
            Assert.True(band.Holds(Slope(k)), $"{k}: {band}");
            Assert.Equal(band, fall.Band(Settings - 1 - k));
            if (k > 0)
                Assert.True(band.Lower >= rise.Band(k - 1)!.Value.Lower && band.Upper >= rise.Band(k - 1)!.Value.Upper);
        }
        Assert.All(
            rise.Settings,
            setting => Assert.True(rise.Band(setting.Setting)!.Value.Width <= setting.Interval.Width)
        );
    }

    [Fact]
    public void A_search_that_is_ended_tells_what_it_has()
    {
        var dies = new MadeDies(k => k < 20 ? 0.5 : 0.99, 1);
        MarginResult whole = MarginSearch.Run(Plan(), dies.Trial);
        for (int calls = 0; calls < dies.Calls.Count; calls++)
        {
            var again = new MadeDies(dies.Yield, 1);
            MarginResult part = MarginSearch.Run(
                Plan(),
                (setting, first, count) =>
                    again.Calls.Count < calls
                        ? again.Trial(setting, first, count)
                        : throw new OperationCanceledException()
            );
            Assert.True(part.Interrupted);
            Assert.True(part.Outcome is MarginOutcome.Found or MarginOutcome.Undecided);
            Assert.Equal(dies.Calls.Take(calls).Sum(call => (long)call.Count), part.Dies);
            if (part.Margin is { } margin)
                Assert.True(margin.Below <= whole.Margin!.Below && margin.Above >= whole.Margin.Above);
        }
    }

    // Fixed before the first die, and together no more than alpha.
    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(65)]
    [InlineData(300)]
    public void Parts_of_alpha_sum_to_alpha_at_most(int settings)
    {
        var plan = new MarginPlan(settings, 0.5, 0.9, 100);
        double spent = settings * (1 - plan.IntervalConfidence);
        for (int a = 0; a < settings; a++)
        for (int b = a + 1; b < settings; b++)
            spent += Math.Exp(-plan.LogEvidenceOfPair(a, b));
        // The sum of 45,000 doubles near 1e-7 to 1e-3 is right to 1e-12.
        Assert.True(spent <= 0.1 + 1e-12, $"{spent}");
        Assert.True(spent > 0.089, $"{spent}");
    }

    [Fact]
    public void What_no_search_can_be_made_of_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MarginPlan(1, 0.9, 0.95, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MarginPlan(9, 1, 0.95, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MarginPlan(9, double.NaN, 0.95, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MarginPlan(9, 0.9, 1, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MarginPlan(9, 0.9, 0.95, 0));
    }

    // One die a setting tells nothing, and says so.
    [Fact]
    public void Very_few_dies_decide_nothing()
    {
        MarginResult result = MarginSearch.Run(Plan(dies: 1), new MadeDies(k => k < 32 ? 0.5 : 0.99, 1).Trial);
        Assert.Equal(MarginOutcome.Undecided, result.Outcome);
        Assert.All(result.Settings, setting => Assert.Equal(1, setting.Dies));
    }

    private static double Slope(int k) => 0.7 + 0.3 * k / (Settings - 1);

    private static MarginResult Search(Func<int, double> yield, MarginPlan? plan = null) =>
        MarginSearch.Run(plan ?? Plan(), new MadeDies(yield, 20250301).Trial);
}
