using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>The one line that says that weak inversion does not hold for a study's currents.</summary>
public sealed class InversionWarningTests
{
    private const string Strong = "design.unit_current=100 nA";

    // By hand, for the card's 0.57 uA per square at 27 C, bex = 1.6, W/L = 1 and a bias proportional to T, which make
    // the ratio grow with T to the power 0.6: 100 nA/0.57 uA (358.15 K/300.15 K)^0.6 = 0.195.
    private const string Warning =
        "yieldlab: warning: tiny.yaml: the unit current (design.unit_current) reaches an inversion coefficient of 0.195 at 85 C; weak inversion is right within 1 % of full scale up to 0.01: use fidelity: ekv";

    [Fact]
    public void Validate_and_run_warn_in_one_line_and_go_on()
    {
        using var folder = new StudyFolder();
        Answer validated = folder.Run("validate", StudyFolder.Study, "--set", Strong);
        Assert.Equal((0, Warning), (validated.ExitCode, validated.Error.TrimEnd()));
        Assert.StartsWith("tiny.yaml: ok: ", validated.Output);
        Answer run = folder.Run("run", StudyFolder.Study, "--json", "--set", Strong);
        Assert.Equal((0, Warning), (run.ExitCode, run.Error.TrimEnd()));
        Assert.StartsWith("{", run.Output);
    }

    [Fact]
    public void A_quiet_run_and_EKV_warn_of_nothing()
    {
        using var folder = new StudyFolder();
        folder.Run("run", StudyFolder.Study, "--quiet", "--set", Strong).Succeeded();
        folder.Run("validate", StudyFolder.Study, "--set", Strong, "--set", "fidelity=ekv").Succeeded();
    }

    // The limit of 0.01 at 85 C is a current of 0.01 0.57 uA/(358.15/300.15)^0.6 = 5.126 nA; a cell half as wide halves it.
    [Theory]
    [InlineData("design.unit_current=5.12 nA", false)]
    [InlineData("design.unit_current=5.14 nA", true)]
    [InlineData("design.unit_current=2.55 nA", false, "gradient")]
    [InlineData("design.unit_current=2.57 nA", true, "gradient")]
    [InlineData("design.unit_current=2.57 nA", true, "multiplier")]
    [InlineData("design.unit_current=2.57 nA", false, "summing")]
    public void The_smallest_specific_current_of_a_translinear_cell_counts(
        string current,
        bool warns,
        string cell = "decay"
    )
    {
        using var folder = new StudyFolder();
        string[] changes = ["--set", current, "--set", $"design.cells.{cell}.length=4 um"];
        Assert.Equal(warns, folder.Run(["validate", StudyFolder.Study, .. changes]).Error.Length > 0);
    }

    // IG = eta C n UT/Ts = 0.1 1 pF 1.4 25.86 mV/100 ns = 36.2 nA: 0.0635 at 27 C, 0.0706 at 85 C.
    [Fact]
    public void Short_presentations_need_a_large_gain_current()
    {
        using var folder = new StudyFolder();
        Answer answer = folder.Run("validate", StudyFolder.Study, "--set", "training.presentation_time=100 ns");
        Assert.Contains(
            "the gain current (learning_rate C n UT/presentation_time) reaches an inversion coefficient of 0.0706 at 85 C; weak inversion is right within 1 % of full scale up to 0.02",
            answer.Error
        );
        Answer coupled = folder.Run(
            "validate",
            StudyFolder.Study,
            "--set",
            "design.cross_coupling=2",
            "--set",
            "training.presentation_time=100 ns"
        );
        Assert.Contains("the cross-coupling current (cross_coupling times the gain current) reaches", coupled.Error);
    }

    // A constant bias: IS rises with T, so the cold end counts.
    [Fact]
    public void The_worst_end_of_the_temperatures_counts()
    {
        using var folder = new StudyFolder();
        Answer answer = folder.Run(
            "validate",
            StudyFolder.Study,
            "--set",
            Strong,
            "--set",
            "design.bias_temperature_exponent=0"
        );
        Assert.Contains("0.194 at -40 C", answer.Error);
    }
}
