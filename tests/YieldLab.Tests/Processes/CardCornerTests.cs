using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using YieldLab.Circuits.Technology;
using YieldLab.Studies.Processes;

namespace YieldLab.Tests.Processes;

/// <summary>Corners of the built-in cards against the measurements that their sources state.</summary>
public partial class CardCornerTests
{
    public static TheoryData<string> Cards => [.. ProcessLibrary.Names];

    [Theory]
    [MemberData(nameof(Cards))]
    public void Every_card_has_the_four_corners_of_its_PDK_and_the_typical_one(string name)
    {
        ProcessCard card = ProcessLibrary.Card(name);
        Assert.Equal(["tt", "ff", "ss", "fs", "sf"], card.CornerNames);
        Assert.All(card.Corner("tt")!.Shifts(), shift => Assert.Equal(0, shift));
        Assert.Null(card.Corner("fff"));
        // The PDKs have corners of capacitors apart, and none of a bias reference.
        Assert.All(card.Corners, corner => Assert.Equal([0.0, 0, 0], corner.Shifts()[2..]));
    }

    // Same current per square: dVG = dVT - n UT ln(beta ratio), with the card's n. A threshold is rounded to 0.1 mV and a
    // current factor to 0.1 %, so they agree within half of that.
    [Theory]
    [MemberData(nameof(Cards))]
    public void Corners_are_those_that_their_sources_measured(string name)
    {
        ProcessCard card = ProcessLibrary.Card(name);
        MatchCollection measured = Measurement().Matches(ProcessLibrary.Text(name).ReplaceLineEndings("\n"));
        Assert.Equal(card.Corners.Count, measured.Count);
        foreach (var (corner, text) in card.Corners.Zip(measured))
        {
            Assert.Equal(corner.Name, text.Groups["corner"].Value);
            double gate = 1e-3 * Number(text.Groups["gate"]);
            double ratio = Number(text.Groups["ratio"]);
            double thermal = PhysicalConstants.ThermalVoltage(card.Device.ReferenceTemperature);
            Assert.Equal(gate + card.Device.SlopeFactor * thermal * Math.Log(ratio), corner.Threshold, 0.0501e-3);
            Assert.Equal(ratio - 1, corner.Beta, 0.0501e-2);
        }
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void Fast_corners_need_less_gate_voltage_and_slow_ones_more(string name)
    {
        ProcessCard card = ProcessLibrary.Card(name);
        Assert.True(card.Corner("ff")!.Threshold < 0 && card.Corner("ff")!.Beta > 0);
        Assert.True(card.Corner("ss")!.Threshold > 0 && card.Corner("ss")!.Beta < 0);
    }

    // In the two other PDKs the first letter is the n-channel's; in SKY130 it is the p-channel's.
    [Theory]
    [InlineData("sky130-nfet-01v8", "sf")]
    [InlineData("sky130-pfet-01v8", "fs")]
    [InlineData("gf180-nfet-03v3", "fs")]
    [InlineData("gf180-pfet-03v3", "sf")]
    [InlineData("sg13g2-lv-nmos", "fs")]
    [InlineData("sg13g2-lv-pmos", "sf")]
    [InlineData("sg13g2-hv-nmos", "fs")]
    [InlineData("sg13g2-hv-pmos", "sf")]
    public void Mixed_corners_have_the_names_of_their_PDK(string name, string fast)
    {
        ProcessCard card = ProcessLibrary.Card(name);
        Assert.True(card.Corner(fast)!.Threshold < 0);
        Assert.True(card.Corner(fast == "fs" ? "sf" : "fs")!.Threshold > 0);
    }

    private static double Number(Group text) => double.Parse(text.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"corner\s(?<corner>\w\w)\sagainst\stypical\sat\s1\s+um\s+x\s+1\s+um[^:]*:\s+VG\s+at\s+1\s+nA\s+per\s+square\s+(?<gate>[-+.\d]+)\s+mV,\s+beta\s+x\s+(?<ratio>[.\d]+)"
    )]
    private static partial Regex Measurement();
}
