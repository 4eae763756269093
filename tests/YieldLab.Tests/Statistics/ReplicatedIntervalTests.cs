using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class ReplicatedIntervalTests
{
    // By hand: 90 passes and 10 failures in 4 replicates of 25; failures 1, 2, 3, 4 about 2.5, so the sum over all
    // replicates has the variance (2.25 + 0.25 + 0.25 + 2.25) 4/3 = 6.6667, and 100 independent dies would have
    // 100^2 0.09/99 = 9.0909: the design effect is 0.73333.
    [Fact]
    public void Design_effect_is_the_one_computed_by_hand()
    {
        ReplicatedInterval found = ReplicatedInterval.Of([24, 23, 22, 21], 25);
        Assert.Equal(0.9, found.Value);
        Assert.Equal(5 * (4 / 3.0) / (10_000 * 0.09 / 99), found.DesignEffect, 1e-14);
    }

    // With t = 3.182446 of 3 degrees of freedom and z = 1.959964, h = 4 (1 - 0.025^(1/4)) = 2.409459: failures 10, 0, 10, 0
    // scatter with 133.33, more than independent dies, and nothing is raised; 4, 3, 4, 3 scatter with 1.3333, raised
    // by (h/t)^2 = 0.573217.
    [Theory]
    [InlineData(new long[] { 40, 50, 40, 50 }, 133.33333333333334)]
    [InlineData(new long[] { 46, 47, 46, 47 }, 1.3333333333333333 + 0.573217)]
    public void Interval_is_Clopper_Pearson_of_the_effective_dies(long[] passed, double variance)
    {
        double value = passed.Sum() / 200.0;
        double effective = 200 * (200 * 200 * value * (1 - value) / 199) / variance;
        ReplicatedInterval found = ReplicatedInterval.Of(passed, 50);
        Assert.Equal(effective, found.EffectiveDies, effective * 1e-5);
        double certain = effective * Math.Pow(1.959964 / 3.182446, 2);
        ProportionInterval interval = ClopperPearsonInterval.Of(value * certain, certain);
        Assert.Equal(interval.Lower, found.Interval.Lower, 1e-5);
        Assert.Equal(interval.Upper, found.Interval.Upper, 1e-5);
    }

    // A replicate with the single failure, the others with none: as independent dies would have it, whatever R is.
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(32)]
    public void Single_failure_has_the_design_effect_one(int replicates)
    {
        long[] passed = [.. Enumerable.Range(0, replicates).Select(r => r == 0 ? 15L : 16)];
        Assert.Equal(1, ReplicatedInterval.Of(passed, 16).DesignEffect, 1e-11);
    }

    [Fact]
    public void Interval_is_the_binomial_one_where_every_die_passes_or_fails()
    {
        ReplicatedInterval all = ReplicatedInterval.Of([16, 16, 16, 16], 16, 0.9);
        ReplicatedInterval none = ReplicatedInterval.Of([0, 0, 0, 0], 16, 0.9);
        Assert.Equal(ClopperPearsonInterval.Of(64, 64, 0.9), all.Interval);
        Assert.Equal(ClopperPearsonInterval.Of(0, 64, 0.9), none.Interval);
        Assert.Equal((64, 64), (all.EffectiveDies, none.EffectiveDies));
        Assert.Equal((double.NaN, double.NaN), (all.DesignEffect, none.DesignEffect));
    }

    // Equal replicates scatter by nothing and leave open what they can all be short of by chance: h = R (1 - (alpha/2)^(1/R))
    // dies of R m. Clopper-Pearson of so many effective dies is not symmetric: within a fifth here.
    [Fact]
    public void Equal_replicates_leave_some_dies_open()
    {
        ReplicatedInterval found = ReplicatedInterval.Of([230, 230, 230, 230, 230, 230, 230, 230], 256);
        double open = 8 * (1 - Math.Pow(0.025, 1.0 / 8)) / (8 * 256);
        Assert.Equal(0, found.DesignEffect);
        Assert.InRange(found.Value - found.Interval.Lower, 0.8 * open, 1.2 * open);
        Assert.InRange(found.Interval.Upper - found.Value, 0.8 * open, 1.2 * open);
    }

    [Fact]
    public void Interval_of_the_failures_mirrors_that_of_the_passes()
    {
        ReplicatedInterval found = ReplicatedInterval.Of([60, 62, 61, 64, 63, 61, 60, 62], 64, 0.99);
        ReplicatedInterval mirrored = ReplicatedInterval.Of([4, 2, 3, 0, 1, 3, 4, 2], 64, 0.99);
        Assert.Equal(found.Interval.Lower, 1 - mirrored.Interval.Upper, 1e-13);
        Assert.Equal(found.Interval.Upper, 1 - mirrored.Interval.Lower, 1e-13);
        Assert.Equal(found.DesignEffect, mirrored.DesignEffect, 1e-13);
    }

    // The most that dies of a replicate can be alike: strata of one variable, of which a die passes below p. A replicate of m
    // then has c or c + 1 passes, the latter with the probability p m - c, and the coverage is a sum over how many have.
    // No rule that sees whole numbers keeps the nominal value at each p; here the largest shortfall is 0.0012, of 8
    // replicates at 99 %. Without what the rule adds to the scatter, equal replicates give no width and coverage falls to 0.
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    public void Coverage_for_strata_is_nominal_at_every_p_by_exact_sums(int replicates)
    {
        foreach (double confidence in new[] { 0.90, 0.95, 0.99 })
        foreach (int dies in new[] { 16, 256 })
            for (int passed = dies / 2; passed < dies; passed += dies / 16)
            {
                ProportionInterval[] intervals =
                [
                    .. Enumerable
                        .Range(0, replicates + 1)
                        .Select(more =>
                            Enumerable.Range(0, replicates).Select(r => (long)passed + (r < more ? 1 : 0)).ToArray()
                        )
                        .Select(counts => ReplicatedInterval.Of(counts, dies, confidence).Interval),
                ];
                for (int i = 1; i < 100; i++)
                {
                    double p = (passed + i / 100.0) / dies;
                    double coverage = Enumerable
                        .Range(0, replicates + 1)
                        .Where(more => intervals[more].Holds(p))
                        .Sum(more => Binomial.PMF(i / 100.0, replicates, more));
                    Assert.True(coverage > confidence - 0.002, $"{coverage:0.0000} of {confidence} at p = {p}");
                }
            }
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplicatedInterval.Of([5], 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplicatedInterval.Of([5, 11], 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplicatedInterval.Of([5, -1], 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplicatedInterval.Of([0, 0], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplicatedInterval.Of([5, 5], 10, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplicatedMean.Of([5]));
        Assert.Throws<ArgumentException>(() => ReplicatedMean.Of([5, double.NaN]));
    }

    // By hand: 1, 2, 3, 6 have the mean 3 and the squares 4 + 1 + 0 + 9 = 14 about it; sqrt(14/12) = 1.0801234, and
    // Student's t of 3 degrees of freedom is 3.1824463 at 95 %.
    [Fact]
    public void Mean_and_its_interval_are_those_computed_by_hand()
    {
        ReplicatedMean found = ReplicatedMean.Of([1, 2, 3, 6]);
        Assert.Equal(3, found.Value, 1e-14);
        Assert.Equal(1.0801234497, found.Error, 1e-9);
        Assert.Equal(3 - 1.0801234497 * 3.1824463053, found.Lower, 1e-7);
        Assert.Equal(3 + 1.0801234497 * 3.1824463053, found.Upper, 1e-7);
        Assert.Equal(new(0.1, 0, 0.1, 0.1), ReplicatedMean.Of([0.1, 0.1, 0.1]));
    }
}
