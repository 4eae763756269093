using CsCheck;
using Xunit;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Text;

/// <summary>The numbers of a range: literals are the doubles nearest to what is written, and equality is exact.</summary>
public class SweepRangeTests
{
    [Theory]
    [InlineData("training.learning_rate={from: 0.1, to: 0.7, count: 7}", 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)]
    [InlineData("training.learning_rate={from: 0.1, to: 0.5, step: 0.1}", 0.1, 0.2, 0.3, 0.4, 0.5)]
    [InlineData("training.learning_rate={from: 0.3, to: 0.1, count: 3}", 0.3, 0.2, 0.1)]
    [InlineData("training.learning_rate={from: 0.3, to: 0.1, step: -0.1}", 0.3, 0.2, 0.1)]
    [InlineData("training.learning_rate={from: 1, to: 2, count: 4}", 1.0, 1.33333333333333, 1.66666666666667, 2.0)]
    [InlineData("training.learning_rate={from: 0.001, to: 1, count: 4, scale: log}", 0.001, 0.01, 0.1, 1.0)]
    [InlineData("training.learning_rate={from: 1, to: 1e-3, count: 4, scale: log}", 1.0, 0.1, 0.01, 0.001)]
    [InlineData("training.learning_rate={from: 1, to: 2, count: 3, scale: log}", 1.0, 1.41421356237, 2.0)]
    [InlineData("training.learning_rate={from: 1e-300, to: 1, count: 4, scale: log}", 1e-300, 1e-200, 1e-100, 1.0)]
    [InlineData("training.learning_rate={from: 1e-300, to: 1, count: 3}", 1e-300, 0.5, 1.0)]
    [InlineData("training.epochs={from: 2, to: 10, step: 4}", 2.0, 6.0, 10.0)]
    [InlineData("training.epochs={from: 1, to: 1000, count: 4, scale: log}", 1.0, 10.0, 100.0, 1000.0)]
    [InlineData("design.capacitor={from: 0.5 pF, to: 2 pF, count: 4}", 0.5e-12, 1e-12, 1.5e-12, 2e-12)]
    [InlineData("design.capacitor={from: 500 fF, to: 2 pF, step: 0.5 pF}", 0.5e-12, 1e-12, 1.5e-12, 2e-12)]
    [InlineData("design.capacitor={from: 0.5 pF, to: 2 pF, count: 3, scale: log}", 0.5e-12, 1e-12, 2e-12)]
    [InlineData("data.split.test={from: 10 %, to: 0.3, step: 10 %}", 0.1, 0.2, 0.3)]
    [InlineData("temperature.value={from: -40 C, to: 125 C, count: 5}", -40.0, 1.25, 42.5, 83.75, 125.0)]
    [InlineData("temperature.value={from: -40 C, to: 85 C, step: 25 K}", -40.0, -15.0, 10.0, 35.0, 60.0, 85.0)]
    [InlineData("temperature.value={from: -40 C, to: 85 C, step: 62.5 C}", -40.0, 22.5, 85.0)]
    [InlineData("temperature.value={from: 300 K, to: 27.85 C, count: 3}", 26.85, 27.35, 27.85)]
    [InlineData("temperature.gradient={from: 0 K, to: 0.3 K, step: 100 mK}", 0.0, 0.1, 0.2, 0.3)]
    [InlineData(
        "process.override.device.threshold_temperature_coefficient={from: -0.6 mV/K, to: 0.6 mV/K, count: 5}",
        -0.6e-3,
        -0.3e-3,
        0.0,
        0.3e-3,
        0.6e-3
    )]
    [InlineData("process.override.mismatch.threshold={from: 1 mV*um, to: 3 mV*um, count: 3}", 1e-9, 2e-9, 3e-9)]
    public void Range_gives_the_decimals_that_one_would_write(string sweep, params double[] expected)
    {
        using var tiny = new TinyStudy();
        Assert.Equal(expected, Values(tiny, sweep));
    }

    // The study has the number that is stored, to the last bit: what is written into its tree is read as that double.
    [Fact]
    public void Study_of_a_point_has_the_number_that_is_stored()
    {
        using var tiny = new TinyStudy();
        Gen.Select(Gen.Double[1e-15, 1e-6], Gen.Double[1e-15, 1e-6], Gen.Int[2, 40], Gen.Bool)
            .Sample(
                (from, to, count, log) =>
                {
                    string scale = log ? "log" : "linear";
                    var points = Read(
                        tiny,
                        $"design.capacitor={{from: {from:R} F, to: {to:R} F, count: {count}, scale: {scale}}}"
                    ).Points;
                    Assert.Equal(
                        points.Select(point => (double)Assert.Single(point.Values)),
                        points.Select(point => point.File.Study.Design.Capacitor)
                    );
                    Assert.Equal((from, to), (points[0].Values[0], points[^1].Values[0]));
                },
                iter: 20,
                seed: "0000KO6e1lM3",
                threads: 1
            );
    }

    [Fact]
    public void Temperature_of_a_study_is_the_one_stored_to_the_rounding_of_kelvins()
    {
        using var tiny = new TinyStudy();
        foreach (var point in Read(tiny, "temperature.value={from: -40 C, to: 125 C, count: 34}").Points)
            Assert.Equal((double)point.Values[0] + 273.15, point.File.Study.Temperature.Value!.Value);
    }

    [Theory]
    [InlineData("design.capacitor={from: 0.5 pF, to: 1.5 pF, count: 3}", "500 fF", "1 pF", "1.5 pF")]
    [InlineData("design.cells.dac.width={from: 1 um, to: 1 mm, count: 2}", "1 um", "1 mm")]
    [InlineData("training.l2={from: 0, to: 1e-5, count: 2}", "0", "1E-05")]
    [InlineData("temperature.gradient={from: 0 K, to: 5 K, count: 2}", "0 K", "5 K")]
    [InlineData("temperature.value={from: -40 C, to: 0 C, count: 2}", "-40 C", "0 C")]
    [InlineData("process.override.mismatch.threshold={from: 1 mV*um, to: 3 mV*um, count: 2}", "1E-09 V*m", "3E-09 V*m")]
    public void Values_are_written_with_their_units(string sweep, params string[] expected)
    {
        using var tiny = new TinyStudy();
        string key = sweep.Split('=')[0];
        Assert.Equal(
            expected.Select(text => $"{key}={text}"),
            Read(tiny, sweep).Points.Select(point => Assert.Single(point.Settings))
        );
    }

    private static IEnumerable<double> Values(TinyStudy tiny, string sweep) =>
        Read(tiny, sweep).Points.Select(point => (double)Assert.Single(point.Values));

    private static StudySweep Read(TinyStudy tiny, string sweep) =>
        StudySweep.Read(tiny.Path, [], [StudyChange.Sweep(sweep)]);
}
