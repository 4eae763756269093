using MathNet.Numerics.Statistics;
using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.MonteCarlo;

public class RunSummaryTests
{
    private const int Samples = TableLayout.MostDiesPerPart + 500;

    private static readonly int[] Dies = [.. Enumerable.Range(0, Samples)];

    [Fact]
    public void Summary_counts_dies_failures_and_yields_over_all_parts()
    {
        RunSummary summary = Summary();
        Assert.Equal(Samples, summary.Dies);
        var reason = Assert.Single(summary.Failures);
        Assert.Equal(FakeModel.Reason, reason.Key);
        Assert.Equal(Dies.Count(die => FakeModel.FailureOf(die) is not null), reason.Value);
        Assert.Equal(["value >= 0.2", "value < 0.9", "all specs"], summary.Yields.Select(y => y.Name));
        Assert.Equal(
            [Count(value => value >= 0.2), Count(value => value < 0.9), Count(value => value is >= 0.2 and < 0.9)],
            summary.Yields.Select(y => y.Passed)
        );
        Assert.All(summary.Yields, y => Assert.Equal(Samples, y.Total));
    }

    [Fact]
    public void Yield_is_the_share_of_all_dies_with_its_Wilson_interval()
    {
        YieldEstimate estimate = Estimate(passed: 873, failed: 0);
        Assert.Equal(0.873, estimate.Value);
        Assert.Equal(0.873, estimate.IfUnknownPass);
        Assert.Equal(WilsonInterval.Of(873, 1000, 0.95), estimate.Interval);
    }

    // What a failed die would have done is not known: the interval holds whatever it would have.
    [Fact]
    public void Yield_is_a_range_from_all_failed_dies_fail_to_all_pass()
    {
        YieldEstimate estimate = Estimate(passed: 873, failed: 40);
        Assert.Equal((0.873, 0.913, 40), (estimate.Value, estimate.IfUnknownPass, estimate.Unknown));
        Assert.Equal(WilsonInterval.Of(873, 1000, 0.95).Lower, estimate.Interval.Lower);
        Assert.Equal(WilsonInterval.Of(913, 1000, 0.95).Upper, estimate.Interval.Upper);
    }

    // Interpolation between numbers below 1 by two programs: a few roundings of 1.1e-16. The mean of 17 000 such numbers
    // is summed in the same order, so it may differ by as much.
    [Fact]
    public void Quantiles_and_mean_match_MathNet_over_the_dies_that_have_the_metric()
    {
        double[] values = [.. Dies.Select(die => FakeModel.ValueOf(die)).Where(double.IsFinite).Order()];
        MetricQuantiles metric = Assert.Single(Summary().Metrics);
        Assert.Equal(FakeModel.Value, metric.Column.Name);
        Assert.Equal(values.Length, metric.Count);
        Assert.True(values.Length < Samples, "some dies should have no value");
        Assert.Equal(values.Average(), metric.Mean, 1e-12);
        for (int i = 0; i < RunSummary.Probabilities.Count; i++)
            Assert.Equal(
                SortedArrayStatistics.QuantileCustom(values, RunSummary.Probabilities[i], QuantileDefinition.R7),
                metric.Values[i],
                1e-15
            );
    }

    // Dies without a value that did not fail never got there: dropped, they would make the slowest tenth look fast.
    [Fact]
    public void Never_counts_as_later_than_any_and_a_failed_die_does_not_count()
    {
        using var run = new TemporaryRun();
        var model = new FakeModel { EpochsPerDie = 0, NullIsNever = true };
        run.Run(model, 1000, 1);
        MetricQuantiles metric = Assert.Single(run.Summary(model).Metrics);
        double[] values =
        [
            .. Enumerable
                .Range(0, 1000)
                .Where(die => FakeModel.FailureOf(die) is null)
                .Select(die => FakeModel.ValueOf(die))
                .Select(value => double.IsNaN(value) ? double.PositiveInfinity : value)
                .Order(),
        ];
        Assert.Equal(values.Length, metric.Count);
        Assert.Equal(double.PositiveInfinity, metric.Mean);
        Assert.Equal(RunSummary.Probabilities.Select(p => Quantile.OfSorted(values, p)), metric.Values);
        Assert.Equal(double.PositiveInfinity, metric.Values[^1]);
        Assert.True(double.IsFinite(metric.Values[^2]));
    }

    [Fact]
    public void Folder_without_dies_has_no_yield_and_no_quantiles()
    {
        using var run = new TemporaryRun();
        RunSummary summary = run.Summary(new FakeModel());
        Assert.Equal(0, summary.Dies);
        Assert.Empty(summary.Failures);
        Assert.Empty(summary.Yields);
        MetricQuantiles metric = Assert.Single(summary.Metrics);
        Assert.Equal(0, metric.Count);
        Assert.All(metric.Values, value => Assert.True(double.IsNaN(value)));
    }

    private static RunSummary Summary()
    {
        using var run = new TemporaryRun();
        var model = new FakeModel { EpochsPerDie = 0 };
        run.Run(model, Samples, 2);
        return run.Summary(model);
    }

    // 1000 dies, of which the first pass and the last failed.
    private static YieldEstimate Estimate(int passed, int failed) =>
        YieldEstimate.Of(
            "all specs",
            new EstimateRule.Fixed(),
            [.. Enumerable.Range(0, 1000).Select(die => (long)die)],
            [.. Enumerable.Range(0, 1000).Select(die => die < passed)],
            [.. Enumerable.Range(0, 1000).Select(die => die >= 1000 - failed)]
        );

    private static long Count(Func<double, bool> meets) =>
        Dies.Count(die => FakeModel.FailureOf(die) is null && meets(FakeModel.ValueOf(die)));
}
