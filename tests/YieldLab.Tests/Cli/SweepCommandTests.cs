using System.Text.Json.Nodes;
using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>A study at several points: what is printed and stored of each, and what other commands make of the study.</summary>
public sealed class SweepCommandTests
{
    private static readonly string[] Run = ["run", StudyFolder.Study, "--out", "here"];

    private static readonly string Swept = StudyFolder.StudyText.Replace(
        "samples: 20",
        "sweep:\n  cross:\n    training.l2: [0.001, 0.01]\n    temperature.value: [27 C, 85 C, -40 C]\nsamples: 8"
    );

    private const string Cost = "cost: { supply: 1 V, layout_factor: 3 }\n";

    [Fact]
    public void Values_of_a_sweep_stand_beside_the_yields_of_its_points()
    {
        using var folder = new StudyFolder();
        string[] lines = Lines(folder.Run([.. Run, "--sweep", "training.presentation_time=[1 us, 1500 ns]"]));
        Assert.Matches(@"^ point +training_presentation_time +passed +yield +95 % interval$", lines[1]);
        string[][] rows = [.. lines[3..5].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(
            [
                ["0", "1", "us"],
                ["1", "1.5", "us"],
            ],
            rows.Select(row => row[..3])
        );
        for (int i = 0; i < 2; i++)
        {
            int passed = ParsedPass(folder, i).Count(pass => pass);
            Assert.Equal([$"{passed}", "of", "20", $"{5.0 * passed:0.0}", "%"], rows[i][3..8]);
        }
        Assert.Matches(@"^40 dies in .*, 0 failed$", lines[^3]);
        AssertFits(lines);
    }

    // A text that is longer than the name of its key, a long name beside a short one, and many values.
    [Theory]
    [InlineData(
        "point=00001: data_file = a-table-with-a-very-long-name-of-its-own.csv",
        "data.file=[tiny.csv, a-table-with-a-very-long-name-of-its-own.csv]"
    )]
    [InlineData(
        "point=00001: training_l2 = 0.01, design_cells_cross_coupling_width = 2.5 um",
        "training.l2=[0.01]",
        "design.cells.cross_coupling.width=[2 um, 2.5 um]"
    )]
    [InlineData(
        "point=00001: training_l2 = 0.001, training_epochs = 2, temperature_value = 85 C,",
        "training.l2=[0.001]",
        "training.epochs=[2]",
        "temperature.value=[27 C, 85 C]",
        "design.cells.cross_coupling.width=[2 um]"
    )]
    public void Points_whose_values_leave_no_room_are_told_below_the_table(string expected, params string[] sweeps)
    {
        using var folder = new StudyFolder();
        folder.Write("a-table-with-a-very-long-name-of-its-own.csv", StudyFolder.DataText);
        string[] run = [.. Run, "--samples", "8", .. sweeps.SelectMany(sweep => new[] { "--sweep", sweep })];
        string[] lines = Lines(folder.Run(run));
        AssertFits(lines);
        Assert.Matches("^ point +passed +yield +95 % interval$", lines[1]);
        Assert.Equal(["point=00000", "point=00001"], lines[3..5].Select(line => Cells(line)[0]));
        Assert.Contains(expected, lines);
    }

    [Fact]
    public void Points_of_a_section_stand_in_its_order_in_text_and_JSON()
    {
        using var folder = new StudyFolder();
        folder.Write(StudyFolder.Study, Swept);
        string[] lines = Lines(folder.Run(Run));
        AssertFits(lines);
        string[] values = ["0.001  27 C", "0.001  85 C", "0.001  -40 C", "0.01  27 C", "0.01  85 C", "0.01  -40 C"];
        Assert.Equal(values, lines[3..9].Select(line => string.Join("  ", Cells(line)[1..3])));
        JsonNode json = JsonNode.Parse(folder.Run([.. Run, "--json"]).Succeeded())!;
        Assert.Equal((48, 48), ((int)json["dies"]!, (int)json["kept"]!));
        Assert.Null(json["yield"]);
        Assert.Equal(
            [
                """{"training_l2":0.001,"temperature_value":27}""",
                """{"training_l2":0.001,"temperature_value":85}""",
                """{"training_l2":0.001,"temperature_value":-40}""",
                """{"training_l2":0.01,"temperature_value":27}""",
                """{"training_l2":0.01,"temperature_value":85}""",
                """{"training_l2":0.01,"temperature_value":-40}""",
            ],
            json["points"]!.AsArray().Select(point => point!["swept"]!.ToJsonString())
        );
        Assert.Equal(
            Enumerable.Range(0, 6).Select(i => $"point=0000{i}"),
            json["points"]!.AsArray().Select(point => (string)point!["point"]!)
        );
    }

    // Each point is the study with its value set.
    [Fact]
    public void Point_in_JSON_is_the_result_of_the_study_with_its_value()
    {
        using var folder = new StudyFolder();
        JsonNode swept = JsonNode.Parse(
            folder.Run([.. Run, "--sweep", "training.epochs=[1, 3]", "--json"]).Succeeded()
        )!;
        string[] alone = ["run", StudyFolder.Study, "--set", "training.epochs=3", "--out", "alone", "--json"];
        JsonNode json = JsonNode.Parse(folder.Run(alone).Succeeded())!;
        foreach (string key in new[] { "failures", "yield", "metrics", "ideal" })
            Assert.Equal(json[key]!.ToJsonString(), swept["points"]![1]![key]!.ToJsonString());
        Assert.Equal(20, (int)swept["points"]![1]!["dies"]!);
    }

    // In the study's order, whatever its number.
    [Fact]
    public void Value_that_is_added_is_a_point_with_a_number_of_its_own()
    {
        using var folder = new StudyFolder();
        string[] run = [.. Run, "--samples", "8"];
        folder.Run([.. run, "--sweep", "training.l2=[0.001, 0.01]", "--quiet"]).Succeeded();
        JsonNode json = JsonNode.Parse(
            folder.Run([.. run, "--sweep", "training.l2=[0.001, 0.003, 0.01]", "--json"]).Succeeded()
        )!;
        Assert.Equal((24, 16), ((int)json["dies"]!, (int)json["kept"]!));
        Assert.Equal(
            [("point=00000", 0.001), ("point=00002", 0.003), ("point=00001", 0.01)],
            json["points"]!
                .AsArray()
                .Select(point => ((string)point!["point"]!, (double)point["swept"]!["training_l2"]!))
        );
        double[] values = DieRows.Reals(folder.PathOf("here"), "training_l2");
        Assert.Equal([0.001, 0.01, 0.003], values.Distinct());
        Assert.Equal(24, values.Length);
    }

    [Fact]
    public void Shards_of_a_sweep_are_merged()
    {
        using var folder = new StudyFolder();
        folder.Write(StudyFolder.Study, Swept);
        foreach (string shard in new[] { "0/2", "1/2" })
            folder.Run([.. Run, "--shard", shard, "--quiet"]).Succeeded();
        string merged = folder.Run("merge", "here").Succeeded();
        string whole = folder.Run("run", StudyFolder.Study, "--out", "whole").Succeeded();
        Assert.Equal(Lines(whole)[..^3], Lines(merged)[..^3]);
        Assert.Equal(
            File.ReadAllText(folder.PathOf("whole/parts.sha256")),
            File.ReadAllText(folder.PathOf("here/parts.sha256"))
        );
    }

    // One point is above the limit and the other below it, in either order.
    [Theory]
    [InlineData("[2 um, 0.5 um]")]
    [InlineData("[0.5 um, 2 um]")]
    public void Limit_of_the_yield_is_for_the_lowest_of_all_points(string widths)
    {
        using var folder = new StudyFolder();
        string[] run = [.. Run, "--sweep", $"design.cells.multiplier.width={widths}"];
        JsonNode json = JsonNode.Parse(folder.Run([.. run, "--json"]).Succeeded())!;
        double[] yields = [.. json["points"]!.AsArray().Select(point => (double)point!["yield"]![2]!["yield"]!)];
        Assert.NotEqual(yields[0], yields[1]);
        int With(double limit) =>
            folder.Run([.. run, "--quiet", "--fail-under", FormattableString.Invariant($"{limit:r}")]).ExitCode;
        Assert.Equal(0, With(yields.Min()));
        Assert.Equal(2, With(yields.Average()));
    }

    [Fact]
    public void Validate_says_how_many_points_there_are_and_finds_what_is_wrong_with_one()
    {
        using var folder = new StudyFolder();
        string[] validate = ["validate", StudyFolder.Study];
        string size = "tiny.yaml: ok: 8 training and 4 test examples, 2 x 3 weights";
        Assert.Equal($"{size}, 20 dies{Environment.NewLine}", folder.Run(validate).Succeeded());
        folder.Write(StudyFolder.Study, Swept);
        Assert.Equal($"{size}, 8 dies, 6 points{Environment.NewLine}", folder.Run(validate).Succeeded());
        folder.Run([.. validate, "--set", "sweep={cross: {training.l2: [0.1]}}"]).Succeeded();
        folder.Write(StudyFolder.Study, Swept.Replace("[0.001, 0.01]", "[0.001, 2000000]"));
        folder.Run(validate).IsRefusedNaming("tiny.yaml:", "training.l2", "2000000");
        folder.Write(
            StudyFolder.Study,
            Swept.Replace("training.l2: [0.001, 0.01]", "data.file: [tiny.csv, nowhere.csv]")
        );
        folder.Run(validate).IsRefusedNaming("nowhere.csv");
    }

    [Fact]
    public void Warning_of_several_points_is_told_once_each()
    {
        using var folder = new StudyFolder();
        Answer answer = folder.Run([
            .. Run,
            "--samples",
            "8",
            "--sweep",
            "design.unit_current=[1 nA, 100 nA]",
            "--sweep",
            "training.l2=[0.1, 0.2]",
            "--json",
        ]);
        Assert.Equal(0, answer.ExitCode);
        string warning = Assert.Single(answer.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("yieldlab: warning: tiny.yaml: the unit current (design.unit_current) reaches", warning);
    }

    [Fact]
    public void Other_commands_take_the_study_without_its_sweep()
    {
        using var folder = new StudyFolder();
        folder.Write(StudyFolder.Study, $"{StudyFolder.StudyText}{Cost}");
        folder.Write("swept.yaml", $"{Swept.Replace("samples: 8", "samples: 20")}{Cost}");
        string[][] commands =
        [
            ["cost", "STUDY", "--json"],
            ["die", "sample", "STUDY", "--die", "3"],
            ["variance", "STUDY", "--dies", "3", "--orders", "3", "--json"],
        ];
        foreach (string[] command in commands)
        {
            string Output(string study) => folder.Run([.. command.Select(w => w == "STUDY" ? study : w)]).Succeeded();
            Assert.Equal(Output(StudyFolder.Study), Output("swept.yaml"));
        }
    }

    private static bool[] ParsedPass(StudyFolder folder, int point) =>
        YieldLab.MonteCarlo.Storage.ParquetTable.ReadTruths(
            folder.PathOf($"here/dies/point=0000{point}/part-00000.parquet"),
            "pass"
        );

    private static string[] Lines(Answer answer) => Lines(answer.Succeeded());

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.TrimEnd('\r'))];

    private static string[] Cells(string line) =>
        [.. line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static void AssertFits(string[] lines)
    {
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain(lines, line => line.Contains('…') || line.Contains('\u001b'));
    }
}
