using Xunit;
using YieldLab.Statistics.Estimation;
using YieldLab.Tests.Statistics;

namespace YieldLab.SimulationTests;

/// <summary>Coverage of the intervals of a proportion out of 10,000 dies at every probability, as exact sums.</summary>
public sealed class ProportionCoverageTests(ITestOutputHelper output)
{
    private const int Dies = 10_000;

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void Clopper_Pearson_never_covers_less_than_it_says_and_the_others_do_on_average(double confidence)
    {
        foreach (ProportionMethod method in ProportionMethods.All)
        {
            var coverage = new ProportionCoverage(method, Dies, confidence);
            var (lowest, p) = coverage.Lowest(0);
            var (inside, q) = coverage.Lowest(0.05);
            double mean = coverage.Mean(0, 1);
            output.WriteLine(
                $"{method} {Dies} {confidence}: lowest {lowest:0.0000} at {p:g4}; within 5 to 95 %: {inside:0.0000} at {q:g4}; mean {mean:0.0000}; mean 90 to 100 %: {coverage.Mean(0.9, 1):0.0000}"
            );
            if (method == ProportionMethod.ClopperPearson)
                Assert.True(lowest >= confidence - 1e-9, $"{lowest} at {p}");
            Assert.InRange(mean, confidence - 0.001, confidence + 0.005);
            Assert.True(lowest > 0.75, $"{method}: {lowest} at {p}");
        }
    }
}
