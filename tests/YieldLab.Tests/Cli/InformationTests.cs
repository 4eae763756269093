using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Studies.Processes;

namespace YieldLab.Tests.Cli;

/// <summary>The commands that run nothing: processes, schema, validate.</summary>
public sealed class InformationTests
{
    public static TheoryData<string> ShippedStudies => [.. Repository.StudyNames];

    [Fact]
    public void Processes_list_has_every_card_that_is_in_the_repository_with_its_title()
    {
        string folder = Path.Combine(Repository.Root, "src", "YieldLab.Studies", "Processes");
        string[] cards = [.. Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal)];
        Assert.NotEmpty(cards);
        string[] lines = Lines(CommandLine.Run(Repository.Root, "processes", "list").Succeeded());
        Assert.Equal(
            cards.Select(NameAndTitle),
            lines.Select(line => line.Split(' ', 2)).Select(p => (p[0], p[1].Trim()))
        );
    }

    [Fact]
    public void Processes_show_prints_the_card_file_itself()
    {
        string file = Path.Combine(Repository.Root, "src", "YieldLab.Studies", "Processes", "gf180-pfet-03v3.yaml");
        Answer answer = CommandLine.Run(Repository.Root, "processes", "show", "gf180-pfet-03v3");
        Assert.Equal(File.ReadAllText(file), answer.Succeeded());
    }

    [Fact]
    public void Processes_show_prints_a_card_of_ones_own_and_refuses_what_is_none()
    {
        using var folder = new StudyFolder();
        string card = ProcessLibrary.Text("sky130-nfet-01v8");
        folder.Write("mine.yml", card);
        folder.Write("broken.yml", card.Replace("slope_factor", "slope_facto"));
        Assert.Equal(card, folder.Run("processes", "show", "mine.yml").Succeeded());
        folder.Run("processes", "show", "broken.yml").IsRefusedNaming("broken.yml:", "slope_facto");
        folder.Run("processes", "show", "./nope").IsRefusedWith("./nope: there is no such file");
    }

    [Theory]
    [InlineData("sky130-nfet-01v", "unknown process card 'sky130-nfet-01v'; did you mean 'sky130-nfet-01v8'?")]
    [InlineData("tsmc", "unknown process card 'tsmc'; expected one of ")]
    public void An_unknown_card_is_offered_the_nearest_name_or_all(string name, string message)
    {
        Answer answer = CommandLine.Run(Repository.Root, "processes", "show", name);
        answer.IsRefusedNaming(message);
        if (message.EndsWith("one of ", StringComparison.Ordinal))
            answer.IsRefusedWith(message + string.Join(", ", ProcessLibrary.Names));
    }

    // Whether the schema accepts what the reader accepts is tested with the schema itself.
    [Fact]
    public void Schema_parses_and_knows_every_key_that_a_study_may_have()
    {
        JsonNode schema = JsonNode.Parse(CommandLine.Run(Repository.Root, "schema").Succeeded())!;
        Assert.Equal("http://json-schema.org/draft-07/schema#", schema["$schema"]!.GetValue<string>());
        string[] expected =
        [
            "name",
            "description",
            "data",
            "task",
            "fidelity",
            "training",
            "design",
            "process",
            "variation",
            "noise",
            "converters",
            "temperature",
            "corner",
            "hold",
            "output",
            "cost",
            "sampling",
            "specs",
            "samples",
            "stop",
            "seed",
            "sweep",
        ];
        Assert.Equal(expected, schema["properties"]!.AsObject().Select(property => property.Key));
    }

    [Theory]
    [MemberData(nameof(ShippedStudies))]
    public void Validate_says_ok_to_a_shipped_study_and_leaves_no_file(string study)
    {
        using var folder = new StudyFolder();
        string[] before = Directory.GetFileSystemEntries(folder.Root);
        string output = folder.Run("validate", Repository.Study(study)).Succeeded();
        Assert.StartsWith($"{Repository.Study(study)}: ok: ", output);
        Assert.Equal(before, Directory.GetFileSystemEntries(folder.Root));
    }

    // 12 examples of 2 classes, a quarter of each class to test: 1.5, rounded to even, is 2. 2 inputs and the constant.
    [Fact]
    public void Validate_tells_the_sizes()
    {
        using var folder = new StudyFolder();
        string output = folder.Run("validate", StudyFolder.Study).Succeeded();
        Assert.Equal(
            $"tiny.yaml: ok: 8 training and 4 test examples, 2 x 3 weights, 20 dies{Environment.NewLine}",
            output
        );
    }

    private static (string, string) NameAndTitle(string file) =>
        (
            Path.GetFileNameWithoutExtension(file),
            File.ReadLines(file).Single(line => line.StartsWith("title: ", StringComparison.Ordinal))[
                "title: ".Length..
            ]
        );

    private static string[] Lines(string text) => text.TrimEnd().Split(Environment.NewLine);
}
