using Xunit;

namespace YieldLab.Tests.Text;

/// <summary>
/// What a user reads who made a mistake in a study: one line with file, line, column, key and expectation. Each case
/// replaces one passage of a valid study; the lines and columns were counted in <see cref="TinyStudy.Text"/>.
/// </summary>
public class StudyMessageTests
{
    private const string OverriddenDevice = "    device: { slope_factor: 1.5 }";
    private const string Temperature = "temperature: { from: -40 C, to: 85 C, gradient: 2 K }";
    private const string Specs = "specs:\n  - accuracy >= 0.9\n  - cross_entropy < 2";
    private const string OneTemperature = "expected one of value; from and to; mean and sigma; values";

    [Fact]
    public void The_study_that_the_other_tests_break_is_accepted()
    {
        using var study = new TinyStudy();
        Assert.Equal("accepted", study.Refusal());
    }

    [Theory]
    [InlineData("  epochs: 2", "  epoch: 2", "10:3: training: unknown key 'epoch'; did you mean 'epochs'?")]
    [InlineData("seed: 1", "sede: 1", "48:1: unknown key 'sede'; did you mean 'seed'?")]
    [InlineData(
        "seed: 1",
        "colour: 1",
        "48:1: unknown key 'colour'; expected one of name, description, data, task, fidelity, training, design, process, variation, noise, converters, temperature, corner, hold, output, cost, sampling, specs, samples, stop, seed, sweep"
    )]
    [InlineData("dac: {", "adc: {", "25:5: design.cells: unknown key 'adc'; did you mean 'dac'?")]
    public void Unknown_key_is_named_with_the_nearest_one(string passage, string replacement, string message) =>
        AssertRefused(passage, replacement, message);

    [Theory]
    [InlineData(
        "  learning_rate: 0.1\n",
        "",
        "10:3: training: missing key 'learning_rate' (Learning rate (eta); such as 0.1)"
    )]
    [InlineData(
        "task: softmax\n",
        "",
        "1:1: missing key 'task' (linear: regression on squared error; softmax: classification on cross-entropy)"
    )]
    [InlineData("    dac: { width: 2 um, length: 2 um }\n", "", "25:5: design.cells: missing key 'dac'")]
    [InlineData(
        "dac: { width: 2 um, length: 2 um }",
        "dac: { width: 2 um }",
        "25:10: design.cells.dac: missing key 'length' (Channel length L of each device; such as 1 um)"
    )]
    [InlineData("leakage: on, ", "", "40:12: variation: missing key 'leakage'")]
    public void Missing_key_is_named_with_its_meaning(string passage, string replacement, string message) =>
        AssertRefused(passage, replacement, message);

    [Theory]
    [InlineData("1 pA", "'1 pA' has the wrong unit")]
    [InlineData("1", "'1' has no unit")]
    [InlineData("ten", "'ten' is not a number")]
    [InlineData("1 M", "'1 M' is ambiguous: write m for milli or meg for mega")]
    [InlineData("1 F", "'1 F' is out of range")]
    [InlineData("0 F", "'0 F' is out of range")]
    [InlineData("", "'' is not a number", 13)]
    public void Bad_quantity_is_named_with_unit_range_and_example(string text, string problem, int column = 14) =>
        AssertRefused(
            "capacitor: 1 pF",
            $"capacitor: {text}".TrimEnd(),
            $"17:{column}: design.capacitor: {problem}; expected a quantity in F from 1e-16 F up to 1e-06 F, such as 1 pF"
        );

    [Theory]
    [InlineData(
        "presentation_time: 1 us",
        "presentation_time: 0 s",
        "13:22: training.presentation_time: '0 s' is out of range; expected a quantity in s from 1e-12 s up to 1000 s, such as 1 us"
    )]
    [InlineData(
        "learning_rate: 0.1",
        "learning_rate: 0",
        "11:18: training.learning_rate: '0' is out of range; expected a number above 0 up to 1000, such as 0.1"
    )]
    [InlineData(
        "learning_rate: 0.1",
        "learning_rate: 1e400",
        "11:18: training.learning_rate: '1e400' is out of range; expected a number above 0 up to 1000, such as 0.1"
    )]
    [InlineData(
        "epochs: 2",
        "epochs: 2.5",
        "10:11: training.epochs: '2.5' is not a whole number; expected a number from 1 up to 1e+06, such as 20"
    )]
    [InlineData(
        "samples: 20",
        "samples: 0",
        "47:10: samples: '0' is out of range; expected a number from 1 up to 1e+12, such as 1000"
    )]
    [InlineData(
        "test: 25 %",
        "test: 25",
        "6:18: data.split.test: '25' is out of range; expected a number above 0 up to 0.95, such as 30 %"
    )]
    [InlineData(
        "hold: [1 ms]",
        "hold: [1 ms, 0 s]",
        "42:14: hold[1]: '0 s' is out of range; expected a quantity in s above 0 s up to 1e+09 s, such as 1 ms"
    )]
    public void Number_out_of_range_is_named_with_the_range(string passage, string replacement, string message) =>
        AssertRefused(passage, replacement, message);

    [Theory]
    [InlineData("epochs: 2", "epochs: [2, 3]", "10:11: training.epochs: expected one value, not a list")]
    [InlineData("epochs: 2", "epochs: { a: 2 }", "10:11: training.epochs: expected one value, not keys and values")]
    [InlineData("name: tiny", "name: [tiny]", "1:7: name: expected one value, not a list")]
    [InlineData("hold: [1 ms]", "hold: 1 ms", "42:7: hold: expected a list, such as [1 ms]")]
    [InlineData("  - accuracy >= 0.9\n", "  - [accuracy]\n", "45:5: specs[0]: expected one value, not a list")]
    [InlineData(
        "variation: { process: on, mismatch: on, leakage: on, temperature: on }",
        "variation: on",
        "40:12: variation: expected keys and values: process, mismatch, leakage, temperature"
    )]
    [InlineData(
        "dac: { width: 2 um, length: 2 um }",
        "dac: 2 um",
        "25:10: design.cells.dac: expected keys and values: width, length"
    )]
    [InlineData(
        "  override:\n    device: { slope_factor: 1.5 }",
        "  override: 5",
        "38:13: process.override: expected keys and values"
    )]
    public void Wrong_type_is_named_with_the_right_one(string passage, string replacement, string message) =>
        AssertRefused(passage, replacement, message);

    [Theory]
    [InlineData("task: softmax", "task: sofmax", "8:7: task: unknown value 'sofmax'; did you mean 'softmax'?")]
    [InlineData(
        "order: shuffled",
        "order: random",
        "14:10: training.order: unknown value 'random'; expected one of file, shuffled"
    )]
    [InlineData(
        "scaling: minmax",
        "scaling: min-max",
        "7:12: data.scaling: unknown value 'min-max'; did you mean 'minmax'?"
    )]
    [InlineData("process: on", "process: maybe", "40:23: variation.process: 'maybe' is neither on nor off")]
    public void Unknown_value_is_named_with_the_known_ones(string passage, string replacement, string message) =>
        AssertRefused(passage, replacement, message);

    // The words after "not valid YAML" are the library's; only the place and the subject are ours to promise.
    [Theory]
    [InlineData("seed: 1", "seed: 1\nseed: 2", "49:1", "Duplicate key seed")]
    [InlineData("description: Two classes on one threshold", "description: a: b", "2:15", "mapping")]
    [InlineData("description: Two classes on one threshold", "description: \"a", "2:14", "double-quoted scalar")]
    public void Bad_YAML_is_refused_at_its_place(string passage, string replacement, string place, string subject)
    {
        string message = Refusal(passage, replacement);
        Assert.StartsWith($"study.yaml:{place}: not valid YAML: ", message);
        Assert.Contains(subject, message);
    }

    [Fact]
    public void Tab_as_indentation_is_refused_as_a_tab_on_its_line()
    {
        string message = Refusal("  l2: 0.001", "\tl2: 0.001");
        Assert.Contains("tab", message);
        Assert.StartsWith("study.yaml:12:", message);
    }

    [Fact]
    public void Bracket_that_is_never_closed_is_refused_as_bad_YAML() =>
        Assert.Contains("not valid YAML", Refusal("hold: [1 ms]", "hold: [1 ms"));

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b\n")]
    [InlineData("hello")]
    [InlineData("name: tiny\n---\nname: other\n")]
    public void Anything_but_one_document_of_keys_and_values_is_refused(string text)
    {
        using var study = new TinyStudy(text);
        Assert.Equal("study.yaml:1:1: expected one YAML document of keys and values", study.Refusal());
    }

    [Fact]
    public void File_that_does_not_exist_is_named()
    {
        var refusal = Assert.Throws<Studies.StudyException>(() =>
            Studies.Settings.StudyFile.Read("no-such-study.yaml")
        );
        Assert.Equal("no-such-study.yaml: there is no such file", refusal.Message);
    }

    [Theory]
    [InlineData("- accuracy = 0.9")]
    [InlineData("- accuracy >= 90 V")]
    [InlineData("- accuracy")]
    [InlineData("- Accuracy >= 0.9")]
    public void Text_that_is_no_specification_is_refused_with_an_example(string spec) =>
        AssertRefused(
            "- accuracy >= 0.9",
            spec,
            $"45:5: specs[0]: '{spec[2..]}' is not a specification; expected METRIC >= NUMBER (or >, <=, <), such as accuracy >= 0.9 or accuracy >= 90 %"
        );

    [Theory]
    [InlineData(
        "- accuracy >= 0.9",
        "- accuracy >= 90",
        "45:5: specs[0]: no die can meet accuracy >= 90: accuracy is from 0 up to 1; did you mean accuracy >= 90 %?"
    )]
    [InlineData(
        "- accuracy >= 0.9",
        "- accuracy > 100 %",
        "45:5: specs[0]: no die can meet accuracy > 1: accuracy is from 0 up to 1"
    )]
    [InlineData(
        "- accuracy >= 0.9",
        "- accuracy_hold_1ms >= 0",
        "45:5: specs[0]: every die meets accuracy_hold_1ms >= 0: accuracy_hold_1ms is from 0 up to 1"
    )]
    [InlineData(
        "- cross_entropy < 2",
        "- cross_entropy < 0",
        "46:5: specs[1]: no die can meet cross_entropy < 0: cross_entropy is from 0"
    )]
    [InlineData(
        "- cross_entropy < 2",
        "- cross_entropy < 20 %",
        "46:5: specs[1]: 'cross_entropy < 20 %': cross_entropy is no share; expected a limit in nat"
    )]
    [InlineData(
        "target: accuracy >= 0.9",
        "target: accuracy >= 1.5",
        "43:31: output.target: no die can meet accuracy >= 1.5: accuracy is from 0 up to 1"
    )]
    [InlineData("- cross_entropy < 2", "- accuracy >= 90 %", "45:3: specs: the same specification stands there twice")]
    [InlineData(
        "- accuracy >= 0.9",
        "- acuracy >= 0.9",
        "45:5: specs[0]: unknown metric 'acuracy'; did you mean 'accuracy'?"
    )]
    [InlineData(
        "- accuracy >= 0.9",
        "- accuracy_hold_2ms >= 0.9",
        "45:5: specs[0]: unknown metric 'accuracy_hold_2ms'; did you mean 'accuracy_hold_1ms'?"
    )]
    [InlineData(
        "- cross_entropy < 2",
        "- r2 >= 0.4",
        "46:5: specs[1]: unknown metric 'r2'; expected one of eta_mean, eta_sd, lambda_mean, lambda_sd, accuracy, cross_entropy, train_accuracy, train_cross_entropy, mse_vs_ideal_percent, weight_mse_vs_ideal_percent, effective_bits, epochs_to_target, accuracy_hold_1ms, cross_entropy_hold_1ms"
    )]
    [InlineData(
        "target: accuracy >= 0.9",
        "target: eta_mean >= 0.9",
        "43:31: output.target: unknown metric 'eta_mean'; expected one of accuracy, cross_entropy, train_accuracy, train_cross_entropy"
    )]
    [InlineData(
        "target: accuracy >= 0.9 }",
        "retention: train_accuracy >= 0.9 }",
        "43:34: output.retention: unknown metric 'train_accuracy'; expected one of accuracy, cross_entropy"
    )]
    [InlineData(Specs, "specs: []", "44:8: specs: expected at least one, such as accuracy >= 0.9")]
    [InlineData("- cross_entropy < 2", "- accuracy >= 0.90", "45:3: specs: the same specification stands there twice")]
    public void Specification_that_does_not_fit_is_refused(string passage, string replacement, string message) =>
        AssertRefused(passage, replacement, message);

    [Theory]
    [InlineData("sky130-nfet-01v9", "unknown card 'sky130-nfet-01v9'; did you mean 'sky130-nfet-01v8'?")]
    [InlineData(
        "mine",
        "unknown card 'mine'; expected one of gf180-nfet-03v3, gf180-pfet-03v3, sg13g2-hv-nmos, sg13g2-hv-pmos, sg13g2-lv-nmos, sg13g2-lv-pmos, sky130-nfet-01v8, sky130-pfet-01v8"
    )]
    [InlineData("mine.yaml", "there is no file mine.yaml")]
    [InlineData("mine.yml", "there is no file mine.yml")]
    [InlineData("cards/mine", "there is no file cards/mine")]
    [InlineData(@"cards\mine", @"there is no file cards\mine")]
    [InlineData("./", "./ is a folder; expected a file")]
    public void Card_that_is_not_there_is_refused(string card, string message) =>
        AssertRefused("card: sky130-nfet-01v8", $"card: {card}", $"37:9: process.card: {message}");

    [Theory]
    [InlineData(
        "    devise: { slope_factor: 1.5 }",
        "39:5: process.override: unknown key 'devise'; did you mean 'device'?"
    )]
    [InlineData(
        "    device: { slope_facto: 1.5 }",
        "39:15: process.override.device: unknown key 'slope_facto'; did you mean 'slope_factor'?"
    )]
    [InlineData(
        "    device: { slope_factor: 15 }",
        "39:29: process.override.device.slope_factor: '15' is out of range; expected a number from 1 up to 3, such as 1.4"
    )]
    [InlineData(
        "    device: { slope_factor: 1.5 V }",
        "39:29: process.override.device.slope_factor: '1.5 V' has the wrong unit; expected a number from 1 up to 3, such as 1.4"
    )]
    [InlineData(
        "    device: 1.5",
        "39:13: process.override.device: expected keys and values: reference_temperature, slope_factor, specific_current, threshold_voltage, threshold_temperature_coefficient, mobility_exponent, minimum_width, minimum_length"
    )]
    public void Mistake_in_an_override_is_refused_at_its_place(string replacement, string message) =>
        AssertRefused(OverriddenDevice, replacement, message);

    // These are found only when the card and its override are bound together; the place is still one in the study.
    [Theory]
    [InlineData("    correlations: [ { between: [threshold, beta], value: -2 } ]", "39:58")]
    [InlineData("    correlations: [ { between: [threshold, beat], value: -0.2 } ]", "39:44")]
    [InlineData("    wafer_to_wafer: { threshold: 3 mV }", "39:21")]
    public void Mistake_that_shows_only_in_the_whole_card_is_refused_at_its_place(string replacement, string place)
    {
        string message = Refusal(OverriddenDevice, replacement);
        Assert.StartsWith($"study.yaml:{place}: process.override", message);
        Assert.DoesNotContain("sky130-nfet-01v8.yaml:39", message);
    }

    [Fact]
    public void Contradicting_correlations_are_refused() =>
        Assert.Contains(
            "the correlations contradict each other: their matrix is not positive definite",
            Refusal(
                OverriddenDevice,
                "    correlations: [ { between: [threshold, beta], value: -0.9 }, { between: [bias, beta], value: 0.9 } ]"
            )
        );

    [Theory]
    [InlineData(
        "dac: { width: 2 um, length: 2 um }",
        "dac: { width: 0.4 um, length: 2 um }",
        "25:19: design.cells.dac.width: 0.4 um is smaller than the process allows; expected at least 0.42 um"
    )]
    [InlineData(
        "switch: { width: 0.5 um, length: 0.5 um }",
        "switch: { width: 0.5 um, length: 0.1 um }",
        "35:38: design.cells.switch.length: 0.1 um is smaller than the process allows; expected at least 0.15 um"
    )]
    [InlineData(
        "slope_factor: 1.5 }",
        "minimum_length: 1 um }",
        "35:38: design.cells.switch.length: 0.5 um is smaller than the process allows; expected at least 1 um"
    )]
    public void Device_smaller_than_the_card_allows_is_refused(string passage, string replacement, string message) =>
        AssertRefused(passage, replacement, message);

    // The smallest devices themselves are allowed: the SKY130 card has 0.42 um and 0.15 um.
    [Fact]
    public void Device_as_small_as_the_card_allows_is_accepted() =>
        Assert.Equal(
            "accepted",
            Refusal("switch: { width: 0.5 um, length: 0.5 um }", "switch: { width: 0.42 um, length: 0.15 um }")
        );

    [Theory]
    [InlineData("{ from: -40 C, to: 85 C, value: 27 C }", "value, from and to are set together; " + OneTemperature)]
    [InlineData("{ value: 27 C, values: [27 C] }", "value and values are set together; " + OneTemperature)]
    [InlineData("{ from: 85 C, to: -40 C }", "from (85 C) is above to (-40 C); expected from below to")]
    [InlineData("{ from: 85 C }", "from alone is no range; " + OneTemperature)]
    [InlineData("{ mean: 27 C }", "mean alone is no range; " + OneTemperature)]
    [InlineData("{ gradient: 2 K }", OneTemperature)]
    [InlineData("{ values: [] }", "values is an empty list; expected at least one temperature")]
    [InlineData("{}", OneTemperature)]
    public void Keys_of_temperature_that_give_no_range_are_named(string replacement, string message) =>
        AssertRefused(Temperature, $"temperature: {replacement}", $"41:14: temperature: {message}");

    // 100 K is -173.15 C and 500 K is 226.85 C; 4 sigma of 40 K are 160 K.
    [Theory]
    [InlineData("{ mean: 67 C, sigma: 40 K }", "mean 67 C and sigma 40 K reach -93 C to 227 C")]
    [InlineData("{ mean: -14 C, sigma: 40 K }", "mean -14 C and sigma 40 K reach -174 C to 146 C")]
    public void Normal_temperatures_beyond_the_range_of_the_model_are_refused(string replacement, string message) =>
        AssertRefused(
            Temperature,
            $"temperature: {replacement}",
            $"41:14: temperature: {message} at 4 sigma; expected -173.15 C to 226.85 C (100 K to 500 K)"
        );

    [Theory]
    [InlineData("temperature: { value: 27 C }")]
    [InlineData("temperature: { from: 27 C, to: 27 C }")]
    [InlineData("temperature: { mean: 27 C, sigma: 10 K }")]
    [InlineData("temperature: { mean: 66 C, sigma: 40 K }")]
    [InlineData("temperature: { values: [-40 C, 300 K] }")]
    public void Each_way_to_give_a_temperature_is_accepted(string replacement) =>
        Assert.Equal("accepted", Refusal(Temperature, replacement));

    [Theory]
    [InlineData("2 C", "'2 C' has the wrong unit")]
    [InlineData("60 K", "'60 K' is out of range")]
    public void Temperature_difference_takes_kelvin_alone(string gradient, string problem) =>
        AssertRefused(
            "gradient: 2 K",
            $"gradient: {gradient}",
            $"41:49: temperature.gradient: {problem}; expected a quantity in K (difference) from 0 K up to 50 K, such as 2 K"
        );

    [Fact]
    public void Stratified_regression_is_refused() =>
        AssertRefused(
            "task: softmax",
            "task: linear",
            "6:32: data.split.method: a regression has no classes to stratify; expected shuffled or file"
        );

    [Theory]
    [InlineData("a/b")]
    [InlineData("../b")]
    [InlineData("a b")]
    public void Name_that_is_no_folder_name_is_refused(string name) =>
        AssertRefused(
            "name: tiny",
            $"name: {name}",
            $"1:7: name: '{name}' names a folder; expected letters, digits, - and _"
        );

    // Each hold time makes a column; two columns of one name cannot be stored.
    [Theory]
    [InlineData("[1 ms, 1 ms]")]
    [InlineData("[1 ms, 1000 us]")]
    public void Hold_time_given_twice_is_refused(string times) =>
        Assert.StartsWith("study.yaml:42:", Refusal("hold: [1 ms]", $"hold: {times}"));

    // A double holds whole numbers up to 2^53 only: this seed would silently become another.
    [Fact]
    public void Seed_that_no_double_holds_is_refused() =>
        Assert.StartsWith("study.yaml:48:7: seed: ", Refusal("seed: 1", "seed: 9007199254740993"));

    [Fact]
    public void Key_that_is_no_text_is_refused_and_no_crash() =>
        Assert.StartsWith("study.yaml:39:5: process.override: ", Refusal(OverriddenDevice, "    [a, b]: 5"));

    private static void AssertRefused(string passage, string replacement, string message) =>
        Assert.Equal($"study.yaml:{message}", Refusal(passage, replacement));

    private static string Refusal(string passage, string replacement)
    {
        using var study = new TinyStudy(TinyStudy.With(passage, replacement));
        string message = study.Refusal();
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
