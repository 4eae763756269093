using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Studies;
using YieldLab.Studies.Dies;

namespace YieldLab.Tests.Cli;

/// <summary>
/// Mistakes in a case file: refused with the file and the key. One of each kind goes through the command line; the
/// others ask the reader behind it, which takes no process each.
/// </summary>
public sealed class CaseMistakeTests(CaseMistakeTests.SampledCase sampled) : IClassFixture<CaseMistakeTests.SampledCase>
{
    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new StudyFolder();
        folder.Run("die", "solve", "nope.json").IsRefusedWith("nope.json: there is no such file");
    }

    [Theory]
    [InlineData("{\n  \"task\": softmax\n}", "case.json:2:11: not valid JSON")]
    [InlineData("", "case.json:1:1: not valid JSON")]
    [InlineData("[1]", "case.json: expected a JSON object")]
    [InlineData("{}", "case.json: task: missing")]
    public void A_text_that_is_no_case_is_told_with_its_place(string text, string message) =>
        Solve(text).IsRefusedWith(message);

    // Two values under one key: which of them counts, the format does not say.
    [Fact]
    public void A_key_that_stands_there_twice_is_refused_with_its_name() =>
        Solve(sampled.Text.Insert(1, "\"task\":\"linear\",")).IsRefusedNaming("case.json", "task");

    [Theory]
    [InlineData("design.capacitance_f")]
    [InlineData("environment.temperature_k")]
    [InlineData("cell_errors.fwd_pn.beta")]
    [InlineData("leakage_a.n")]
    [InlineData("targets")]
    [InlineData("epochs")]
    public void A_missing_key_is_named(string key) => Assert.Equal($"case.json: {key}: missing", Refusal(Without(key)));

    // The layer of the sampled case has 2 outputs and 3 inputs, the constant one included.
    [Theory]
    [InlineData("capacitance_f.p", "[[1e-12, 1e-12, 1e-12]]", "3 numbers where the layer has 6 cells")]
    [InlineData("cell_errors.dac_p.vt_v", "[0, 0]", "2 numbers where the layer has 3 cells")]
    [InlineData("cell_errors.sum_n.beta", "[0, 0, 0]", "3 numbers where the layer has 2 cells")]
    [InlineData("cell_errors.upd_nn.vt_v", "[[0, 0, 0], [0, 0]]", "expected rows of the same length")]
    [InlineData("environment.cell_temperature_k.weights", "[[300, 300, 300]]", "3 numbers where the layer has 6 cells")]
    [InlineData("presentation_order", "[[0, 1]]", "1 orders for 2 epochs")]
    [InlineData("presentation_order", "[[0, 1], [0, 99]]", "an index is outside the 8 examples")]
    public void An_array_of_the_wrong_size_is_told_the_right_one(string key, string value, string message) =>
        Assert.Equal($"case.json: {key}: {message}", Refusal(With(key, value)));

    [Theory]
    [InlineData("epochs", "1.5", "expected a whole number")]
    [InlineData("design.l2", "\"none\"", "expected a number")]
    [InlineData("design.l2", "null", "missing")]
    [InlineData("task", "\"softmx\"", "unknown value 'softmx'; did you mean 'softmax'?")]
    [InlineData("inputs", "[1, 2]", "expected rows of numbers")]
    public void A_value_of_the_wrong_kind_is_told_the_right_one(string key, string value, string message) =>
        Assert.Equal($"case.json: {key}: {message}", Refusal(With(key, value)));

    [Theory]
    [InlineData("train_accuracy >= 0.9")]
    [InlineData("0.9")]
    public void A_retention_of_no_metric_on_the_test_examples_is_told_what_there_is(string text)
    {
        JsonObject json = Parsed(sampled.Text);
        json["retention"] = text;
        Assert.Equal(
            $"case.json: retention: '{text}' is not a specification of one of accuracy, cross_entropy, such as accuracy >= 0.9",
            Refusal(json.ToJsonString())
        );
    }

    [Fact]
    public void A_retention_without_test_targets_is_refused()
    {
        JsonObject json = Parsed(sampled.Text);
        json["retention"] = "accuracy >= 0.9";
        json.Remove("test_targets");
        Assert.Equal(
            "case.json: retention: test_targets are missing, on which it is judged",
            Refusal(json.ToJsonString())
        );
    }

    [Fact]
    public void A_missing_key_and_a_wrong_size_are_one_line_each_on_the_command_line()
    {
        Solve(Without("capacitance_f.n")).IsRefusedWith("case.json: capacitance_f.n: missing");
        Solve(With("cell_errors.act.beta", "[0]"))
            .IsRefusedWith("case.json: cell_errors.act.beta: 1 numbers where the layer has 2 cells");
    }

    [Fact]
    public void An_unknown_fidelity_is_refused_with_those_there_are() =>
        Solve(With("fidelity", "\"bsim\""))
            .IsRefusedWith("case.json: fidelity: unknown value 'bsim'; expected one of weak-inversion, ekv");

    [Theory]
    [InlineData("inputs")]
    [InlineData("targets")]
    [InlineData("test_targets")]
    [InlineData("capacitance_f.p")]
    [InlineData("cell_errors.fwd_pp.vt_v")]
    [InlineData("presentation_order")]
    public void A_row_that_is_null_is_refused_with_its_key(string key) =>
        Assert.StartsWith($"case.json: {key}: ", Refusal(With(key, "[null]")));

    // The layer multiplies each input by a column of its weights: there is none for an input more, and one input fewer
    // leaves the last column to whatever stands in memory.
    [Theory]
    [InlineData("[[0.1]]")]
    [InlineData("[[0.1, 0.2, 0.3]]")]
    public void Test_inputs_of_another_length_than_the_inputs_are_refused_with_their_key(string value)
    {
        var json = Parsed(With("test_inputs", value));
        json.Remove("test_targets");
        Solve(json.ToJsonString()).IsRefusedNaming("case.json", "test_inputs");
    }

    [Fact]
    public void Test_targets_of_another_length_than_the_targets_are_refused_with_their_key()
    {
        JsonObject json = Parsed(sampled.Text);
        int examples = json["test_inputs"]!.AsArray().Count;
        json["test_targets"] = new JsonArray([.. Enumerable.Repeat(0, examples).Select(_ => new JsonArray(1))]);
        Assert.StartsWith("case.json: test_targets: ", Refusal(json.ToJsonString()));
    }

    // Without an integration plan the program trains the first epoch to find one.
    [Fact]
    public void No_epochs_are_refused_with_their_key()
    {
        JsonObject json = Parsed(With("epochs", "0"));
        json.Remove("presentation_order");
        json.Remove("integration");
        Assert.StartsWith("case.json: epochs: ", Refusal(json.ToJsonString()));
    }

    // No such circuit exists; an answer with status ok would be a number without meaning.
    [Theory]
    [InlineData("environment.temperature_k", "-1")]
    [InlineData("environment.bias_gain", "-1")]
    [InlineData("design.capacitance_f", "0")]
    [InlineData("design.sample_period_s", "-1e-6")]
    [InlineData("device.slope_factor", "-1.4")]
    [InlineData("device.reference_temperature_k", "0")]
    public void A_number_that_no_circuit_has_is_refused_with_its_key(string key, string value) =>
        Assert.StartsWith($"case.json: {key}: ", Refusal(With(key, value)));

    [Theory]
    [InlineData(
        "capacitance_f.n",
        "[[1e-12, 0, 1e-12], [1e-12, 1e-12, 1e-12]]",
        "0 is not allowed; expected numbers above 0"
    )]
    [InlineData("leakage_a.p", "[[0, 0, 0], [0, -1e-15, 0]]", "-1E-15 is not allowed; expected numbers from 0")]
    [InlineData("hold_s", "[0.001, -0.001]", "-0.001 is not allowed; expected numbers from 0")]
    [InlineData("cell_errors.dac_p.vt_v", "[0, 1e999, 0]", "Infinity is not allowed; expected finite numbers")]
    [InlineData(
        "cell_errors.fwd_pp.beta",
        "[[0, 0, 0], [0, 0, -1e999]]",
        "-Infinity is not allowed; expected finite numbers"
    )]
    [InlineData("environment.cell_temperature_k.outputs", "[300, 501]", "501 is not allowed; expected 100 K to 500 K")]
    [InlineData("environment.temperature_k", "27", "27 is not allowed; expected 100 K to 500 K")]
    public void A_number_out_of_range_is_refused_with_the_range(string key, string value, string message) =>
        Assert.Equal($"case.json: {key}: {message}", Refusal(With(key, value)));

    // No leakage and no wait are possible.
    [Fact]
    public void Zero_leakage_and_a_hold_of_zero_are_accepted()
    {
        JsonObject json = Parsed(With("leakage_a.p", "[[0, 0, 0], [0, 0, 0]]"));
        json["hold_s"] = new JsonArray(0);
        Assert.Equal([0.0], CaseJson.Read("case.json", json.ToJsonString()).Hold);
    }

    // Optional keys above all: without them the program would take what is usual, and say nothing.
    [Theory]
    [InlineData("hold_s", "hold")]
    [InlineData("presentation_order", "presentation_orders")]
    [InlineData("test_targets", "test_target")]
    [InlineData("environment.current_factor", "current_facter")]
    [InlineData("design.weight_quiescent", "weight_quiescnt")]
    [InlineData("integration.most_steps", "max_steps")]
    public void A_misspelt_key_is_offered_the_right_one(string key, string misspelt)
    {
        JsonObject json = Parsed(sampled.Text);
        var (parent, name) = Place(json, key);
        JsonNode value = parent[name]!.DeepClone();
        parent.Remove(name);
        parent[misspelt] = value;
        string given = key[..^name.Length] + misspelt;
        Assert.Equal($"case.json: {given}: unknown key; did you mean '{key}'?", Refusal(json.ToJsonString()));
    }

    // Answer files carry the case with what it gave; people write down what a die is.
    [Fact]
    public void Keys_that_look_like_no_other_are_allowed()
    {
        JsonObject json = Parsed(sampled.Text);
        foreach (string key in new[] { "expected", "name", "comment", "test", "seed", "status", "metrics" })
            json[key] = new JsonObject();
        json["design"]!["comment"] = "as drawn";
        Assert.Equal(2, CaseJson.Read("case.json", json.ToJsonString()).Orders.Count);
    }

    [Fact]
    public void A_classification_with_one_output_is_refused()
    {
        JsonObject json = Parsed(sampled.Text);
        json["targets"] = new JsonArray([.. Enumerable.Repeat(0, 8).Select(_ => new JsonArray(1))]);
        Assert.Equal(
            "case.json: targets: 1 target an example; softmax tells apart two classes or more (task linear takes 1)",
            Refusal(json.ToJsonString())
        );
    }

    // The sampled case has 8 examples that train and 4 that test.
    [Theory]
    [InlineData("targets", "7 rows where inputs has 8")]
    [InlineData("test_targets", "3 rows where test_inputs has 4")]
    public void A_table_that_is_one_row_short_is_the_one_that_is_blamed(string key, string message)
    {
        JsonObject json = Parsed(sampled.Text);
        json[key]!.AsArray().RemoveAt(0);
        Assert.Equal($"case.json: {key}: {message}", Refusal(json.ToJsonString()));
    }

    [Theory]
    [InlineData("inputs", "[]", "expected at least one row")]
    [InlineData("test_inputs", "[]", "expected at least one row")]
    [InlineData("targets", "[[], [], [], [], [], [], [], []]", "expected at least one number in a row")]
    public void An_empty_table_is_refused_as_one(string key, string value, string message) =>
        Assert.Equal($"case.json: {key}: {message}", Refusal(With(key, value)));

    [Theory]
    [InlineData("device", "missing")]
    [InlineData("cell_errors.act", "missing")]
    public void An_object_that_is_missing_is_named_itself(string key, string message) =>
        Assert.Equal($"case.json: {key}: {message}", Refusal(Without(key)));

    [Fact]
    public void A_value_in_the_place_of_an_object_is_refused() =>
        Assert.Equal("case.json: device: expected keys and values", Refusal(With("device", "5")));

    private static Answer Solve(string text)
    {
        using var folder = new StudyFolder();
        folder.Write("case.json", text);
        return folder.Run("die", "solve", "case.json");
    }

    private static string Refusal(string text) =>
        Assert.Throws<StudyException>(() => DieSolver.Solve(CaseJson.Read("case.json", text))).Message;

    private static JsonObject Parsed(string text) => JsonNode.Parse(text)!.AsObject();

    private string Without(string key)
    {
        JsonObject json = Parsed(sampled.Text);
        var (parent, name) = Place(json, key);
        Assert.True(parent.Remove(name));
        return json.ToJsonString();
    }

    private string With(string key, string value)
    {
        JsonObject json = Parsed(sampled.Text);
        var (parent, name) = Place(json, key);
        // A key that is not there would make the test pass for another reason.
        Assert.True(parent.ContainsKey(name));
        parent[name] = JsonNode.Parse(value);
        return json.ToJsonString();
    }

    private static (JsonObject Parent, string Name) Place(JsonObject json, string key)
    {
        string[] parts = key.Split('.');
        foreach (string part in parts[..^1])
            json = json[part]!.AsObject();
        return (json, parts[^1]);
    }

    /// <summary>A die of the tiny study as a case file: right before a test makes it wrong.</summary>
    public sealed class SampledCase
    {
        public SampledCase()
        {
            using var folder = new StudyFolder();
            Text = folder.Run("die", "sample", StudyFolder.Study, "--die", "0").Succeeded();
            Answer solved = CommandLine.RunWithInput(folder.Root, Text, "die", "solve", "-");
            Assert.Equal("ok", JsonNode.Parse(solved.Succeeded())!["status"]!.GetValue<string>());
        }

        public string Text { get; }
    }
}
