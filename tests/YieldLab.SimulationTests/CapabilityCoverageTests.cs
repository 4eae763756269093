using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Random;

namespace YieldLab.SimulationTests;

/// <summary>How often the intervals of Cp and Cpk hold the truth on normal metrics, and what the test of normality says of
/// them.</summary>
public sealed class CapabilityCoverageTests(ITestOutputHelper output)
{
    private const int Repeats = 2000;

    // Of an exact interval each side misses alpha/2: within five standard deviations of that, which a right one leaves once in
    // 1.7e6 sides; with 2,000 repeats at 95 % these are 0.0175, so a side that misses 0.05 instead of 0.025 is seen.
    [Theory]
    [InlineData(10, 0.9)]
    [InlineData(10, 0.95)]
    [InlineData(10, 0.99)]
    [InlineData(30, 0.95)]
    [InlineData(100, 0.9)]
    [InlineData(100, 0.95)]
    [InlineData(100, 0.99)]
    [InlineData(1000, 0.95)]
    public void Intervals_of_one_limit_and_of_Cp_are_exact(int dies, double confidence)
    {
        double tail = (1 - confidence) / 2;
        double bound = 5 * Math.Sqrt(tail * (1 - tail) / Repeats);
        foreach (double truth in new[] { -0.2, 0.4, 1.33 })
        {
            CapabilityIndex[] found = Repeat(dies, x => Capability.Of(x, -3 * truth, null, confidence).Cpk);
            double above = found.Average(index => index.Lower > truth ? 1.0 : 0);
            double below = found.Average(index => index.Upper < truth ? 1.0 : 0);
            string message = $"n {dies}, {confidence}, Cpk {truth}: too high {above:0.0000}, too low {below:0.0000}";
            output.WriteLine(message);
            Assert.True(Math.Abs(above - tail) <= bound && Math.Abs(below - tail) <= bound, message);
        }
        CapabilityIndex[] widths = Repeat(dies, x => Capability.Of(x, -3, 3, confidence).Cp!.Value);
        double high = widths.Average(index => index.Lower > 1 ? 1.0 : 0);
        double low = widths.Average(index => index.Upper < 1 ? 1.0 : 0);
        output.WriteLine($"n {dies}, {confidence}, Cp 1: too high {high:0.0000}, too low {low:0.0000}");
        Assert.True(Math.Abs(high - tail) <= bound && Math.Abs(low - tail) <= bound);
    }

    // Of two limits neither side misses more than alpha/2, whether the mean is in the middle or not; Bissell's approximation
    // stands beside it in the output.
    [Theory]
    [InlineData(10, 0.95)]
    [InlineData(30, 0.9)]
    [InlineData(30, 0.95)]
    [InlineData(30, 0.99)]
    [InlineData(100, 0.95)]
    [InlineData(1000, 0.95)]
    public void Cpk_of_two_limits_misses_no_more_than_it_says(int dies, double confidence)
    {
        double tail = (1 - confidence) / 2;
        double bound = 5 * Math.Sqrt(tail * (1 - tail) / Repeats);
        foreach (double off in new[] { 0, 0.1, 1.5 })
        {
            double truth = 1 - off / 3;
            var found = Repeat(dies, x => Capability.Of([.. x.Select(v => v + off)], -3, 3, confidence).Cpk);
            double above = found.Average(index => index.Lower > truth ? 1.0 : 0);
            double below = found.Average(index => index.Upper < truth ? 1.0 : 0);
            var (high, low) = Bissell(found, dies, confidence, truth);
            string message =
                $"n {dies}, {confidence}, mean off by {off}: too high {above:0.0000}, too low {below:0.0000}; Bissell {high:0.0000}, {low:0.0000}";
            output.WriteLine(message);
            Assert.True(above <= tail + bound && below <= tail + bound, message);
        }
    }

    // A normal metric is refused with a probability of 1 % by a test that is exact; the transformations leave about 2 % of 20
    // dies, 1.7 % of 100 and 1.3 % of 1,000. Five standard deviations of 2,000 repeats are 1.6 % at most. A lognormal one of
    // sigma 1/2 is refused always from some hundred dies on.
    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Normality_is_refused_as_often_as_the_level_says(int dies)
    {
        double refused = Repeat(dies, Refused).Average();
        output.WriteLine($"n {dies}: normal metrics refused {refused:0.0000}");
        Assert.InRange(refused, 0.001, 0.038);
        double skewed = Repeat(dies, x => Refused([.. x.Select(v => Math.Exp(v / 2))])).Average();
        output.WriteLine($"n {dies}: lognormal metrics refused {skewed:0.0000}");
        Assert.True(dies < 1000 || skewed > 0.99);

        static double Refused(double[] x) => Normality.Of(x).Verdict == NormalityVerdict.NotNormal ? 1 : 0;
    }

    // A. F. Bissell, Applied Statistics 39 (1990) 331: Cpk +- z sqrt(1/(9 n) + Cpk^2/(2 (n - 1))).
    private static (double High, double Low) Bissell(CapabilityIndex[] found, int dies, double confidence, double truth)
    {
        double z = Normal.InvCDF(0, 1, 0.5 + confidence / 2);
        double Half(double cpk) => z * Math.Sqrt(1 / (9.0 * dies) + cpk * cpk / (2.0 * (dies - 1)));
        return (
            found.Average(index => index.Value - Half(index.Value) > truth ? 1.0 : 0),
            found.Average(index => index.Value + Half(index.Value) < truth ? 1.0 : 0)
        );
    }

    // Standard normal metrics; the number of the repeat stands where a die's does.
    private static T[] Repeat<T>(int dies, Func<double[], T> of) =>
        [
            .. Enumerable
                .Range(0, Repeats)
                .AsParallel()
                .AsOrdered()
                .Select(repeat =>
                {
                    var draws = new AddressedDraws(7);
                    var stream = new RandomStream("test/capability");
                    return of([.. Enumerable.Range(0, dies).Select(i => draws.Normal(stream, repeat, (uint)i))]);
                }),
        ];
}
