using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

/// <summary>Coverage of the intervals of a proportion at every probability, as exact sums.</summary>
public class ProportionCoverageTests(ITestOutputHelper output)
{
    public static TheoryData<int, double> Sizes =>
        [
            .. from total in new[] { 10, 30, 100, 1000 }
            from confidence in new[] { 0.9, 0.95, 0.99 }
            select (total, confidence),
        ];

    // The ends are off by 1e-11 at most, which moves a coverage by less than 1e-9.
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Clopper_Pearson_never_covers_less_than_it_says(int total, double confidence)
    {
        var coverage = new ProportionCoverage(ProportionMethod.ClopperPearson, total, confidence);
        var (lowest, p) = coverage.Lowest(0);
        output.WriteLine($"{total} {confidence}: lowest {lowest:0.00000} at {p:g5}, mean {coverage.Mean(0, 1):0.0000}");
        Assert.True(lowest >= confidence - 1e-9, $"{lowest} at {p}");
    }

    // What docs/yield.md says of the others; the sums are exact, so only the digits shown limit the comparison.
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Wilson_and_Jeffreys_cover_on_average_what_they_say(int total, double confidence)
    {
        foreach (ProportionMethod method in new[] { ProportionMethod.Wilson, ProportionMethod.Jeffreys })
        {
            var coverage = new ProportionCoverage(method, total, confidence);
            double mean = coverage.Mean(0, 1);
            var (lowest, p) = coverage.Lowest(0);
            var (inside, q) = coverage.Lowest(0.05);
            output.WriteLine(
                $"{method} {total} {confidence}: lowest {lowest:0.0000} at {p:g4}; within 5 to 95 %: {inside:0.0000} at {q:g4}; mean {mean:0.0000}; mean 90 to 100 %: {coverage.Mean(0.9, 1):0.0000}"
            );
            Assert.InRange(mean, confidence - 0.012, confidence + 0.012);
            Assert.InRange(lowest, 0.75, confidence);
        }
    }

    // The helper against the sum over every number of passes.
    [Fact]
    public void Coverage_is_the_sum_over_all_passes()
    {
        const int total = 30;
        foreach (ProportionMethod method in ProportionMethods.All)
        {
            var coverage = new ProportionCoverage(method, total, 0.9);
            foreach (double p in new[] { 1e-6, 0.003, 0.1, 0.5, 0.77, 0.999 })
            {
                double sum = Enumerable
                    .Range(0, total + 1)
                    .Where(passed => method.Interval(passed, total, 0.9).Holds(p))
                    .Sum(passed => Binomial.PMF(p, total, passed));
                Assert.Equal(sum, coverage.At(p), 1e-12);
            }
        }
    }
}
