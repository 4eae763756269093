using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class NormalityTests
{
    // SciPy 1.10: skew(x), kurtosis(x), normaltest(x).pvalue of the numbers and of exp(x/5); sums of 60 terms.
    [Fact]
    public void Test_is_that_of_SciPy()
    {
        Normality found = Normality.Of(CapabilityTests.Numbers);
        Assert.Equal(0.01729213128262919, found.Skewness, 1e-12);
        Assert.Equal(-0.9757189904940642, found.ExcessKurtosis, 1e-12);
        Assert.Equal(0.04414729617747547, found.PValue!.Value, 1e-11);
        Assert.Equal(NormalityVerdict.NotRefused, found.Verdict);
        Normality skewed = Normality.Of([.. CapabilityTests.Numbers.Select(x => Math.Exp(x / 5))]);
        Assert.Equal(0.9736386057588746, skewed.Skewness, 1e-12);
        Assert.Equal(0.26064299223390064, skewed.ExcessKurtosis, 1e-12);
        Assert.Equal(0.008500551399211275, skewed.PValue!.Value, 1e-12);
        Assert.Equal(NormalityVerdict.NotNormal, skewed.Verdict);
    }

    [Fact]
    public void Mirrored_values_have_the_same_p()
    {
        Normality found = Normality.Of([.. CapabilityTests.Numbers.Select(x => Math.Exp(x / 5))]);
        Normality mirrored = Normality.Of([.. CapabilityTests.Numbers.Select(x => -Math.Exp(x / 5))]);
        Assert.Equal(found.PValue!.Value, mirrored.PValue!.Value, 1e-12);
        Assert.Equal(found.Skewness, -mirrored.Skewness, 1e-12);
    }

    [Fact]
    public void Few_values_and_values_that_repeat_have_a_verdict_of_their_own()
    {
        Assert.Equal(NormalityVerdict.TooFew, Normality.Of([1, 2, 3]).Verdict);
        Assert.Equal(NormalityVerdict.Discrete, Normality.Of([1, 1, 1, 2, 2]).Verdict);
        Assert.Equal(NormalityVerdict.Discrete, Normality.Of([5, 5, 5]).Verdict);
        Assert.Null(Normality.Of([5, 5, 5]).PValue);
    }
}
