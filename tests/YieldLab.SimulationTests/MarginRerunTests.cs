using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>A margin of the quickstart, and runs of both settings beside it with other dies, ten times as many.</summary>
public sealed class MarginRerunTests(ITestOutputHelper output)
{
    private const int Dies = 1000;
    private static readonly string[] Cells =
        "dac multiplier summing activation rectifier gradient integrator decay quiescent cross_coupling switch".Split(
            ' '
        );

    [Theory]
    [InlineData("design.cells.*.width", "1 um", "8 um", 0.95, "um", 1e-6)]
    [InlineData("training.learning_rate", "0.003", "0.3", 0.85, "", 1)]
    [InlineData("temperature.value", "-40 C", "125 C", 0.95, "C", 1)]
    public void Ten_times_the_dies_have_their_yields_on_the_claimed_sides(
        string vary,
        string from,
        string to,
        double target,
        string unit,
        double scale
    )
    {
        using var folder = new StudyFolder();
        string study = Repository.Study("quickstart");
        string[] common = vary.StartsWith("temperature", StringComparison.Ordinal)
            ? []
            : ["--set", "temperature={value: 27 C}"];
        Answer answer = folder.Run([
            "margin",
            study,
            "--vary",
            vary,
            "--from",
            from,
            "--to",
            to,
            .. vary.StartsWith("training", StringComparison.Ordinal) ? new[] { "--scale", "log" } : [],
            "--target",
            $"{target}",
            "--dies",
            $"{Dies}",
            "--json",
            .. common,
        ]);
        JsonNode curve = JsonNode.Parse(answer.Output)!["curves"]![0]!;
        output.WriteLine($"{vary}: {curve["outcome"]}, {curve["crossings"]!.ToJsonString()}, {curve["dies"]} dies");
        Assert.NotEmpty(curve["crossings"]!.AsArray());
        foreach (JsonNode? crossing in curve["crossings"]!.AsArray())
        {
            double below = Yield((double)crossing!["below"]!);
            double above = Yield((double)crossing["above"]!);
            output.WriteLine($"{vary}: {crossing["below"]} has {below}, {crossing["above"]} has {above}");
            Assert.True(below < target && target < above, $"{below}, {above}");
        }

        double Yield(double value)
        {
            string text = $"{(decimal)value / (decimal)scale} {unit}";
            string[] set = vary switch
            {
                "temperature.value" => ["--set", $"temperature={{value: {text}, gradient: 2 K}}"],
                "design.cells.*.width" =>
                [
                    .. Cells.SelectMany(cell => new[] { "--set", $"design.cells.{cell}.width={text}" }),
                ],
                _ => ["--set", $"{vary}={text}"],
            };
            string[] run = ["run", study, "--samples", $"{10 * Dies}", "--seed", "2", "--overwrite", "--json"];
            JsonNode found = JsonNode.Parse(folder.Run([.. run, "--out", "run", .. common, .. set]).Output)!;
            return (double)found["yield"]!.AsArray()[^1]!["yield"]!;
        }
    }
}
