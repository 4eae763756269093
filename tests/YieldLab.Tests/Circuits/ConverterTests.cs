using Xunit;
using YieldLab.Circuits.Accelerators;

namespace YieldLab.Tests.Circuits;

public class ConverterTests
{
    [Fact]
    public void Two_bits_have_four_codes_from_end_to_end()
    {
        var converter = new Converter(2);
        Assert.Equal([-1, -1 / 3.0, 1 / 3.0, 1], Codes(converter.Signed, -1, 1), Near);
        Assert.Equal([0, 1 / 3.0, 2 / 3.0, 1], Codes(converter.Unsigned, 0, 1), Near);
    }

    [Fact]
    public void Beyond_full_scale_it_clips()
    {
        var converter = new Converter(8);
        Assert.Equal((-1, 1), (converter.Signed(-1.2), converter.Signed(3)));
        Assert.Equal((0, 1), (converter.Unsigned(-0.1), converter.Unsigned(1.1)));
    }

    [Fact]
    public void Without_bits_it_is_ideal()
    {
        Assert.Equal((-1.2, 0.3), (new Converter(null).Signed(-1.2), new Converter(null).Unsigned(0.3)));
    }

    // A uniform error of a step of 2/(2^B - 1): its rms is the step over sqrt(12). 100,000 values in equal distances.
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(12)]
    public void Rounding_error_is_a_step_over_root_twelve(int bits)
    {
        var converter = new Converter(bits);
        double[] errors =
        [
            .. Enumerable.Range(0, 100_000).Select(i => -1 + (i + 0.5) / 50_000).Select(x => converter.Signed(x) - x),
        ];
        double rms = Math.Sqrt(errors.Average(e => e * e));
        Assert.Equal(1, rms / (2 / (Math.Pow(2, bits) - 1) / Math.Sqrt(12)), 0.01);
    }

    private static double[] Codes(Func<double, double> convert, double low, double high) =>
        [.. Enumerable.Range(0, 1001).Select(i => convert(low + (high - low) * i / 1000)).Distinct()];

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}
