using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using YieldLab.Studies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Cli;

/// <summary>Mistakes in a study file or in --set: refused with the place, what is wrong and what was expected.</summary>
public sealed partial class StudyMistakeTests
{
    [Fact]
    public void A_missing_study_file_is_named()
    {
        using var folder = new StudyFolder();
        folder.Run("run", "nope.yaml").IsRefusedWith("nope.yaml: there is no such file");
    }

    [Fact]
    public void An_empty_name_of_a_study_file_is_refused_in_one_line()
    {
        using var folder = new StudyFolder();
        folder.Run("run", "").IsRefusedNaming();
    }

    [Theory]
    [InlineData("  epochs: 2", "  epoch: 2", "tiny.yaml:9:3: training: unknown key 'epoch'; did you mean 'epochs'?")]
    [InlineData(
        "  l2: 0.001\n",
        "",
        "tiny.yaml:9:3: training: missing key 'l2' (L2 regularization strength (lambda); such as 0.001)"
    )]
    [InlineData(
        "unit_current: 1 nA",
        "unit_current: 1 nV",
        "tiny.yaml:15:17: design.unit_current: '1 nV' has the wrong unit; expected a quantity in A from 1e-15 A up to 0.001 A, such as 10 nA"
    )]
    [InlineData(
        "  l2: 0.001",
        "  l2: -0.001",
        "tiny.yaml:11:7: training.l2: '-0.001' is out of range; expected a number from 0 up to 10, such as 0.001"
    )]
    public void A_mistake_in_the_file_is_told_with_line_column_and_what_was_expected(
        string right,
        string wrong,
        string message
    )
    {
        using var folder = new StudyFolder();
        folder.Write(StudyFolder.Study, StudyFolder.StudyText.ReplaceLineEndings("\n").Replace(right, wrong));
        folder.Run("validate", StudyFolder.Study).IsRefusedWith(message);
    }

    // The same through the reader behind the command line, which takes no process each.
    [Theory]
    [InlineData(
        "capacitor: 1 pF",
        "capacitor: 1",
        "16:14: design.capacitor: '1' has no unit; expected a quantity in F from 1e-16 F up to 1e-06 F, such as 1 pF"
    )]
    [InlineData(
        "epochs: 2",
        "epochs: 1.5",
        "9:11: training.epochs: '1.5' is not a whole number; expected a number from 1 up to 1e+06, such as 20"
    )]
    [InlineData("task: softmax", "task: softmx", "7:7: task: unknown value 'softmx'; did you mean 'softmax'?")]
    [InlineData(
        "card: sky130-nfet-01v8",
        "card: sky130-nfet-01v",
        "35:18: process.card: unknown card 'sky130-nfet-01v'; did you mean 'sky130-nfet-01v8'?"
    )]
    [InlineData(
        "specs: [accuracy >= 0.7",
        "specs: [acuracy >= 0.7",
        "40:9: specs[0]: unknown metric 'acuracy'; did you mean 'accuracy'?"
    )]
    public void Any_other_mistake_in_the_file_is_told_with_line_column_and_what_was_expected(
        string right,
        string wrong,
        string message
    )
    {
        using var folder = new StudyFolder();
        string path = folder.PathOf(StudyFolder.Study);
        folder.Write(StudyFolder.Study, StudyFolder.StudyText.ReplaceLineEndings("\n").Replace(right, wrong));
        var mistake = Assert.Throws<StudyException>(() => PreparedStudy.Of(StudyFile.Read(path)));
        Assert.Equal($"{path}:{message}", mistake.Message);
    }

    [Theory]
    [InlineData("training.epoch=3", "training: unknown key 'epoch'; did you mean 'epochs'?")]
    [InlineData(
        "training.presentation_time=1 V",
        "training.presentation_time: '1 V' has the wrong unit; expected a quantity in s from 1e-12 s up to 1000 s, such as 1 us"
    )]
    [InlineData(
        "training.l2=-1",
        "training.l2: '-1' is out of range; expected a number from 0 up to 10, such as 0.001"
    )]
    [InlineData(
        "design.cells.dac.width=0.1 um",
        "design.cells.dac.width: 0.1 um is smaller than the process allows; expected at least 0.42 um"
    )]
    [InlineData("specs=[accuracy >= 0.9, accuracy >= 0.90]", "specs: the same specification stands there twice")]
    public void A_mistake_in_a_setting_is_told_with_the_setting(string setting, string message)
    {
        using var folder = new StudyFolder();
        folder.Run("run", StudyFolder.Study, "--set", setting).IsRefusedWith($"--set {setting}: {message}");
    }

    [Fact]
    public void A_file_that_is_not_YAML_is_told_with_its_line()
    {
        using var folder = new StudyFolder();
        folder.Write(StudyFolder.Study, "name: [1\n");
        folder.Run("validate", StudyFolder.Study).IsRefusedNaming("tiny.yaml:2:1: not valid YAML");
    }

    // Both times give columns of one name.
    [Theory]
    [InlineData("hold=[1 ms, 1 ms]")]
    [InlineData("hold=[1 ms, 1000 us]")]
    public void The_same_hold_time_twice_is_refused_with_its_key(string setting)
    {
        using var folder = new StudyFolder();
        folder.Run("run", StudyFolder.Study, "--set", setting).IsRefusedNaming("hold");
    }

    // The name is the folder of the run below runs/; a name of points only would be that folder itself or its parent.
    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public void A_name_that_leads_out_of_the_folder_of_runs_is_refused_with_its_key(string name)
    {
        using var folder = new StudyFolder();
        folder.Run("validate", StudyFolder.Study, "--set", $"name={name}").IsRefusedNaming("name");
    }

    // A regression resolves up to some rate; a classification with small weights is where the search once went wrong.
    [Theory]
    [InlineData("quickstart")]
    [InlineData("diabetes")]
    public void A_learning_rate_beyond_the_allowed_steps_is_refused_with_the_largest_usable_one_and_that_one_works(
        string study
    )
    {
        using var folder = new StudyFolder();
        string[] run = ["run", Repository.Study(study), "--samples", "8", "--set", "training.epochs=1"];
        Answer refused = folder.Run([.. run, "--out", "refused", "--set", "training.learning_rate=50"]);
        refused.IsRefusedNaming(
            "--set training.learning_rate=50: training.learning_rate: a learning rate of 50 needs more than the 16 "
                + "integration steps a presentation that are allowed; the largest usable learning rate here is about "
        );
        Assert.EndsWith($" (or raise training.max_steps){Environment.NewLine}", refused.Error);

        string usable = Usable().Match(refused.Error).Groups[1].Value;
        Assert.InRange(double.Parse(usable, CultureInfo.InvariantCulture), 1e-6, 50);
        Answer answer = folder.Run([.. run, "--out", "usable", "--set", $"training.learning_rate={usable}"]);
        // So fast a rule takes a gain current beyond weak inversion, which is warned of.
        Assert.Equal(0, answer.ExitCode);
        string output = answer.Output;
        // The dies that decided are these eight, moved to the ends of the temperature range: none may lack steps.
        Assert.Contains("8 dies in", output);
        Assert.DoesNotContain("failed dies", output);
    }

    [GeneratedRegex(@"is about (\S+) ")]
    private static partial Regex Usable();
}
