using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Tests.Cli;

/// <summary>What <c>yieldlab shape</c> computes, prints and refuses.</summary>
public sealed class ShapeTests
{
    private const string Run = "runs/tiny";

    [Fact]
    public void Numbers_are_those_of_the_stored_dies()
    {
        using StudyFolder folder = Stored(200);
        JsonNode found = Json(folder, "--metric", "cross_entropy")["cross_entropy"]!;
        double[] values = [.. DieRows.Reals(folder.PathOf(Run), "cross_entropy").Where(double.IsFinite).Order()];
        Assert.Equal(values.Length, found["values"]!.GetValue<int>());
        Moments moments = Moments.Of(values);
        Assert.Equal(moments.Mean.Value, found["moments"]!["mean"]!["value"]!.GetValue<double>());
        Assert.Equal(moments.Skewness!.Value.Error, found["moments"]!["skewness"]!["error"]!.GetValue<double>());
        FittedLaw weibull = MaximumLikelihood.Of(Family.Weibull, values).Fit!;
        JsonNode fit = found["fits"]!.AsArray().Single(f => (string)f!["family"]! == "weibull")!;
        Assert.Equal(weibull.First.Value, fit["parameters"]!["shape"]!["value"]!.GetValue<double>());
        Assert.Equal(weibull.Aic, fit["aic"]!.GetValue<double>());
        Assert.Equal(129, found["density"]!["x"]!.AsArray().Count);
        double[] criteria = [.. found["fits"]!.AsArray().Select(f => (double?)f!["aic"] ?? double.MaxValue)];
        Assert.Equal(criteria.Order(), criteria);
    }

    [Fact]
    public void Metrics_without_a_name_are_those_with_a_spec_and_the_tail_is_where_it_fails_dies()
    {
        using StudyFolder folder = Stored(40);
        JsonObject found = Json(folder);
        Assert.Equal(["accuracy", "mse_vs_ideal_percent"], found.Select(metric => metric.Key));
        Assert.Equal("upper", (string)found["mse_vs_ideal_percent"]!["tail"]!["side"]!);
        JsonNode other = Json(folder, "--metric", "mse_vs_ideal_percent", "--tail", "lower")["mse_vs_ideal_percent"]!;
        Assert.Equal("lower", (string)other["tail"]!["side"]!);
    }

    // The tiny study tests four examples: accuracy is one of five values, and mostly 1.
    [Fact]
    public void Accuracy_is_taken_as_cells_between_0_and_1()
    {
        using StudyFolder folder = Stored(300, "process.override.mismatch.threshold=25 mV*um");
        JsonNode found = Json(folder, "--metric", "accuracy")["accuracy"]!;
        Assert.Equal(0.25, found["step"]!.GetValue<double>(), 12);
        Assert.Null(found["density"]);
        JsonNode beta = found["fits"]!.AsArray().Single(f => (string)f!["family"]! == "beta")!;
        Assert.True(beta["of_cells"]!.GetValue<bool>());
        Assert.Equal("chi-square", (string)beta["tests"]![0]!["test"]!);
        Assert.Contains(
            "laws are fitted to cells, no density",
            folder.Run("shape", Run, "--metric", "accuracy").Succeeded()
        );
    }

    [Fact]
    public void Dies_that_fail_or_never_get_there_are_told()
    {
        using StudyFolder folder = Stored(200, StudyFolder.ImpossibleDies, "output.target=cross_entropy <= 0.3");
        JsonNode found = Json(folder, "--metric", "epochs_to_target")["epochs_to_target"]!;
        int failed = DieRows.Texts(folder.PathOf(Run), "failure").Count(reason => reason is not null);
        Assert.NotEqual(0, failed);
        Assert.Equal(failed, found["failed"]!.GetValue<int>());
        int never = found["never"]!.GetValue<int>();
        Assert.NotEqual(0, never);
        Assert.Equal(200 - failed - never, found["values"]!.GetValue<int>());
        string text = folder.Run("shape", Run, "--metric", "epochs_to_target").Succeeded();
        Assert.Contains($"{failed} dies failed and are left out", text);
        Assert.Contains($"{never} dies never get there", text);
        Assert.Contains(
            $"generalised Pareto: {never} dies never get there: the tail is theirs and has no values",
            text.ReplaceLineEndings("\n").Replace("\n  ", " ")
        );
    }

    // One to six dies, of which metrics may be constant: nothing crashes, and no number is invented.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Few_dies_have_reasons_rather_than_numbers(int dies)
    {
        using StudyFolder folder = Stored(dies);
        string[] all = [.. Json(folder, "--metric", "accuracy").Select(metric => metric.Key)];
        Assert.Single(all);
        string[] metrics = ["accuracy", "cross_entropy", "epochs_to_target", "eta_mean", "effective_bits"];
        JsonObject found = Json(folder, "--metric", string.Join(',', metrics));
        Assert.DoesNotContain("NaN", found.ToJsonString());
        if (dies < MaximumLikelihood.Fewest)
            Assert.All(
                found["cross_entropy"]!["fits"]!.AsArray(),
                fit => Assert.False(string.IsNullOrEmpty((string?)fit!["reason"]))
            );
        string text = folder.Run("shape", Run, "--metric", string.Join(',', metrics)).Succeeded();
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
    }

    [Fact]
    public void Same_run_gives_the_same_bits()
    {
        using StudyFolder folder = Stored(60);
        string Once() => folder.Run("shape", Run, "--json").Succeeded();
        Assert.Equal(Once(), Once());
    }

    [Theory]
    [InlineData("--metric: unknown metric 'acuracy'; did you mean 'accuracy'?", "--metric", "acuracy")]
    [InlineData(
        "--fit: 'gamma' is not allowed; expected normal, lognormal, weibull or beta (see yieldlab --help)",
        "--fit",
        "normal,gamma"
    )]
    [InlineData("--tail: 'left' is not allowed; expected lower or upper (see yieldlab --help)", "--tail", "left")]
    [InlineData(
        "--threshold: '5%' is not allowed; expected from 0.5 and below 1, such as 0.95 or 95 % (see yieldlab --help)",
        "--threshold",
        "5%"
    )]
    public void Mistake_is_refused_in_one_line(string message, params string[] arguments)
    {
        using StudyFolder folder = Stored(5);
        folder.Run(["shape", Run, .. arguments]).IsRefusedWith(message);
    }

    private static StudyFolder Stored(int dies, params string[] settings)
    {
        var folder = new StudyFolder();
        string[] set = [.. settings.SelectMany(setting => new[] { "--set", setting })];
        folder.Run(["run", StudyFolder.Study, "--samples", $"{dies}", "--quiet", .. set]).Succeeded();
        return folder;
    }

    private static JsonObject Json(StudyFolder folder, params string[] arguments) =>
        JsonNode.Parse(folder.Run(["shape", Run, "--json", .. arguments]).Succeeded())!["metrics"]!.AsObject();
}
