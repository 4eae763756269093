using Xunit;
using YieldLab.Studies.Dies;

namespace YieldLab.Tests.Cli;

/// <summary><c>die spice</c> and the refusals of <c>die verify</c>; neither needs ngspice.</summary>
public sealed class SpiceCommandTests
{
    [Fact]
    public void A_die_of_a_study_and_its_case_file_are_the_same_netlist()
    {
        using var folder = new StudyFolder();
        Assert.Equal(0, folder.Run("die", "sample", StudyFolder.Study, "--die", "3", "--out", "die3.json").ExitCode);
        folder.Run("die", "spice", StudyFolder.Study, "--die", "3", "--out", "die3.cir").Succeeded();
        string ofCase = folder.Run("die", "spice", "die3.json").Succeeded();
        string[] ofStudy = File.ReadAllLines(folder.PathOf("die3.cir"));
        Assert.StartsWith("* Die 3 of study tiny, seed ", ofStudy[0]);
        Assert.Equal("* The die of case file die3.json", ofCase.Split('\n')[0]);
        Assert.Equal(ofStudy[1..], ofCase.TrimEnd('\n').Split('\n')[1..]);
    }

    // The tiny study's epoch has 8 presentations.
    [Theory]
    [InlineData("--examples 9: an epoch has 8 presentations", "--die", "0", "--examples", "9")]
    [InlineData(
        "--examples: '0' is not allowed; expected a whole number from 1 (see yieldlab --help)",
        "--die",
        "0",
        "--examples",
        "0"
    )]
    [InlineData("--die -1: expected 0 or more", "--die", "-1")]
    [InlineData("tiny.yaml: --die K says which die of the study")]
    public void A_die_or_number_of_presentations_that_there_is_not_is_named(string message, params string[] options)
    {
        using var folder = new StudyFolder();
        folder.Run(["die", "spice", StudyFolder.Study, .. options]).IsRefusedWith(message);
    }

    [Theory]
    [InlineData("--die", "0")]
    [InlineData("--seed", "1")]
    [InlineData("--set", "training.epochs=1")]
    public void A_case_file_takes_no_option_of_a_study(string option, string value)
    {
        using var folder = new StudyFolder();
        folder
            .Run("die", "spice", "die.json", option, value)
            .IsRefusedWith($"die.json: a case file is one die; {option} is for a study");
    }

    [Fact]
    public void A_missing_case_file_is_named()
    {
        using var folder = new StudyFolder();
        folder.Run("die", "spice", "nope.json").IsRefusedWith("nope.json: there is no such file");
    }

    [Fact]
    public void Without_ngspice_verify_says_how_to_get_it()
    {
        using var folder = new StudyFolder();
        CommandLine
            .RunWith(
                new Dictionary<string, string> { ["PATH"] = folder.Root },
                folder.Root,
                "die",
                "verify",
                StudyFolder.Study
            )
            .IsRefusedWith(SpiceRun.NotInstalled);
    }

    [Theory]
    [InlineData("--dies: '0' is not allowed; expected 1 to 100000 (see yieldlab --help)", "--dies", "0")]
    [InlineData(
        "--tolerance: '0' is not allowed; expected a percentage above 0 up to 100, such as 0.5 (see yieldlab --help)",
        "--tolerance",
        "0"
    )]
    public void A_number_out_of_range_is_told_its_range(string message, string option, string value)
    {
        using var folder = new StudyFolder();
        folder.Run("die", "verify", StudyFolder.Study, option, value).IsRefusedWith(message);
    }
}
