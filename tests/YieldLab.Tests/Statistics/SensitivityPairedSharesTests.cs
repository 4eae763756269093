using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Sensitivity;

namespace YieldLab.Tests.Statistics;

/// <summary>The paired difference of two shares and the exact coverage of its interval.</summary>
public class SensitivityPairedSharesTests
{
    // By hand for 8 gained and 2 lost of 98: (9 - 3)/100 +- z sqrt(0.12 - 0.0036)/10, z = qnorm(0.975).
    [Fact]
    public void Interval_is_the_formula_by_hand()
    {
        PairedShares found = PairedShares.Of(8, 2, 98);
        double half = 1.959963984540054 * Math.Sqrt((0.09 + 0.03 - 0.06 * 0.06) / 100);
        Assert.Equal(6.0 / 98, found.Difference);
        Assert.Equal(0.06 - half, found.Lower, 1e-14);
        Assert.Equal(0.06 + half, found.Upper, 1e-14);
        Assert.Equal((-found.Upper, -found.Lower), (PairedShares.Of(2, 8, 98).Lower, PairedShares.Of(2, 8, 98).Upper));
    }

    // Summed over all outcomes of the trinomial. The interval is an approximate one: it falls below its confidence somewhere,
    // by no more than these.
    [Theory]
    [InlineData(64, 0.90, 0.895)]
    [InlineData(64, 0.95, 0.945)]
    [InlineData(64, 0.99, 0.98)]
    [InlineData(256, 0.90, 0.895)]
    [InlineData(256, 0.95, 0.945)]
    [InlineData(256, 0.99, 0.98)]
    public void Exact_coverage_is_at_least(int dies, double confidence, double least)
    {
        double[] shares = [0.0005, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3];
        var lowest = shares
            .SelectMany(up => shares.Select(down => (Coverage: Coverage(dies, up, down, confidence), up, down)))
            .Min();
        TestContext.Current.TestOutputHelper!.WriteLine($"{dies} {confidence}: lowest {lowest}");
        Assert.True(lowest.Coverage >= least, $"{lowest}");
    }

    [Fact]
    public void Counts_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedShares.Of(-1, 0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedShares.Of(0, -1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedShares.Of(6, 5, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedShares.Of(0, 0, 0));
    }

    private static double Coverage(int dies, double up, double down, double confidence)
    {
        double covered = 0;
        for (int gained = 0; gained <= dies; gained++)
        {
            double probability = Binomial.PMF(up, dies, gained);
            if (probability < 1e-12)
                continue;
            for (int lost = 0; lost <= dies - gained; lost++)
            {
                PairedShares found = PairedShares.Of(gained, lost, dies, confidence);
                if (found.Lower <= up - down && up - down <= found.Upper)
                    covered += probability * Binomial.PMF(down / (1 - up), dies - gained, lost);
            }
        }
        return covered;
    }
}
