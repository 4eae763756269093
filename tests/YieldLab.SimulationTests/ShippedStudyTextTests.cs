using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>What the commands on stored dies print for each shipped study, every metric named: lines of 80 columns at most,
/// no escapes, nothing shortened, no NaN.</summary>
public sealed class ShippedStudyTextTests
{
    private static readonly string[] Small = ["--set", "training.epochs=1", "--set", "fidelity=weak-inversion"];

    public static TheoryData<string> ShippedStudies => [.. Repository.StudyNames];

    [Theory]
    [MemberData(nameof(ShippedStudies))]
    public void Commands_on_stored_dies_fit_80_columns(string study)
    {
        using var folder = new StudyFolder();
        string[] size = ["--samples", "64", "--quiet", "--out", "run"];
        folder.Run(["run", Repository.Study(study), .. Small, .. size]).Succeeded();
        JsonNode tables = JsonNode.Parse(File.ReadAllText(folder.PathOf("run/manifest.json")))!["tables"]!;
        string[] metrics =
        [
            .. tables["dies"]!.AsArray().Where(c => (bool?)c!["metric"] == true).Select(c => (string)c!["name"]!),
        ];
        bool isSweep = tables["points"]!.AsArray().Count > 1;
        string[] point = isSweep ? ["--point", "1"] : [];
        string[] all = ["--metric", string.Join(',', metrics)];
        string summary = folder.Run(["summary", "run", .. all, .. point]).Succeeded();
        Assert.StartsWith(study, summary);
        Assert.All(metrics, metric => Assert.Contains($" {metric} ", summary));
        Fits(summary);
        Fits(folder.Run(["shape", "run", .. all, .. point]).Succeeded());
        Fits(folder.Run(["contributions", "run", .. all, .. point]).Succeeded());
        Fits(
            folder.Run(["compare", "run", "run", .. isSweep ? ["--point-a", "0", "--point-b", "1"] : point]).Succeeded()
        );
        string worst = folder.Run(["worst", "run", .. point, "--metric", "weight_mse_vs_ideal_percent"]).Succeeded();
        // The path of the study is not shortened.
        Fits(string.Join('\n', worst.Split('\n').Where(line => !line.Contains($"{study}.yaml"))));
    }

    [Theory]
    [MemberData(nameof(ShippedStudies))]
    public void Sensitivity_fits_80_columns(string study)
    {
        Answer answer = CommandLine.Run(
            Repository.Root,
            ["sensitivity", Repository.Study(study), "--dies", "16", .. Small]
        );
        Assert.Equal(0, answer.ExitCode);
        Assert.StartsWith($"{study}: 16 dies, ", answer.Output);
        Fits(answer.Output);
    }

    private static void Fits(string output)
    {
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('…', output);
        Assert.DoesNotContain("NaN", output);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
    }
}
