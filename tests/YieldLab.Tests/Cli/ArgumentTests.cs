using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>Mistakes in the arguments themselves. Each is refused with one line, and nothing is run.</summary>
public sealed class ArgumentTests
{
    [Theory]
    [InlineData("Required argument 'STUDY' missing for command: 'run'. (see yieldlab --help)", "run")]
    [InlineData("Required argument 'CASE' missing for command: 'solve'. (see yieldlab --help)", "die", "solve")]
    [InlineData("Option '--die' is required. (see yieldlab --help)", "die", "sample", "tiny.yaml")]
    [InlineData("Required argument missing for option: '--set'. (see yieldlab --help)", "run", "tiny.yaml", "--set")]
    public void What_is_missing_is_named(string message, params string[] arguments) =>
        IsRefusedInOneLine(message, arguments);

    [Theory]
    [InlineData(
        "Unrecognized command or argument '--smaples'. (see yieldlab --help)",
        "run",
        "tiny.yaml",
        "--smaples",
        "3"
    )]
    [InlineData("Unrecognized command or argument 'extra'. (see yieldlab --help)", "run", "tiny.yaml", "extra")]
    [InlineData("Unrecognized command or argument 'x'. (see yieldlab --help)", "schema", "x")]
    public void What_is_unknown_is_named(string message, params string[] arguments) =>
        IsRefusedInOneLine(message, arguments);

    // Whoever types that asks what there is; a script learns from the exit code that nothing was done.
    [Theory]
    [InlineData("run")]
    [InlineData("sample", "die")]
    [InlineData("show", "processes")]
    public void A_command_without_its_subcommand_prints_the_help(string subcommand, params string[] arguments)
    {
        using var folder = new StudyFolder();
        Answer answer = folder.Run(arguments);
        Assert.Equal((1, ""), (answer.ExitCode, answer.Output));
        Assert.Contains("Usage:", answer.Error);
        Assert.Contains($"  {subcommand} ", answer.Error);
        Assert.Equal(folder.Run([.. arguments, "--help"]).Output, answer.Error);
    }

    [Fact]
    public void Json_and_quiet_together_are_refused() =>
        IsRefusedInOneLine(
            "--json prints the result and --quiet prints nothing; expected one of them (see yieldlab --help)",
            "run",
            StudyFolder.Study,
            "--json",
            "--quiet"
        );

    [Theory]
    [InlineData("--threads: '0' is not allowed; expected 1 to 1024 (see yieldlab --help)", "--threads", "0")]
    [InlineData("--threads: '1025' is not allowed; expected 1 to 1024 (see yieldlab --help)", "--threads", "1025")]
    [InlineData(
        "--fail-under: '2' is not allowed; expected a share from 0 to 1, such as 0.9 or 90 % (see yieldlab --help)",
        "--fail-under",
        "2"
    )]
    [InlineData(
        "--fail-under: '-0.1' is not allowed; expected a share from 0 to 1, such as 0.9 or 90 % (see yieldlab --help)",
        "--fail-under",
        "-0.1"
    )]
    [InlineData(
        "--fail-under: 'NaN' is not allowed; expected a share from 0 to 1, such as 0.9 or 90 % (see yieldlab --help)",
        "--fail-under",
        "NaN"
    )]
    public void A_number_out_of_range_is_told_its_range(string message, params string[] options) =>
        IsRefusedInOneLine(message, ["run", StudyFolder.Study, .. options]);

    [Fact]
    public void A_die_below_0_is_told_its_range() =>
        IsRefusedInOneLine("--die -1: expected 0 or more", "die", "sample", StudyFolder.Study, "--die", "-1");

    // The range is that of the study's key; the option is what the user wrote and can correct.
    [Theory]
    [InlineData("--samples", "0", "1 up to 1e+12")]
    [InlineData("--seed", "-1", "0 up to 9.0072e+15")]
    public void A_number_of_the_study_out_of_range_is_told_its_range_and_the_option_that_gave_it(
        string option,
        string value,
        string range
    )
    {
        using var folder = new StudyFolder();
        Answer answer = folder.Run("run", StudyFolder.Study, option, value);
        answer.IsRefusedNaming(option, value, range);
        Assert.DoesNotContain("--set", answer.Error);
    }

    // A name such as System.Int64 tells nothing to people who do not program in .NET.
    [Theory]
    [InlineData("run", "--samples", "1e3")]
    [InlineData("run", "--seed", "x")]
    [InlineData("run", "--threads", "x")]
    [InlineData("run", "--fail-under", "x")]
    [InlineData("die sample", "--die", "x")]
    public void An_option_that_is_no_number_is_named_without_a_type_of_the_program(
        string command,
        string option,
        string value
    )
    {
        using var folder = new StudyFolder();
        Answer answer = folder.Run([.. command.Split(' '), StudyFolder.Study, option, value]);
        answer.IsRefusedNaming(option, value);
        Assert.DoesNotContain("System.", answer.Error);
    }

    [Theory]
    [InlineData("--set training.epochs: expected key=value, such as --set training.epochs=20", "training.epochs")]
    [InlineData("--set =3: expected key=value, such as --set training.epochs=20", "=3")]
    [InlineData("--set training.epochs.x=3: 'epochs' is a value and has no keys below it", "training.epochs.x=3")]
    public void A_setting_that_is_none_is_shown_what_one_looks_like(string message, string setting) =>
        IsRefusedInOneLine(message, "run", StudyFolder.Study, "--set", setting);

    private static void IsRefusedInOneLine(string message, params string[] arguments)
    {
        using var folder = new StudyFolder();
        folder.Run(arguments).IsRefusedWith(message);
        Assert.False(Directory.Exists(folder.PathOf("runs")));
    }
}
