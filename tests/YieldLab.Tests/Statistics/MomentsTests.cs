using Xunit;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Tests.Statistics;

/// <summary>Moments against R and SciPy, their errors against the jackknife by brute force.</summary>
public sealed class MomentsTests
{
    [Fact]
    public void Mean_sd_and_interval_are_those_of_R()
    {
        // R 4.2: mean(x); sd(x); t.test(x)$conf.int
        // MathNet's t quantile is good to some 1e-12.
        Moments found = Moments.Of(ShapeData.X);
        ShapeData.AreClose(3.82, found.Mean.Value, 1e-14);
        ShapeData.AreClose(2.21326859977203, found.Deviation.Value, 1e-14);
        ShapeData.AreClose(2.78415841002985, found.MeanInterval.Lower, 1e-11);
        ShapeData.AreClose(4.85584158997015, found.MeanInterval.Upper, 1e-11);
    }

    [Fact]
    public void Skewness_and_kurtosis_are_those_of_SciPy()
    {
        // SciPy 1.10: stats.skew(x, bias=False), stats.kurtosis(x, bias=False)
        Moments found = Moments.Of(ShapeData.X);
        ShapeData.AreClose(0.9526217996787334, found.Skewness!.Value.Value, 1e-13);
        ShapeData.AreClose(0.8689348404993051, found.ExcessKurtosis!.Value.Value, 1e-12);
    }

    [Fact]
    public void Errors_are_those_of_the_jackknife_value_by_value()
    {
        // NumPy: v = [f(np.delete(x, i)) for i in range(n)]; sqrt((n - 1)/n*((v - v.mean())**2).sum())
        Moments found = Moments.Of(ShapeData.X);
        ShapeData.AreClose(0.44048965787605776, found.Deviation.Error, 1e-12);
        ShapeData.AreClose(0.5004812478488836, found.Skewness!.Value.Error, 1e-12);
        ShapeData.AreClose(1.6211572838355905, found.ExcessKurtosis!.Value.Error, 1e-12);
    }

    // Values with an offset of 2^30 and steps of 2^-20 are exact, so that only the sums can lose digits.
    [Fact]
    public void Offset_a_billion_times_the_spread_costs_no_digits()
    {
        double[] steps = [.. ShapeData.X.Select(x => Math.Round(x * 1048576) / 1048576)];
        Moments near = Moments.Of(steps);
        Moments far = Moments.Of([.. steps.Select(x => x + 1073741824)]);
        // The mean of the offset values is rounded to 1.2e-7, and sums about it are wrong by its square only.
        ShapeData.AreClose(near.Deviation.Value, far.Deviation.Value, 1e-12);
        ShapeData.AreClose(near.Skewness!.Value.Value, far.Skewness!.Value.Value, 1e-6);
        ShapeData.AreClose(near.ExcessKurtosis!.Value.Value, far.ExcessKurtosis!.Value.Value, 1e-6);
    }

    [Fact]
    public void Few_or_equal_values_have_no_number_rather_than_a_wrong_one()
    {
        Moments two = Moments.Of([1, 2]);
        Assert.Equal(Math.Sqrt(0.5), two.Deviation.Value, 15);
        Assert.True(double.IsNaN(two.Deviation.Error));
        Assert.Null(two.DeviationInterval);
        Assert.Null(two.Skewness);
        Assert.Null(Moments.Of([1, 2, 3]).Skewness);
        Moments equal = Moments.Of([3, 3, 3, 3, 3, 3]);
        Assert.Equal(new Estimate(3, 0), equal.Mean);
        Assert.Equal(new Estimate(0, 0), equal.Deviation);
        Assert.Null(equal.DeviationInterval);
        Assert.Null(equal.Skewness);
        Assert.Null(equal.ExcessKurtosis);
        Assert.Throws<ArgumentOutOfRangeException>(() => Moments.Of([1]));
    }
}
