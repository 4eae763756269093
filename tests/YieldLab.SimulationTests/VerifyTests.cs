using System.Text.Json.Nodes;
using Xunit;
using YieldLab.SimulationTests.Support;
using YieldLab.Studies;
using YieldLab.Studies.Dies;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary><c>die verify</c> as users run it: its table, its JSON, its exit code, and what it says of a failed run.</summary>
public class VerifyTests
{
    private static readonly string[] Command = ["die", "verify", StudyFolder.Study, "--dies", "2", "--examples", "4"];

    [Fact]
    public void Verify_prints_a_row_for_each_die_and_ends_with_the_tolerance_that_was_asked_for()
    {
        Ngspice.Need();
        using var folder = new StudyFolder();
        string table = folder.Run(Command).Succeeded();
        Assert.Contains("2 of 2 dies within 0.2 %", table, StringComparison.Ordinal);
        Answer tooStrict = folder.Run([.. Command, "--tolerance", "1e-9", "--json"]);
        Assert.Equal(1, tooStrict.ExitCode);
        JsonNode json = JsonNode.Parse(tooStrict.Output)!;
        Assert.False(json["agrees"]!.GetValue<bool>());
        Assert.Equal(2, json["dies"]!.AsArray().Count);
        Assert.InRange(json["worst_percent"]!.GetValue<double>(), json["rms_percent"]!.GetValue<double>(), 0.5);
    }

    [Fact]
    public void A_netlist_that_ngspice_does_not_understand_is_an_error_and_no_answer()
    {
        Ngspice.Need();
        var problem = Assert.Throws<StudyException>(() =>
            SpiceRun.Run("* no netlist\nX1 a b nothing\n.end\n", new(1, 1), 1, DieVerification.Patience)
        );
        Assert.StartsWith("ngspice gave no weights: ", problem.Message);
    }

    // The transient never ends by itself: a second of simulated time in steps of a picosecond.
    [Fact]
    public void A_run_that_takes_too_long_is_stopped()
    {
        Ngspice.Need();
        const string endless = "* long\nV1 a 0 1\nR1 a 0 1\n.tran 1p 1 0 1p\n.control\nrun\n.endc\n.end\n";
        var problem = Assert.Throws<StudyException>(() => SpiceRun.Run(endless, new(1, 1), 1, TimeSpan.FromSeconds(1)));
        Assert.Equal("ngspice did not finish within 1 s", problem.Message);
    }
}
