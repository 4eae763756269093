using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Cli;

/// <summary>What <c>yieldlab margin</c> finds, prints and refuses.</summary>
public sealed class MarginTests
{
    private static readonly string[] Width =
    [
        "margin",
        StudyFolder.Study,
        "--vary",
        "design.cells.*.width",
        "--from",
        "0.5 um",
        "--to",
        "8 um",
        "--spec",
        "mse_vs_ideal_percent <= 0.5",
        "--dies",
        "2000",
    ];

    // The oracle is a run of each evaluated setting: as many dies, as many of them that pass.
    [Fact]
    public void Every_evaluated_setting_has_the_passes_of_a_run_with_as_many_dies()
    {
        using var folder = new StudyFolder();
        JsonNode json = Json(folder, 0, [.. Width, "--target", "0.8"]);
        JsonNode curve = json["curves"]![0]!;
        Assert.Equal("found", (string)curve["outcome"]!);
        JsonNode[] settings = [.. curve["settings"]!.AsArray().OfType<JsonNode>()];
        Assert.Equal(settings.Sum(setting => (long)setting["dies"]!), (long)curve["dies"]!);
        foreach (JsonNode setting in settings.Where((_, i) => i % 4 == 0))
        {
            string width = $"{(decimal)(double)setting["value"]! * 1_000_000} um";
            string[] cells =
            [
                .. "dac multiplier summing activation rectifier gradient integrator decay quiescent cross_coupling switch"
                    .Split(' ')
                    .SelectMany(cell => new[] { "--set", $"design.cells.{cell}.width={width}" }),
            ];
            JsonNode run = JsonNode.Parse(
                folder
                    .Run([
                        "run",
                        StudyFolder.Study,
                        "--json",
                        "--overwrite",
                        "--samples",
                        $"{setting["dies"]}",
                        "--set",
                        "specs=[mse_vs_ideal_percent <= 0.5]",
                        .. cells,
                    ])
                    .Output
            )!;
            Assert.Equal((long)setting["passed"]!, (long)run["yield"]!.AsArray()[^1]!["passed"]!);
            ProportionInterval interval = ConfidenceSequence.At(
                (long)setting["passed"]!,
                (long)setting["dies"]!,
                (double)curve["interval_confidence"]!
            );
            Assert.Equal(interval.Lower, (double)setting["lower"]!);
            Assert.Equal(interval.Upper, (double)setting["upper"]!);
        }
    }

    [Fact]
    public void Nothing_depends_on_the_number_of_threads()
    {
        using var folder = new StudyFolder();
        string[] answers =
        [
            .. new[] { "1", "2", "5" }.Select(threads =>
                folder.Run([.. Width, "--target", "0.8", "--json", "--threads", threads]).Output
            ),
        ];
        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(answers[0], answers[2]);
        Assert.DoesNotContain("NaN", answers[0]);
    }

    [Fact]
    public void The_answer_is_one_sentence_with_its_interval_and_the_curve_in_80_columns()
    {
        using var folder = new StudyFolder();
        Answer answer = folder.Run([.. Width, "--target", "80 %"]);
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("the smallest design.cells.*.width whose yield is at least 80 % is ", answer.Output);
        Assert.Contains("the yield crosses 80 % between ", answer.Output);
        Assert.Contains("monotone as far as was seen: of the same ", answer.Output);
        Assert.Contains(" dies trained, at ", answer.Output);
        Assert.Contains("surely above", answer.Output);
        Assert.All(answer.Output.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 80, line));
        Assert.Contains("yieldlab: 500 nm: ", answer.Error);
        Assert.Equal(new Answer(0, "", ""), folder.Run([.. Width, "--target", "80 %", "--quiet"]));
    }

    [Theory]
    [InlineData("0.9999", "is not reached by any", "not-reached")]
    [InlineData("0.0001", "is reached by every", "reached-everywhere")]
    public void No_margin_in_the_range_is_a_result_of_its_own(string target, string sentence, string outcome)
    {
        using var folder = new StudyFolder();
        string[] arguments = ["margin", StudyFolder.Study, "--vary", "design.cells.*.width", "--from", "1um"];
        string[] range = ["--to", target[2] == '9' ? "1.2 um" : "8um", "--target", target];
        string[] spec = ["--spec", "mse_vs_ideal_percent <= 0.5", "--dies", "200"];
        Answer answer = folder.Run([.. arguments, .. range, .. spec]);
        Assert.Equal(3, answer.ExitCode);
        Assert.Contains(sentence, answer.Output);
        JsonNode json = Json(folder, 3, [.. arguments, .. range, .. spec]);
        Assert.Equal(outcome, (string)json["curves"]![0]!["outcome"]!);
        Assert.Null(json["curves"]![0]!["margin"]);
    }

    // Area rises with the width at each length; the cost is that of the command of its own.
    [Fact]
    public void A_second_setting_gives_a_margin_and_a_cost_at_each_of_its_values()
    {
        using var folder = new StudyFolder();
        string[] arguments =
        [
            .. Width,
            "--target",
            "0.8",
            "--against",
            "design.cells.*.length=[1 um, 2 um]",
            "--set",
            "cost={supply: 1.8 V, layout_factor: 3}",
        ];
        JsonNode json = Json(folder, 0, arguments);
        JsonNode[] margins = [.. json["curves"]!.AsArray().Select(curve => curve!["margin"]!)];
        Assert.Equal(2, margins.Length);
        Assert.True((double)margins[0]["setting"]! > (double)margins[1]["setting"]!);
        string[] set =
        [
            .. margins[1]["settings"]!.AsArray().SelectMany(setting => new[] { "--set", (string)setting! }),
            .. "dac multiplier summing activation rectifier gradient integrator decay quiescent cross_coupling switch"
                .Split(' ')
                .SelectMany(cell => new[] { "--set", $"design.cells.{cell}.length=2 um" }),
        ];
        JsonNode cost = JsonNode.Parse(
            folder
                .Run(["cost", StudyFolder.Study, "--json", "--set", "cost={supply: 1.8 V, layout_factor: 3}", .. set])
                .Output
        )!["analog"]!;
        Assert.Equal((double)cost["area"]!, (double)margins[1]["area"]!);
        Assert.Equal((double)cost["power"]!, (double)margins[1]["power"]!);
        Answer table = folder.Run(arguments);
        Assert.Equal(0, table.ExitCode);
        Assert.Contains("at each design.cells.*.length", table.Output);
        Assert.All(table.Output.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 80, line));
        Assert.Contains("the study has no cost section", folder.Run(arguments[..^2]).Output);
    }

    // The swept temperature takes the place of the study's range.
    [Fact]
    public void A_temperature_can_be_varied()
    {
        using var folder = new StudyFolder();
        string[] arguments =
        [
            "margin",
            StudyFolder.Study,
            "--vary",
            "temperature.value",
            "--from",
            "0 C",
            "--to",
            "64 C",
        ];
        JsonNode json = Json(folder, null, [.. arguments, "--target", "0.9", "--dies", "64"]);
        Assert.Equal("C", (string)json["unit"]!);
        Assert.Equal(64, (double)json["curves"]![0]!["settings"]!.AsArray()[^1]!["value"]!);
    }

    [Fact]
    public void Failed_dies_are_told()
    {
        using var folder = new StudyFolder();
        Answer answer = folder.Run([.. Width, "--target", "0.5", "--set", StudyFolder.ImpossibleDies]);
        Assert.Contains("failed dies: ", answer.Output);
        Assert.Contains("count against a decision on either side", answer.Output);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void An_interrupted_search_prints_what_it_knows_and_is_130(string signal)
    {
        CommandLine.SkipUnlessItHears(signal);
        using var folder = new StudyFolder();
        // Every die passes, and to be sure of this target takes more than ten million of them.
        string[] endless = ["--target", "0.999999", "--spec", "mse_vs_ideal_percent <= 50", "--dies", "10000000"];
        string[] range = ["--vary", "design.cells.*.width", "--from", "8 um", "--to", "16 um", "--json"];
        using var running = CommandLine.Start(folder.Root, ["margin", StudyFolder.Study, .. range, .. endless]);
        // Starting takes a second on a busy machine; whatever it has by then is printed.
        Thread.Sleep(6000);
        Assert.False(running.HasExited);
        running.Send(signal);
        Answer answer = running.Finish();
        Assert.Equal(130, answer.ExitCode);
        Assert.StartsWith("yieldlab: interrupted; ", answer.Error);
        JsonNode json = JsonNode.Parse(answer.Output)!;
        Assert.False((bool)json["complete"]!);
        Assert.True((bool)json["curves"]![0]!["interrupted"]!);
    }

    [Theory]
    [InlineData(
        "--vary design.cells.dac.widht",
        "--vary design.cells.dac.widht: unknown key 'design.cells.dac.widht'; did you mean 'design.cells.dac.width'?"
    )]
    [InlineData("--vary design.cells.*.foo", "--vary design.cells.*.foo: no key is like design.cells.*.foo")]
    [InlineData("--vary ,", "--vary ,: expected a key, such as design.cells.multiplier.width")]
    [InlineData("--vary corner", "--vary corner: is no number; expected a setting that has a smallest value")]
    [InlineData("--vary samples", "--vary samples: cannot be swept: all points have the same dies")]
    [InlineData(
        "--vary design.cells",
        "--vary design.cells: is a section; expected one of its keys, such as design.cells.dac.width"
    )]
    [InlineData(
        "--vary training.l2",
        "--from 1um: training.l2: '1um' has the wrong unit; expected a number from 0 up to 10, such as 0.001"
    )]
    [InlineData("--count 1", "--count: '1' is not allowed; expected 2 to 10000 (see yieldlab --help)")]
    [InlineData("--dies 0", "--dies: '0' is not allowed; expected 1 to 10000000 (see yieldlab --help)")]
    [InlineData(
        "--spec acuracy>0.9",
        "--spec acuracy>0.9: specs[0]: unknown metric 'acuracy'; did you mean 'accuracy'? (in the sweep at design.cells.dac.width=1 um)"
    )]
    [InlineData(
        "--spec accuracy",
        "--spec accuracy: specs[0]: 'accuracy' is not a specification; expected METRIC >= NUMBER (or >, <=, <), such as accuracy >= 0.9 or accuracy >= 90 %"
    )]
    [InlineData("--against foo", "--against foo: expected key=[values], such as \"training.l2=[0.001, 0.01]\"")]
    [InlineData(
        "--against design.cells.*.width=[1um]",
        "--against design.cells.*.width=[1um]: design.cells.dac.width is varied already; expected another key"
    )]
    [InlineData("--against corner=tt", "--against corner=tt: corner: expected a list, such as [one, another]")]
    [InlineData(
        "--set design.cells.dac.width=2um",
        "--set design.cells.dac.width=2um: the key is varied, so that no setting would have this value; expected --set or --vary of it"
    )]
    [InlineData(
        "--set temperature={values: [10 C, 20 C]}",
        "--set temperature={values: [10 C, 20 C]}: temperature.values: dies of listed temperatures have no common pass probability, which a margin needs; expected a range, or one temperature: --set \"temperature={value: 27 C}\" (in the sweep at design.cells.dac.width=1 um)"
    )]
    [InlineData(
        "--quiet --json",
        "--json prints the result and --quiet prints nothing; expected one of them (see yieldlab --help)"
    )]
    public void Mistakes_are_told_in_one_line(string mistake, string message)
    {
        using var folder = new StudyFolder();
        string[] vary = mistake.StartsWith("--vary", StringComparison.Ordinal)
            ? []
            : ["--vary", "design.cells.dac.width"];
        string[] range = ["--from", "1um", "--to", "8um", "--target", "0.9"];
        Answer answer = folder.Run(["margin", StudyFolder.Study, .. vary, .. range, .. mistake.Split(' ', 2)]);
        Assert.Equal(new Answer(1, "", $"yieldlab: {message}{Environment.NewLine}"), answer);
    }

    [Theory]
    [InlineData("1.2")]
    [InlineData("0")]
    [InlineData("most")]
    public void A_target_is_a_share(string target)
    {
        using var folder = new StudyFolder();
        Answer answer = folder.Run([.. Width, "--target", target]);
        Assert.Equal(
            $"yieldlab: --target: '{target}' is not allowed; expected between 0 and 1, such as 0.99 or 99 % (see yieldlab --help){Environment.NewLine}",
            answer.Error
        );
    }

    private static JsonNode Json(StudyFolder folder, int? exitCode, string[] arguments)
    {
        Answer answer = folder.Run([.. arguments, "--json"]);
        Assert.Equal("", answer.Error);
        if (exitCode is { } code)
            Assert.Equal(code, answer.ExitCode);
        return JsonNode.Parse(answer.Output)!;
    }
}
