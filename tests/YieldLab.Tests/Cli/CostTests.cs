using System.Text.Json.Nodes;
using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>What <c>yieldlab cost</c> prints and refuses.</summary>
public sealed class CostTests
{
    private const string Section = "cost={supply: 1.8 V, layout_factor: 3}";

    // Sums of fewer than 200 terms, each rounded once more on its way through the text.
    private const double Rounding = 1e-13;

    public static TheoryData<string> ShippedStudies => [.. Repository.StudyNames];

    [Theory]
    [MemberData(nameof(ShippedStudies))]
    public void Text_of_a_shipped_study_has_no_escapes_and_fits_80_columns(string study)
    {
        string output = CommandLine.Run(Repository.Root, "cost", Repository.Study(study)).Succeeded();
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('…', output);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
        Assert.StartsWith($"{study}: ", output);
        Assert.Contains("nominal die at 27 C (Tref)", output);
        foreach (string word in new[] { "cross_coupling", "capacitor", "total", "8 bit, 45 nm", "32 bit, 180 nm" })
            Assert.Contains($" {word}", output);
        Assert.Contains("Left out, analog: ", output);
    }

    // Three digits of sums of positive terms: the same on every machine.
    [Theory]
    [InlineData("quickstart")]
    [InlineData("digits")]
    public void Tables_of_the_documentation_are_those_that_the_program_prints(string study)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cost.md"));
        string output = CommandLine.Run(Repository.Root, "cost", Repository.Study(study)).Succeeded();
        string[] rows = [.. output.Split('\n').Select(line => line.TrimEnd()).Where(line => line.StartsWith(' '))];
        Assert.True(rows.Length > 20);
        Assert.All(rows, row => Assert.Contains($"\n{row}\n", page));
    }

    [Fact]
    public void Study_without_the_section_is_refused_in_one_line_with_file_and_key()
    {
        using var folder = new StudyFolder();
        folder
            .Run("cost", StudyFolder.Study)
            .IsRefusedWith("tiny.yaml:1:1: cost: missing; expected such as cost: { supply: 1.8 V, layout_factor: 3 }");
    }

    [Theory]
    [InlineData(
        "cost={supply: 1.8 V}",
        "cost: missing key 'layout_factor' (Area of a laid-out cell over the W L of its devices: contacts, spacing, wiring; such as 3)"
    )]
    [InlineData(
        "cost={supply: 1.8, layout_factor: 3}",
        "cost.supply: '1.8' has no unit; expected a quantity in V above 0 V up to 20 V, such as 1.8 V"
    )]
    [InlineData(
        "cost={supply: 1.8 V, layout_factor: 0.5}",
        "cost.layout_factor: '0.5' is out of range; expected a number from 1 up to 100, such as 3"
    )]
    public void Mistake_in_the_section_is_told_with_what_was_expected(string setting, string message)
    {
        using var folder = new StudyFolder();
        folder.Run("cost", StudyFolder.Study, "--set", setting).IsRefusedWith($"--set {setting}: {message}");
    }

    [Fact]
    public void Json_adds_up()
    {
        JsonNode json = Json(Section);
        JsonNode analog = json["analog"]!;
        double power = 0;
        double area = analog["capacitor_area"]!.GetValue<double>();
        foreach (var (_, cell) in analog["cells"]!.AsObject())
        {
            double current = 0;
            foreach (var (_, loop) in cell!["loops"]!.AsObject())
            foreach (JsonNode? branch in loop!["branches"]!.AsArray())
                current += loop["count"]!.GetValue<int>() * branch!["mean"]!.GetValue<double>();
            Near(1.8 * current, cell["power"]!.GetValue<double>());
            power += cell["power"]!.GetValue<double>();
            area += cell["area"]!.GetValue<double>();
        }
        Near(power, analog["power"]!.GetValue<double>());
        Near(area, analog["area"]!.GetValue<double>());
        Near(1e-6 * power, analog["energy_per_presentation"]!.GetValue<double>());
        Near(1e-6 * power / 6, analog["energy_per_update"]!.GetValue<double>());
        Assert.Equal(300.15, json["temperature"]!.GetValue<double>());
        Assert.Equal(6, json["digital"]!.AsArray().Count);
        foreach (JsonNode? digital in json["digital"]!.AsArray())
            Near(
                digital!["energy_per_presentation"]!.GetValue<double>() / (1e-6 * power),
                digital["energy_to_analog"]!.GetValue<double>()
            );
    }

    [Fact]
    public void Settings_change_what_they_should()
    {
        double once = Power(Section);
        Near(2 * once, Power("cost={supply: 3.6 V, layout_factor: 3}"));
        // More epochs take the weights further from rest: the means are those of the training.
        Assert.NotEqual(once, Power(Section, "training.epochs=20"));

        static double Power(params string[] settings) => Json(settings)["analog"]!["power"]!.GetValue<double>();
    }

    private static JsonNode Json(params string[] settings)
    {
        using var folder = new StudyFolder();
        string[] set = [.. settings.SelectMany(setting => new[] { "--set", setting })];
        return JsonNode.Parse(folder.Run(["cost", StudyFolder.Study, "--json", .. set]).Succeeded())!;
    }

    private static void Near(double expected, double actual) =>
        Assert.InRange(actual, expected * (1 - Rounding), expected * (1 + Rounding));
}
