using System.Numerics;
using Xunit;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Tests.Statistics;

/// <summary>Exponential and logarithm against System.Math and, for the bound that their documentation gives, against an
/// exponential in 256-bit arithmetic.</summary>
public class ElementaryTests
{
    // Bounds that Elementary documents.
    private const double Bound = 4e-16;
    private const double BoundSingle = 2.5e-7;

    // System.Math is not exactly rounded: it may be off by one unit in the last place, at most 2^-52 of the value.
    private const double BoundOfMath = 2.22e-16;

    [Fact]
    public void Exact_exponential_agrees_with_System_Math()
    {
        foreach (double x in Exponents(1, 1000))
        {
            double error = ExactExponential.RelativeError(Math.Exp(x), x);
            Assert.True(Math.Abs(error) <= BoundOfMath, $"x = {x:R}: relative difference {error:g3}");
        }
    }

    [Fact]
    public void Exp_matches_the_exact_exponential_within_its_documented_bound()
    {
        foreach (double x in Exponents(2, 8_000))
        {
            double error = ExactExponential.RelativeError(Elementary.Exp(x), x);
            Assert.True(Math.Abs(error) <= Bound, $"x = {x:R}: relative error {error:g3}");
        }
    }

    [Fact]
    public void Exp_matches_System_Math()
    {
        foreach (double x in Exponents(3, 100_000))
        {
            double expected = Math.Exp(x);
            double error = Elementary.Exp(x) / expected - 1;
            // The quotient above is rounded once more.
            Assert.True(Math.Abs(error) <= Bound + 2 * BoundOfMath, $"x = {x:R}: relative error {error:g3}");
        }
    }

    // x/exp(L) - 1 is ln x - L to first order, so the exact exponential judges the logarithm as well.
    [Fact]
    public void Log_matches_the_exact_exponential_within_its_documented_bound()
    {
        foreach (double x in Positives(4, 8_000))
        {
            double log = Elementary.Log(x);
            double error = Math.Abs(ExactExponential.RelativeError(x, log));
            Assert.True(error <= Bound * Math.Max(1, Math.Abs(log)), $"x = {x:R}: log {log:R}, error {error:g3}");
        }
    }

    [Fact]
    public void Log_matches_System_Math()
    {
        foreach (double x in Positives(5, 100_000))
        {
            double expected = Math.Log(x);
            double error = Math.Abs(Elementary.Log(x) - expected);
            double tolerance = Bound * Math.Max(1, Math.Abs(expected)) + BoundOfMath * Math.Abs(expected);
            Assert.True(error <= tolerance, $"x = {x:R}: error {error:g3}, tolerance {tolerance:g3}");
        }
    }

    // Near 1 the logarithm is small: its own few roundings stay relative there, to the order of 1e-16 times a small
    // number; 1e-15 relative leaves room for seven of them.
    [Fact]
    public void Log_keeps_its_relative_accuracy_near_one()
    {
        for (int power = 4; power <= 52; power++)
            foreach (double x in new[] { 1 + Math.ScaleB(1, -power), 1 - Math.ScaleB(1, -power) })
            {
                double error = Elementary.Log(x) / Math.Log(x) - 1;
                Assert.True(Math.Abs(error) <= 1e-15, $"x = {x:R}: relative error {error:g3}");
            }
    }

    // The oracle is double arithmetic, 1e9 times finer than the bound.
    [Fact]
    public unsafe void Exp_in_single_precision_matches_System_Math()
    {
        var random = new Random(6);
        for (int i = 0; i < 100_000; i++)
        {
            float x = (float)(i % 2 == 0 ? -87 + 175 * random.NextDouble() : 2 * random.NextDouble() - 1);
            double error = ExpSingle(x) / Math.Exp(x) - 1;
            Assert.True(Math.Abs(error) <= BoundSingle, $"x = {x:R}: relative error {error:g3}");
        }
    }

    // Both from the smallest arguments, where exp(x) - 1 and ln(1 + x) written out would lose all digits, to the largest.
    [Fact]
    public void Expm1_matches_the_exact_exponential_within_its_documented_bound()
    {
        foreach (double x in Magnitudes(8, 8_000, 708))
        {
            double error = ExactExponential.RelativeErrorOfExpm1(Expm1(x), x);
            Assert.True(Math.Abs(error) <= Bound, $"x = {x:R}: relative error {error:g3}");
        }
        foreach (float x in Magnitudes(9, 8_000, 88).Select(x => (float)x))
        {
            double error = ExactExponential.RelativeErrorOfExpm1(Expm1(x), x);
            Assert.True(Math.Abs(error) <= BoundSingle, $"x = {x:R}: relative error {error:g3} in single");
        }
    }

    // x/expm1(L) - 1 = (1 + x)(ln(1 + x) - L)/x to first order, so the exact exponential judges this logarithm as well.
    [Fact]
    public void Log1p_matches_the_exact_exponential_within_its_documented_bound()
    {
        foreach (double x in Magnitudes(10, 8_000, 1e280))
        {
            double log = Log1p(x);
            double error = ExactExponential.RelativeErrorOfExpm1(x, log) * (x / (1 + x)) / log;
            Assert.True(Math.Abs(error) <= Bound, $"x = {x:R}: relative error {error:g3}");
        }
        foreach (float x in Magnitudes(11, 8_000, 1e37).Select(x => (float)x))
        {
            double log = Log1p(x);
            double error = ExactExponential.RelativeErrorOfExpm1(x, log) * (x / (1 + (double)x)) / log;
            Assert.True(Math.Abs(error) <= BoundSingle, $"x = {x:R}: relative error {error:g3} in single");
        }
    }

    [Fact]
    public void Expm1_and_log1p_of_zero_are_zero()
    {
        Assert.Equal((0.0, 0.0), (Expm1(0.0), Log1p(0.0)));
        Assert.Equal((0f, 0f), (Expm1(0f), Log1p(0f)));
    }

    [Theory]
    [InlineData(708.5, 708)]
    [InlineData(1e300, 708)]
    [InlineData(double.PositiveInfinity, 708)]
    [InlineData(-708.5, -708)]
    [InlineData(-1e300, -708)]
    [InlineData(double.NegativeInfinity, -708)]
    public void Exp_is_clamped_at_plus_and_minus_708(double x, double end)
    {
        Assert.Equal(Elementary.Exp(end), Elementary.Exp(x));
        Assert.Equal(1, Elementary.Exp(x) / Math.Exp(end), Bound + 2 * BoundOfMath);
    }

    [Theory]
    [InlineData(88.5f, 88f)]
    [InlineData(float.PositiveInfinity, 88f)]
    [InlineData(-87.5f, -87f)]
    [InlineData(float.NegativeInfinity, -87f)]
    public void Exp_in_single_precision_is_clamped_at_minus_87_and_88(float x, float end)
    {
        Assert.Equal(ExpSingle(end), ExpSingle(x));
        Assert.Equal(1, ExpSingle(x) / Math.Exp(end), BoundSingle);
    }

    [Fact]
    public void Exp_of_zero_and_log_of_one_are_exact()
    {
        Assert.Equal(1, Elementary.Exp(0));
        Assert.Equal(1, ExpSingle(0));
        Assert.Equal(0, Elementary.Log(1));
    }

    // exp(p ln x): the rounding of ln x and of the product grows by |p ln x| (below 51 here, so 51 * 4e-16 + 51 * 2^-53),
    // and the exponential adds its own.
    [Fact]
    public void Pow_matches_System_Math()
    {
        var random = new Random(7);
        for (int i = 0; i < 50_000; i++)
        {
            double x = Math.Pow(10, 10 * random.NextDouble() - 5);
            double p = 8 * random.NextDouble() - 4;
            double size = Math.Abs(p * Math.Log(x));
            double tolerance = (size + 1) * (Bound + BoundOfMath) + BoundOfMath;
            double error = Elementary.Pow(x, p) / Math.Pow(x, p) - 1;
            Assert.True(Math.Abs(error) <= tolerance, $"{x:R} to the power {p:R}: relative error {error:g3}");
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-1e-40)]
    [InlineData(3.5e38)]
    public void Narrow_rounds_as_a_cast_does(double value)
    {
        Assert.Equal((float)value, Elementary.Narrow<float>(value));
        Assert.Equal(value, Elementary.Narrow<double>(value));
    }

    private static unsafe T Expm1<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T result;
        ScalarLanes<T>.Store(&result, Elementary.Expm1<ScalarLanes<T>, T>(new(x)));
        return result;
    }

    private static unsafe T Log1p<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T result;
        ScalarLanes<T>.Store(&result, Elementary.Log1p<ScalarLanes<T>, T>(new(x)));
        return result;
    }

    // Positive numbers from 1e-18 to the largest given, in equal shares of the logarithm, and those around 1.
    private static IEnumerable<double> Magnitudes(int seed, int count, double largest)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
            yield return i % 2 == 0 ? 1e-18 * Math.Pow(largest / 1e-18, random.NextDouble()) : 2 * random.NextDouble();
    }

    private static unsafe float ExpSingle(float x)
    {
        float result;
        ScalarLanes<float>.Store(&result, Elementary.Exp<ScalarLanes<float>, float>(new(x)));
        return result;
    }

    // The whole range, the unit interval, tiny numbers and multiples of ln 2 / 2, where the reduction switches.
    private static IEnumerable<double> Exponents(int seed, int count)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
            yield return (i % 4) switch
            {
                0 => 1416 * random.NextDouble() - 708,
                1 => 2 * random.NextDouble() - 1,
                2 => Math.ScaleB(2 * random.NextDouble() - 1, -random.Next(60)),
                _ => Math.Log(2) / 2 * random.Next(-2042, 2043) * (1 + 1e-15 * random.Next(-4, 5)),
            };
        foreach (double edge in new[] { 0.0, -708, 708, double.Epsilon })
            yield return edge;
    }

    // All magnitudes, both sides of one, and both sides of sqrt(1/2) times powers of two, where the reduction switches.
    private static IEnumerable<double> Positives(int seed, int count)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
            yield return (i % 3) switch
            {
                0 => Math.ScaleB(1 + random.NextDouble(), random.Next(-1021, 1023)),
                1 => 0.5 + random.NextDouble(),
                _ => Math.ScaleB(Math.Sqrt(0.5) * (1 + 1e-15 * random.Next(-4, 5)), random.Next(-50, 50)),
            };
        // The smallest normal number has a logarithm of -708.4, the largest of 709.8.
        foreach (double edge in new[] { 1, 2.2250738585072014e-308, double.MaxValue })
            yield return edge;
    }
}
