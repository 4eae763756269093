using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Tests.Statistics;

/// <summary>Tails against their law, and the profile likelihood against a search over a grid.</summary>
public sealed class PeaksOverThresholdTests
{
    private static double[] Exponentials => ShapeData.Sorted(ShapeData.Sequence(2000).Select(u => -Math.Log(1 - u)));

    [Fact]
    public void Both_tails_are_the_same_when_the_values_are_mirrored()
    {
        double[] upper = Exponentials;
        double[] lower = ShapeData.Sorted(upper.Select(v => -v));
        PeaksOverThreshold up = PeaksOverThreshold.Of(upper, TailSide.Upper, 0.05);
        PeaksOverThreshold down = PeaksOverThreshold.Of(lower, TailSide.Lower, 0.05);
        Assert.Equal(100, up.Exceedances);
        Assert.Equal(up.Threshold, -down.Threshold);
        TailQuantile a = up.Beyond(0.001)!.Value;
        TailQuantile b = down.Beyond(0.001)!.Value;
        Assert.Equal(a.Value, -b.Value);
        Assert.Equal(a.Interval!.Value.Lower, -b.Interval!.Value.Upper);
        Assert.Equal(a.Interval.Value.Upper, -b.Interval.Value.Lower);
        // Exponential beyond any threshold: xi 0, sigma 1, and -ln 0.001 is exceeded by 1 in 1,000.
        FittedLaw fit = up.Result.Fit!;
        Assert.InRange(Math.Abs(fit.First.Value), 0, 2 * fit.First.Error);
        Assert.True(a.Interval.Value.Lower < -Math.Log(0.001) && a.Interval.Value.Upper > -Math.Log(0.001));
    }

    // By brute force: for the end of the interval, the best likelihood over a fine grid of xi and zeta.
    [Fact]
    public void Ends_of_the_interval_are_where_the_likelihood_has_dropped()
    {
        PeaksOverThreshold tail = PeaksOverThreshold.Of(Exponentials, TailSide.Upper, 0.05);
        const double share = 0.001;
        const int n = 2000;
        const int k = 100;
        double Height(double distance, double xi, double zeta)
        {
            double sigma =
                distance / (Math.Abs(xi) < 1e-9 ? Math.Log(zeta / share) : (Math.Pow(zeta / share, xi) - 1) / xi);
            return tail.Distances.Sum(new ParetoLaw(xi, sigma).LogDensity)
                + k * Math.Log(zeta)
                + (n - k) * Math.Log(1 - zeta);
        }
        double Best(double distance)
        {
            double best = double.NegativeInfinity;
            for (double xi = -0.4; xi < 0.8; xi += 0.01)
            for (double zeta = 0.04; zeta < 0.065; zeta += 0.0005)
                best = Math.Max(best, Height(distance, xi, zeta));
            return best;
        }
        TailQuantile found = tail.Beyond(share)!.Value;
        Assert.Equal(TailMethod.Profile, found.Method);
        var (fitXi, _) = tail.Result.Fit!.Law.Parameters;
        double top = Height(found.Value - tail.Threshold, fitXi, 0.05);
        foreach (double end in new[] { found.Interval!.Value.Lower, found.Interval.Value.Upper })
            // Of 1.92: the grid is within 0.003 of the top, and the end is found to a thousandth.
            Assert.Equal(1.9207, top - Best(end - tail.Threshold), 0.02);
    }

    // Of 100,000 values 5,000 are beyond, above the limit of the profile.
    [Fact]
    public void Delta_interval_of_many_exceedances_is_nearly_that_of_the_profile()
    {
        double[] values = ShapeData.Sorted(ShapeData.Sequence(40_000).Select(u => -Math.Log(1 - u)));
        TailQuantile profile = PeaksOverThreshold.Of(values, TailSide.Upper, 0.05).Beyond(0.001)!.Value;
        TailQuantile delta = PeaksOverThreshold.Of(values, TailSide.Upper, 0.0501).Beyond(0.001)!.Value;
        Assert.Equal((TailMethod.Profile, TailMethod.Delta), (profile.Method, delta.Method));
        double width = profile.Interval!.Value.Upper - profile.Interval.Value.Lower;
        Assert.InRange(Math.Abs(profile.Interval.Value.Lower - delta.Interval!.Value.Lower), 0, 0.06 * width);
        Assert.InRange(Math.Abs(profile.Interval.Value.Upper - delta.Interval.Value.Upper), 0, 0.06 * width);
    }

    [Fact]
    public void Share_beyond_a_quantile_is_the_share_it_is_of()
    {
        PeaksOverThreshold tail = PeaksOverThreshold.Of(Exponentials, TailSide.Upper, 0.1);
        double value = tail.Beyond(0.0001)!.Value.Value;
        var (share, interval) = tail.ShareBeyond(value)!.Value;
        ShapeData.AreClose(0.0001, share.Value, 1e-9);
        Assert.True(interval!.Value.Lower < 0.0001 && interval.Value.Upper > 0.0001);
        Assert.Null(tail.ShareBeyond(tail.Threshold - 1));
        Assert.Null(tail.Beyond(0.2));
    }

    [Fact]
    public void Threshold_of_values_with_a_step_lies_between_two_of_them()
    {
        // 2,000 values of step 0.25; those above 2.875 or so are 5 %.
        double[] values = ShapeData.Sorted(Exponentials.Select(v => Math.Round(v * 4) / 4));
        GroupedSample sample = GroupedSample.Of(values, 0)!;
        PeaksOverThreshold tail = PeaksOverThreshold.Of(sample, TailSide.Upper, 0.05);
        Assert.Equal(values.Count(v => v > tail.Threshold), tail.Exceedances);
        Assert.True(tail.Exceedances <= 100);
        Assert.Equal(0.125, Math.Abs(tail.Threshold * 4 - Math.Round(tail.Threshold * 4)) / 4, 12);
        FittedLaw fit = tail.Result.Fit!;
        Assert.True(fit.IsGrouped);
        Assert.InRange(Math.Abs(fit.First.Value), 0, 2.5 * fit.First.Error);
        TailQuantile found = tail.Beyond(0.001)!.Value;
        Assert.True(found.Interval!.Value.Lower < 6.9 && found.Interval.Value.Upper > 6.9);
    }

    [Fact]
    public void Few_values_beyond_the_threshold_are_a_reason()
    {
        PeaksOverThreshold tail = PeaksOverThreshold.Of([.. Exponentials.Take(100)], TailSide.Upper, 0.05);
        Assert.Equal("5 values beyond the threshold; expected at least 20", tail.Result.Reason);
        Assert.Null(tail.Beyond(0.001));
    }
}
