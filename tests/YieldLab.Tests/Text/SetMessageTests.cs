using Xunit;
using YieldLab.Circuits.Cells;

namespace YieldLab.Tests.Text;

/// <summary>What a user reads who made a mistake in <c>--set</c>: the place is the setting, not a line of the file.</summary>
public class SetMessageTests
{
    [Theory]
    [InlineData("training.epochs")]
    [InlineData("=5")]
    [InlineData("")]
    public void Setting_without_key_or_value_is_refused(string setting) =>
        AssertRefused(setting, "expected key=value, such as --set training.epochs=20");

    [Theory]
    [InlineData("training.epoch=5", "training: unknown key 'epoch'; did you mean 'epochs'?")]
    [InlineData("trainig.epochs=5", "unknown key 'trainig'; did you mean 'training'?")]
    [InlineData("sede=5", "unknown key 'sede'; did you mean 'seed'?")]
    [InlineData("design.cells.adc.width=1 um", "design.cells: unknown key 'adc'; did you mean 'dac'?")]
    [InlineData(
        "process.override.devise.slope_factor=1.2",
        "process.override: unknown key 'devise'; did you mean 'device'?"
    )]
    [InlineData(
        "process.override.device.slope=1.2",
        "process.override.device: unknown key 'slope'; expected one of reference_temperature, slope_factor, specific_current, threshold_voltage, threshold_temperature_coefficient, mobility_exponent, minimum_width, minimum_length"
    )]
    [InlineData("name.x=5", "'name' is a value and has no keys below it")]
    [InlineData("hold.x=5", "'hold' is a value and has no keys below it")]
    public void Setting_of_an_unknown_key_is_refused(string setting, string message) => AssertRefused(setting, message);

    [Theory]
    [InlineData(
        "training.epochs=two",
        "training.epochs: 'two' is not a number; expected a number from 1 up to 1e+06, such as 20"
    )]
    [InlineData(
        "training.epochs=0",
        "training.epochs: '0' is out of range; expected a number from 1 up to 1e+06, such as 20"
    )]
    [InlineData(
        "training.epochs=",
        "training.epochs: '' is not a number; expected a number from 1 up to 1e+06, such as 20"
    )]
    [InlineData("training.epochs=[1,2]", "training.epochs: expected one value, not a list")]
    [InlineData("training={epochs: 3}", "training: missing key 'learning_rate' (Learning rate (eta); such as 0.1)")]
    [InlineData(
        "hold=[1 ms, 1 V]",
        "hold[1]: '1 V' has the wrong unit; expected a quantity in s above 0 s up to 1e+09 s, such as 1 ms"
    )]
    [InlineData("task=lin", "task: unknown value 'lin'; expected one of linear, softmax")]
    [InlineData("specs=[acuracy >= 0.9]", "specs[0]: unknown metric 'acuracy'; did you mean 'accuracy'?")]
    [InlineData("process.card=x.yaml", "process.card: there is no file x.yaml")]
    [InlineData(
        "process.override.device.slope_factor=9",
        "process.override.device.slope_factor: '9' is out of range; expected a number from 1 up to 3, such as 1.4"
    )]
    [InlineData(
        "design.cells.dac.width=0.1 um",
        "design.cells.dac.width: 0.1 um is smaller than the process allows; expected at least 0.42 um"
    )]
    public void Setting_of_a_bad_value_is_refused(string setting, string message) => AssertRefused(setting, message);

    // The study has from and to, which stay: who sets a key beside them is told of both, and of the way out.
    [Fact]
    public void Setting_that_contradicts_keys_of_the_file_is_refused_with_all_of_them()
    {
        using var study = new TinyStudy();
        Assert.Equal(
            "study.yaml:41:14: temperature: value, from and to are set together; expected one of value; from and to; mean and sigma; values; --set \"temperature={value: 27 C}\" replaces all keys at once",
            study.Refusal("temperature.value=25 C")
        );
        Assert.Equal("accepted", study.Refusal("temperature={value: 25 C}"));
    }

    // A value may be a mapping; what is wrong inside it stands in the setting as well and on no line of the file.
    [Theory]
    [InlineData(
        "design.cells.dac={width: 0.1 um, length: 2 um}",
        "design.cells.dac.width: 0.1 um is smaller than the process allows; expected at least 0.42 um"
    )]
    [InlineData("process.override={devise: {}}", "process.override: unknown key 'devise'; did you mean 'device'?")]
    [InlineData("output={target: acuracy > 0.9}", "output.target: unknown metric 'acuracy'; did you mean 'accuracy'?")]
    public void Mistake_inside_a_mapping_that_is_set_is_refused(string setting, string message) =>
        AssertRefused(setting, message);

    [Theory]
    [InlineData("training.epochs=[1")]
    [InlineData("training.epochs=1: 2")]
    public void Setting_that_is_no_YAML_is_refused_without_a_line_of_a_file_that_is_none(string setting)
    {
        using var study = new TinyStudy();
        Assert.StartsWith($"--set {setting}: not valid YAML: ", study.Refusal(setting));
    }

    [Fact]
    public void Mistake_in_the_file_keeps_its_place_beside_a_good_setting()
    {
        using var study = new TinyStudy(TinyStudy.With("l2: 0.001", "l2: -1"));
        Assert.Equal(
            "study.yaml:12:7: training.l2: '-1' is out of range; expected a number from 0 up to 10, such as 0.001",
            study.Refusal("training.epochs=3")
        );
    }

    [Fact]
    public void Good_settings_replace_and_add_values_in_order()
    {
        using var study = new TinyStudy();
        var file = study.Read(
            "training.epochs=3",
            "training.epochs = 4",
            "training.precision=double",
            "process.override.mismatch.beta=1 %*um",
            "temperature={values: [0 C, 50 C]}",
            "specs=[accuracy > 0.5]"
        );
        Assert.Equal(4, file.Study.Training.Epochs);
        Assert.Equal(Studies.Settings.Precision.Double, file.Study.Training.Precision);
        Assert.Equal(1e-8, file.Card.Mismatch.Beta);
        Assert.Equal(1.5, file.Card.Device.SlopeFactor);
        Assert.Equal([273.15, 323.15], file.Study.Temperature.Values!);
        Assert.Equal("accuracy > 0.5", Assert.Single(file.Study.Specs).ToString());
    }

    [Fact]
    public void Several_keys_and_those_like_a_star_get_the_value_and_no_other_does()
    {
        using var study = new TinyStudy();
        var before = study.Read().Study.Design.Cells;
        var cells = study.Read("design.cells.*.width=3 um").Study.Design.Cells;
        foreach (var cell in typeof(CellSizes).GetProperties().Where(cell => cell.PropertyType == typeof(DeviceSize)))
            Assert.Equal((DeviceSize)cell.GetValue(before)! with { Width = 3e-6 }, cell.GetValue(cells));
        Assert.Equal(
            before with
            {
                Dac = before.Dac with { Width = 4e-6 },
                Decay = before.Decay with { Width = 4e-6 },
            },
            study.Read("design.cells.dac.width , design.cells.decay.width=4 um").Study.Design.Cells
        );
        // A key that no sweep may vary is a key all the same.
        Assert.Equal(1.5, study.Read("cost.layout_factor=2", "*.supply=1.5 V").Study.Cost!.Supply);
    }

    [Theory]
    [InlineData("design.cells.*.widht=3 um", "no key is like design.cells.*.widht")]
    [InlineData("design.cells.mul*.width=3 um", "'mul*' is no part of a key; a * stands for a whole one")]
    [InlineData("design.*=3 um", "design.unit_current: '3 um' has the wrong unit")]
    [InlineData("training.l2,training.l1=0.1", "training: unknown key 'l1'; did you mean 'l2'?")]
    public void Several_keys_of_which_one_is_wrong_are_refused(string setting, string message)
    {
        using var study = new TinyStudy();
        Assert.StartsWith($"--set {setting}: {message}", study.Refusal(setting));
    }

    // By an alias, two sections of a file are one node.
    [Fact]
    public void Setting_changes_its_own_section_where_another_is_an_alias_of_it()
    {
        using var study = new TinyStudy(
            TinyStudy
                .With("dac: { width: 2 um, length: 2 um }", "dac: &size { width: 2 um, length: 2 um }")
                .Replace("multiplier: { width: 2 um, length: 2 um }", "multiplier: *size")
        );
        var cells = study.Read("design.cells.multiplier.width=3 um").Study.Design.Cells;
        Assert.Equal((2e-6, 3e-6), (cells.Dac.Width, cells.Multiplier.Width));
    }

    // Of a metric in per cent the number stays what it is; a limit and the same limit excluded are two specifications.
    [Fact]
    public void Limits_in_per_cent_are_in_the_unit_of_their_metric()
    {
        using var study = new TinyStudy();
        var file = study.Read(
            "specs=[accuracy >= 90 %, accuracy > 90 %, mse_vs_ideal_percent <= 0.87 %]",
            "output.target=train_accuracy >= 95%",
            "output.retention=accuracy >= 90 %"
        );
        Assert.Equal(
            ["accuracy >= 0.9", "accuracy > 0.9", "mse_vs_ideal_percent <= 0.87"],
            file.Study.Specs.Select(spec => spec.ToString())
        );
        Assert.Equal("train_accuracy >= 0.95", file.Study.Output.Target!.ToString());
        Assert.Equal("accuracy >= 0.9", file.Study.Output.Retention!.ToString());
        Assert.Equal("accepted", study.Refusal("specs=[accuracy >= 0.9, accuracy > 0.9]"));
    }

    private static void AssertRefused(string setting, string message)
    {
        using var study = new TinyStudy();
        Assert.Equal($"--set {setting}: {message}", study.Refusal(setting));
    }
}
