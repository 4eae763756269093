using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Circuits.Technology;
using YieldLab.Studies.Processes;

namespace YieldLab.Tests.Cli;

/// <summary>A study in a corner: the shifts of its dies are those of the corner, and every draw that is left is the study's
/// own.</summary>
public sealed class CornerTests
{
    private static readonly string[] Shifts =
    [
        "threshold_shift_v",
        "beta_shift",
        "capacitance_shift",
        "bias_shift",
        "leakage_shift",
    ];

    [Theory]
    [InlineData("ss", "on")]
    [InlineData("fs", "off")]
    public void Stored_shifts_are_those_of_the_corner_and_temperatures_those_of_the_study(string name, string process)
    {
        using var folder = new StudyFolder();
        string study = Run(folder, "study", "variation.process=on");
        string corner = Run(folder, name, $"corner={name}", $"variation.process={process}");
        double[] expected = ProcessLibrary.Card("sky130-nfet-01v8").Corner(name)!.Shifts();
        for (int shift = 0; shift < Shifts.Length; shift++)
            Assert.All(DieRows.Reals(corner, Shifts[shift]), value => Assert.Equal(expected[shift], value));
        Assert.Equal(DieRows.Reals(study, "temperature_c"), DieRows.Reals(corner, "temperature_c"));
        Assert.NotEqual(DieRows.Reals(study, "cross_entropy"), DieRows.Reals(corner, "cross_entropy"));
    }

    [Fact]
    public void The_typical_corner_makes_the_rows_of_a_study_without_process()
    {
        using var folder = new StudyFolder();
        string typical = Run(folder, "tt", "corner=tt");
        string off = Run(folder, "off", "variation.process=off");
        foreach (string part in new[] { "dies/part-00000.parquet", "epochs/part-00000.parquet" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(typical, part)), File.ReadAllBytes(Path.Combine(off, part)));
    }

    [Fact]
    public void A_sampled_die_has_the_corner_in_its_case_and_netlist_and_the_mismatch_of_the_study()
    {
        using var folder = new StudyFolder();
        JsonNode drawn = Case(folder);
        JsonNode slow = Case(folder, "--set", "corner=ss");
        Assert.True(JsonNode.DeepEquals(drawn["cell_errors"], slow["cell_errors"]));
        JsonNode environment = slow["environment"]!;
        Assert.True(JsonNode.DeepEquals(drawn["environment"]!["temperature_k"], environment["temperature_k"]));
        ProcessCorner corner = ProcessLibrary.Card("sky130-nfet-01v8").Corner("ss")!;
        Assert.Equal(1 + corner.Beta, environment["current_factor"]!.GetValue<double>());
        Assert.Equal(1, environment["bias_gain"]!.GetValue<double>());
        // Of the leakage, the channel of the switch: its threshold is 19.7 mV higher than in the typical corner and its
        // current factor 6 % lower, whatever the switch's own threshold. The junction's share is left: not in the corner.
        double ratio = Leakage(slow) / Leakage(Case(folder, "--set", "corner=tt"));
        double kelvin = environment["temperature_k"]!.GetValue<double>();
        double channel =
            (1 + corner.Beta) * Math.Exp(-corner.Threshold / (1.4 * PhysicalConstants.ThermalVoltage(kelvin)));
        Assert.InRange(ratio, channel, 1);
        Assert.Equal(channel, ratio, 0.05 * (1 - channel));

        string[] spice = ["die", "spice", StudyFolder.Study, "--die", "3", "--examples", "2", "--set", "corner=ss"];
        folder.Write("slow.json", slow.ToJsonString());
        string[] ofCase = ["die", "spice", "slow.json", "--examples", "2"];
        Assert.Equal(WithoutTitle(folder.Run(ofCase).Succeeded()), WithoutTitle(folder.Run(spice).Succeeded()));
    }

    private static string Run(StudyFolder folder, string name, params string[] changes)
    {
        string[] set = [.. changes.SelectMany(change => new[] { "--set", change })];
        folder.Run(["run", StudyFolder.Study, "--out", name, "--quiet", .. set]).Succeeded();
        return folder.PathOf(name);
    }

    private static JsonNode Case(StudyFolder folder, params string[] set) =>
        JsonNode.Parse(folder.Run(["die", "sample", StudyFolder.Study, "--die", "3", .. set]).Succeeded())!;

    private static double Leakage(JsonNode die) => die["leakage_a"]!["p"]![0]![0]!.GetValue<double>();

    private static string[] WithoutTitle(string netlist) =>
        [.. netlist.Split('\n').Where(line => !line.StartsWith('*') && !line.StartsWith("Die "))];
}
