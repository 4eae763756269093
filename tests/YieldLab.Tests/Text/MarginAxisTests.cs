using Xunit;
using YieldLab.Studies.Margins;

namespace YieldLab.Tests.Text;

/// <summary>The settings that a margin is sought among.</summary>
public sealed class MarginAxisTests
{
    [Theory]
    [InlineData("design.cells.dac.width", "1 um", "8 um", null, 71, 1.1e-6)]
    [InlineData("design.cells.dac.width", "8 um", "1 um", null, 71, 7.9e-6)]
    [InlineData("design.cells.dac.width", "0.5 um", "1.137 um", null, 65, 0.509953125e-6)]
    [InlineData("design.cells.dac.width", "1 um", "8 um", 8, 8, 2e-6)]
    [InlineData("temperature.value", "-40 C", "125 C", null, 67, -37.5)]
    [InlineData("temperature.value", "0 C", "100 C", null, 51, 2)]
    [InlineData("training.l2", "0", "0.1", null, 51, 0.002)]
    [InlineData("training.epochs", "1", "20", null, 20, 2)]
    [InlineData("training.epochs", "20", "1", null, 20, 19)]
    [InlineData("training.epochs", "1", "500", null, 500, 2)]
    [InlineData("training.epochs", "2", "20", 7, 7, 5)]
    [InlineData("process.override.device.slope_factor", "1.2", "1.6", null, 81, 1.205)]
    public void Steps_are_round_where_the_range_has_such(
        string key,
        string from,
        string to,
        int? count,
        int settings,
        double second
    )
    {
        using var file = new TinyStudy();
        MarginStudy study = MarginStudy.Read(file.Path, [], new(key, from, to, count), null);
        Assert.Equal(settings, study.Settings);
        Assert.Equal(second, study.Value(1));
    }

    [Fact]
    public void A_log_scale_has_equal_ratios()
    {
        using var file = new TinyStudy();
        MarginStudy study = MarginStudy.Read(file.Path, [], new("training.l2", "1e-6", "1e-2", null, true), null);
        Assert.Equal(65, study.Settings);
        Assert.Equal(1e-4, study.Value(32), 1e-15);
    }

    [Fact]
    public void Keys_that_go_together_have_the_same_value()
    {
        using var file = new TinyStudy();
        var axis = new MarginAxis("design.cells.dac.width, design.cells.*.width", "1 um", "3 um", 3);
        Assert.Equal(11, axis.Keys.Count);
        MarginStudy study = MarginStudy.Read(file.Path, [], axis, "training.epochs,training.seed=[3, 4]");
        Assert.Equal((2, 3), (study.Curves, study.Settings));
        var point = study.Point(1, 2).File.Study;
        Assert.Equal(3e-6, point.Design.Cells.Dac.Width);
        Assert.Equal(3e-6, point.Design.Cells.Switch.Width);
        Assert.Equal(2e-6, point.Design.Cells.Dac.Length);
        Assert.Equal((4, 4), (point.Training.Epochs, point.Training.Seed));
    }

    // A temperature at which a curve is taken replaces the study's range, as a sweep of it does.
    [Fact]
    public void A_second_setting_may_be_a_temperature()
    {
        using var file = new TinyStudy();
        var axis = new MarginAxis("design.cells.dac.width", "1 um", "3 um", 3);
        MarginStudy study = MarginStudy.Read(file.Path, [], axis, "temperature.value=[0 C, 50 C]");
        Assert.Equal(50.0, study.AgainstValue(1));
        var temperature = study.Point(1, 0).File.Study.Temperature;
        Assert.Null(temperature.From);
        Assert.Equal(323.15, temperature.Value!.Value, 1e-9);
    }
}
