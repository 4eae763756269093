using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YieldLab.Studies.Text;
using Validator = NJsonSchema.JsonSchema;

namespace YieldLab.Tests.Text;

/// <summary>The schema for editors: what stands in the repository, and what it accepts.</summary>
public class SchemaTests
{
    private static readonly Validator Schema = Validator.FromJsonAsync(Generated()).GetAwaiter().GetResult();

    public static TheoryData<string> StudyNames =>
        [.. Directory.GetFiles(StudyFolder(), "*.yaml").Select(path => Path.GetFileName(path)).Order()];

    [Fact]
    public void Schema_in_the_repository_is_the_one_that_the_program_prints() =>
        Assert.Equal(
            Generated() + "\n",
            File.ReadAllText(Path.Combine(StudyFolder(), "yieldlab.schema.json")).ReplaceLineEndings("\n")
        );

    [Theory]
    [MemberData(nameof(StudyNames))]
    public void Every_study_that_ships_is_valid_by_NJsonSchema(string name) =>
        Assert.Empty(Problems(File.ReadAllText(Path.Combine(StudyFolder(), name))));

    [Fact]
    public void Complete_study_with_an_override_is_valid_by_NJsonSchema() => Assert.Empty(Problems(TinyStudy.Text));

    [Fact]
    public void Study_with_a_sweep_is_valid_by_NJsonSchema() =>
        Assert.Empty(
            Problems(
                TinyStudy.Text
                    + """
                    sweep:
                      cross:
                        training.learning_rate: [0.05, 10 %]
                        training.l2: { from: 0.001, to: 0.1, count: 3, scale: log }
                        design.capacitor: { from: 0.5 pF, to: 2 pF, step: 0.5 pF }
                        variation.leakage: [on, true]
                      zip:
                        fidelity: [weak-inversion, ekv]

                    """
            )
        );

    [Theory]
    [InlineData("{ cros: {} }")]
    [InlineData("{ cross: [training.l2] }")]
    [InlineData("{ cross: { training.l2: 0.1 } }")]
    [InlineData("{ cross: { training.l2: [] } }")]
    [InlineData("{ cross: { training.l2: [[0.1]] } }")]
    [InlineData("{ cross: { training.l2: { from: 0, count: 3 } } }")]
    [InlineData("{ zip: { training.l2: { from: 0, to: 1, count: 1 } } }")]
    [InlineData("{ zip: { training.l2: { from: 0, to: 1, count: 3, scale: lin } } }")]
    public void Sweep_with_a_mistake_is_not_valid_by_NJsonSchema(string sweep) =>
        Assert.NotEmpty(Problems($"{TinyStudy.Text}sweep: {sweep}\n"));

    // Each of these is refused by the program as well, which other tests hold.
    [Theory]
    [InlineData("  epochs: 2", "  epoch: 2")]
    [InlineData("seed: 1", "seed: 1\ncolour: red")]
    [InlineData("dac: { width: 2 um, length: 2 um }", "dac: { width: 2 um, length: 2 um, depth: 1 um }")]
    [InlineData("slope_factor: 1.5", "slope_facto: 1.5")]
    [InlineData("task: softmax\n", "")]
    [InlineData("  learning_rate: 0.1\n", "")]
    [InlineData("epochs: 2", "epochs: two")]
    [InlineData("epochs: 2", "epochs: [2]")]
    [InlineData("epochs: 2", "epochs: 2.5")]
    [InlineData("epochs: 2", "epochs: 0")]
    [InlineData("capacitor: 1 pF", "capacitor: 1")]
    [InlineData("capacitor: 1 pF", "capacitor: ten")]
    [InlineData("learning_rate: 0.1", "learning_rate: 0")]
    [InlineData("task: softmax", "task: sofmax")]
    [InlineData("process: on", "process: maybe")]
    [InlineData("hold: [1 ms]", "hold: 1 ms")]
    [InlineData("- accuracy >= 0.9", "- accuracy = 0.9")]
    [InlineData("variation: { process: on, mismatch: on, leakage: on, temperature: on }", "variation: on")]
    public void Study_with_a_mistake_is_not_valid_by_NJsonSchema(string passage, string replacement) =>
        Assert.NotEmpty(Problems(TinyStudy.With(passage, replacement)));

    private static string Generated() =>
        JsonSchema
            .OfStudy()
            .ToJsonString(
                new JsonSerializerOptions
                {
                    WriteIndented = true,
                    Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                    NewLine = "\n",
                }
            );

    private static IEnumerable<string> Problems(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        string json = Json(stream.Documents[0].RootNode)!.ToJsonString();
        return Schema.Validate(json).Select(problem => problem.ToString());
    }

    // As editors read YAML 1.2: plain numbers and true or false have types; on and off are texts.
    private static JsonNode? Json(YamlNode node) =>
        node switch
        {
            YamlMappingNode mapping => new JsonObject(
                mapping.Children.Select(pair =>
                    KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Json(pair.Value))
                )
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } truth => truth.Value == "true",
            YamlScalarNode { Style: ScalarStyle.Plain } plain
                when double.TryParse(plain.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) =>
                JsonNode.Parse(plain.Value!),
            _ => ((YamlScalarNode)node).Value,
        };

    private static string StudyFolder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "YieldLab.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(
            folder ?? throw new DirectoryNotFoundException("no folder above the tests holds YieldLab.sln"),
            "studies"
        );
    }
}
