using System.Text.Json.Nodes;
using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>What <c>yieldlab contributions</c> tells of stored dies, and refuses.</summary>
public sealed class ContributionsTests : IDisposable
{
    private const string Large = "{ width: 900 um, length: 2 um }";

    private readonly StudyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Temperature_alone_is_all_of_what_varies()
    {
        Run(
            "--set",
            "variation={process: off, mismatch: off, leakage: off, temperature: on}",
            // A bias proportional to the temperature would leave eta as it is.
            "--set",
            "design.bias_temperature_exponent=0"
        );
        JsonObject sources = Sources(Json("--metric", "eta_mean"), "eta_mean");
        Assert.Equal(["temperature_c"], sources.Select(source => source.Key));
        Assert.InRange((double)sources["temperature_c"]!["share"]!, 0.95, 1);
    }

    // One kind of cell has small devices and all others large ones: the variance of its errors is 450 times theirs.
    [Theory]
    [InlineData("integrator", "eta_mean")]
    [InlineData("decay", "lambda_mean")]
    public void Cell_with_small_devices_is_nearly_all_of_what_varies(string cell, string metric)
    {
        string[] cells =
        [
            "dac",
            "multiplier",
            "summing",
            "activation",
            "rectifier",
            "gradient",
            "integrator",
            "decay",
            "quiescent",
            "cross_coupling",
        ];
        Run([
            "--set",
            "variation={process: off, mismatch: on, leakage: off, temperature: off}",
            .. cells
                .Where(other => other != cell)
                .SelectMany(other => new[] { "--set", $"design.cells.{other}={Large}" }),
        ]);
        JsonObject sources = Sources(Json("--metric", metric), metric);
        // The gain is the exponential of a normal error of a few per cent: linear but for a few per mille. The estimate of a
        // share near 1 of 400 dies has an error of about 7 %, of which five are allowed.
        Assert.InRange(Share(sources, $"{cell}_vt"), 0.65, 1.35);
        foreach (var (name, source) in sources.Where(source => source.Key != $"{cell}_vt"))
            Assert.True(Math.Abs((double)source!["share"]!) < 0.1, $"{name}: {source}");
    }

    [Fact]
    public void Failing_dies_lean_to_the_side_where_they_fail()
    {
        Run("--set", "specs=[eta_mean <= 0.1]");
        JsonNode json = Json();
        JsonObject sources = json["lost_yield"]!["eta_mean <= 0.1"]!["sources"]!.AsObject();
        double[] eta = DieRows.Reals(_folder.PathOf("runs/tiny"), "eta_mean");
        double[] kelvin = DieRows.Reals(_folder.PathOf("runs/tiny"), "temperature_c");
        double mean = kelvin.Average();
        double deviation = Math.Sqrt(kelvin.Average(value => (value - mean) * (value - mean)));
        double[] failing = [.. kelvin.Where((_, die) => !(eta[die] <= 0.1))];
        Assert.Equal(
            (failing.Average() - mean) / deviation,
            (double)sources["temperature_c"]!["failing_dies_sd"]!,
            1e-12
        );
        // Of a mean of k of n dies drawn without putting back (W. G. Cochran, Sampling Techniques, theorem 2.2).
        double left = 1 - (double)failing.Length / kelvin.Length;
        double spread = Math.Sqrt(kelvin.Length / (kelvin.Length - 1.0));
        Assert.Equal(
            spread * Math.Sqrt(left / failing.Length),
            (double)sources["temperature_c"]!["failing_dies_error"]!,
            1e-12
        );
    }

    [Fact]
    public void Result_is_the_same_for_any_number_of_threads_and_fits_80_columns()
    {
        Run();
        string one = Contributions("--threads", "1").Succeeded();
        Assert.Equal(one, Contributions("--threads", "2").Succeeded());
        Assert.All(one.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 80, line));
        Assert.Contains("explained in all (R^2)", one);
    }

    [Fact]
    public void Metric_in_which_all_dies_are_alike_and_spec_that_no_die_fails_say_so()
    {
        Run("--set", "specs=[accuracy >= 0.01]");
        string text = Contributions("--metric", "integration_steps").Error;
        Assert.Contains("unknown metric 'integration_steps'", text);
        Assert.Contains(
            "lost yield of accuracy >= 0.01: all dies, or nearly all, pass or fail alike",
            Contributions().Succeeded()
        );
    }

    [Fact]
    public void Point_of_a_sweep_is_told_by_its_own_study()
    {
        Run("--sweep", "design.capacitor=[1 pF, 4 pF]");
        Contributions()
            .IsRefusedWith("runs/tiny: the run is a sweep of 2 points; expected one of them, --point 0 to --point 1");
        Assert.Equal("point=00001", (string)Json("--point", "1")["point"]!);
        Contributions("--point", "2").IsRefusedWith("runs/tiny: there is no point 2; expected 0 to 1");
    }

    [Fact]
    public void Study_that_moved_is_named_and_one_that_changed_is_refused()
    {
        Run();
        File.Move(_folder.PathOf(StudyFolder.Study), _folder.PathOf("moved.yaml"));
        Contributions()
            .IsRefusedWith(
                "runs/tiny: its study is not at tiny.yaml; expected the file that the run was made of, name it with --study"
            );
        Contributions("--study", "moved.yaml").Succeeded();
        _folder.Write("moved.yaml", StudyFolder.StudyText.Replace("capacitor: 1 pF", "capacitor: 2 pF"));
        Contributions("--study", "moved.yaml").IsRefusedNaming("moved.yaml: not the study of runs/tiny", "capacitor");
    }

    [Fact]
    public void Too_few_dies_and_no_run_are_refused()
    {
        Contributions().IsRefusedWith("runs/tiny: no run is here (there is no manifest.json)");
        Run(20);
        Contributions().IsRefusedWith("20 dies are stored; expected at least 60 to tell where variance comes from");
    }

    private void Run(params string[] more) => Run(400, more);

    private void Run(int samples, params string[] more) =>
        _folder
            .Run(["run", StudyFolder.Study, "--quiet", "--overwrite", "--samples", $"{samples}", .. more])
            .Succeeded();

    private Answer Contributions(params string[] more) => _folder.Run(["contributions", "runs/tiny", .. more]);

    private JsonNode Json(params string[] more) => JsonNode.Parse(Contributions([.. more, "--json"]).Succeeded())!;

    private static JsonObject Sources(JsonNode json, string metric) => json["metrics"]![metric]!["sources"]!.AsObject();

    private static double Share(JsonObject sources, string name) => (double)sources[name]!["share"]!;
}
