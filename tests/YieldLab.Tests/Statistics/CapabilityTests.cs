using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class CapabilityTests
{
    // Sixty numbers that no generator makes, the same in Python: [((i*37)%101)/10 + ((i*i)%17)/7 for i in range(60)].
    internal static readonly double[] Numbers =
    [
        .. Enumerable.Range(0, 60).Select(i => i * 37 % 101 / 10.0 + i * i % 17 / 7.0),
    ];

    // NumPy and SciPy 1.10: x.mean(), x.std(ddof=1); limits 1 and 15.
    [Fact]
    public void Indices_are_those_of_NumPy()
    {
        Capability found = Capability.Of(Numbers, 1, 15);
        Assert.Equal(6.085, found.Mean, 1e-12);
        Assert.Equal(3.1436455372580605, found.StandardDeviation, 1e-12);
        Assert.Equal(0.5391829262908588, found.OfLower!.Value.Value, 1e-12);
        Assert.Equal(0.9452931736249764, found.OfUpper!.Value.Value, 1e-12);
        Assert.Equal(0.7422380499579178, found.Cp!.Value.Value, 1e-12);
        Assert.Equal(found.OfLower.Value.Value, found.Cpk.Value);
    }

    // SciPy: Cp sqrt(chi2.ppf(q, 59)/59). R: uniroot(function(d) pt(3 sqrt(60) CPL, 59, d) - q, c(0, 30), tol = 1e-14)$root/
    // 3/sqrt(60), where pt warns that it keeps fewer digits than its 1e-12. (SciPy's nct.cdf, of version 1.10, gives 0.66673188
    // for the last.)
    [Fact]
    public void Intervals_are_those_of_SciPy_and_R()
    {
        Capability found = Capability.Of(Numbers, 1, 15);
        Assert.Equal(0.6085604766601741, found.Cp!.Value.Lower, 1e-9);
        Assert.Equal(0.8756586038211543, found.Cp.Value.Upper, 1e-9);
        Assert.Equal(0.409564791578203, found.OfLower!.Value.Lower, 1e-9);
        Assert.Equal(0.666731784873341, found.OfLower.Value.Upper, 1e-9);
    }

    // With both limits the lower end is that of the nearer limit, and the upper end is that of a quarter of alpha.
    [Fact]
    public void Cpk_of_two_limits_has_the_lower_end_of_the_nearer_and_a_later_upper_end()
    {
        CapabilityIndex both = Capability.Of(Numbers, 1, 15, 0.95).Cpk;
        CapabilityIndex one = Capability.Of(Numbers, 1, null, 0.95).Cpk;
        Assert.Equal(one.Lower, both.Lower);
        Assert.Equal(Capability.Of(Numbers, 1, null, 0.975).Cpk.Upper, both.Upper, 1e-12);
        Assert.True(both.Upper > one.Upper);
    }

    [Fact]
    public void Limits_on_either_side_mirror_and_a_missing_one_has_no_index()
    {
        double[] mirrored = [.. Numbers.Select(x => -x)];
        Capability lower = Capability.Of(Numbers, 1, null);
        Capability upper = Capability.Of(mirrored, null, -1);
        Assert.Equal(lower.Cpk.Value, upper.Cpk.Value, 1e-12);
        Assert.Equal(lower.Cpk.Lower, upper.Cpk.Lower, 1e-12);
        Assert.Equal((null, null), (lower.Cp, lower.OfUpper));
        Assert.Equal((null, null), (upper.Cp, upper.OfLower));
    }

    // R: 1 - pnorm(-3*0.5391829262908588) - pnorm(-3*0.9452931736249764), and one limit alone.
    [Fact]
    public void Normal_yield_is_the_normal_share_within_the_limits()
    {
        double below = MathNet.Numerics.Distributions.Normal.CDF(0, 1, -3 * 0.5391829262908588);
        double above = MathNet.Numerics.Distributions.Normal.CDF(0, 1, -3 * 0.9452931736249764);
        Assert.Equal(1 - below - above, Capability.Of(Numbers, 1, 15).NormalYield, 1e-13);
        Assert.Equal(1 - below, Capability.Of(Numbers, 1, null).NormalYield, 1e-13);
    }

    // A metric that hardly scatters has an index of millions; its interval is as wide as s is uncertain, and no hang.
    [Fact]
    public void Tiny_scatter_has_an_interval()
    {
        double[] values = [.. Numbers.Select(x => 1 + 1e-9 * x)];
        CapabilityIndex cpk = Capability.Of(values, 0, null).Cpk;
        Assert.InRange(cpk.Lower / cpk.Value, 0.8, 0.85);
        Assert.InRange(cpk.Upper / cpk.Value, 1.15, 1.2);
    }

    [Fact]
    public void What_has_no_capability_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Capability.Of([1, 2], 0, null));
        Assert.Throws<ArgumentException>(() => Capability.Of([1, 1, 1], 0, null));
        Assert.Throws<ArgumentException>(() => Capability.Of([1, 2, double.PositiveInfinity], 0, null));
        Assert.Throws<ArgumentException>(() => Capability.Of([1, 2, 3], null, null));
        Assert.Throws<ArgumentException>(() => Capability.Of([1, 2, 3], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Capability.Of([1, 2, 3], 0, 2, 1));
    }
}
