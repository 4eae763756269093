using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class StopRuleTests
{
    // The interval of 95 % at 990 of 1,000 is 97.38 % to 99.76 % (its ends are tested elsewhere), 2.38 % wide.
    [Theory]
    [InlineData(0.024, null, StopReason.Narrow)]
    [InlineData(0.023, null, null)]
    [InlineData(null, 0.97, StopReason.AboveTarget)]
    [InlineData(null, 0.98, null)]
    [InlineData(null, 0.998, StopReason.BelowTarget)]
    [InlineData(0.024, 0.97, StopReason.AboveTarget)]
    [InlineData(0.024, 0.98, StopReason.Narrow)]
    [InlineData(0.023, 0.98, null)]
    public void Rule_stops_by_width_or_by_side_of_the_target(double? width, double? target, StopReason? expected) =>
        Assert.Equal(expected, new StopRule(width, target).Decide(990, 1000));

    [Fact]
    public void Interval_that_touches_the_target_does_not_stop()
    {
        ProportionInterval interval = ConfidenceSequence.At(90, 100, 0.95);
        Assert.Null(new StopRule(null, interval.Lower).Decide(90, 100));
        Assert.Null(new StopRule(null, interval.Upper).Decide(90, 100));
        Assert.Equal(StopReason.AboveTarget, new StopRule(null, Math.BitDecrement(interval.Lower)).Decide(90, 100));
        Assert.Equal(StopReason.BelowTarget, new StopRule(null, Math.BitIncrement(interval.Upper)).Decide(90, 100));
        Assert.Equal(StopReason.Narrow, new StopRule(interval.Width, null).Decide(90, 100));
    }

    [Fact]
    public void Nothing_stops_before_the_fewest_dies()
    {
        var rule = new StopRule(0.5, 0.001, 0.9, 100);
        Assert.Null(rule.Decide(99, 99));
        Assert.Equal(StopReason.AboveTarget, rule.Decide(100, 100));
    }

    [Theory]
    [InlineData(StopReason.Narrow, "the interval is narrow enough (at most 2.5 %)")]
    [InlineData(StopReason.AboveTarget, "the yield is above the target of 99.9 %")]
    [InlineData(StopReason.BelowTarget, "the yield is below the target of 99.9 %")]
    public void Reason_reads_as_words(StopReason reason, string expected) =>
        Assert.Equal(expected, new StopRule(0.025, 0.999).Text(reason));

    [Fact]
    public void Looks_are_each_16_dies_then_each_128th_to_64th_of_the_dies()
    {
        long[] looks = [.. Enumerable.Range(0, 1 << 20).Select(n => (long)n).Where(StopRule.IsLook)];
        Assert.Equal([16, 32, 48], looks[..3]);
        Assert.All(looks.Where(n => n <= 2048), n => Assert.Equal(0, n % 16));
        foreach (var (n, next) in looks.Zip(looks.Skip(1)))
        {
            Assert.Equal(next, StopRule.NextLook(n));
            Assert.Equal(next, StopRule.NextLook(next - 1));
            Assert.True(n < 2048 ? next - n == 16 : (next - n) * 64 <= n && (next - n) * 128 > n, $"{n} to {next}");
        }
        // 64 log2(2^20/512), without the last.
        Assert.Equal(64 * 11 - 1, looks.Length);
    }

    [Theory]
    [InlineData(null, null, 0.95, 1)]
    [InlineData(0.0, null, 0.95, 1)]
    [InlineData(1.0, null, 0.95, 1)]
    [InlineData(null, 0.0, 0.95, 1)]
    [InlineData(null, 1.0, 0.95, 1)]
    [InlineData(null, double.NaN, 0.95, 1)]
    [InlineData(0.02, null, 1, 1)]
    [InlineData(0.02, null, 0.95, 0)]
    public void Rule_that_cannot_be_is_refused(double? width, double? target, double confidence, long least) =>
        Assert.ThrowsAny<ArgumentException>(() => new StopRule(width, target, confidence, least));
}
