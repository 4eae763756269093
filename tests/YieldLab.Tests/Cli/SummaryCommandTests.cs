using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Cli;

/// <summary>What <c>yieldlab summary</c> says of stored dies, against the rows themselves.</summary>
public sealed class SummaryCommandTests
{
    private const string Accuracy = "pass_accuracy_above_0p7";
    private const string Error = "pass_mse_vs_ideal_percent_below_0p5";

    [Theory]
    [InlineData("wilson", 0.95)]
    [InlineData("clopper-pearson", 0.9)]
    [InlineData("jeffreys", 0.99)]
    public void Yields_are_counted_from_the_rows_with_failed_dies_as_a_range(string method, double confidence)
    {
        using var folder = new StudyFolder();
        string run = Run(folder, "--samples", "200", "--set", StudyFolder.ImpossibleDies);
        JsonNode json = Json(folder, "--interval", method, "--confidence", $"{confidence}");
        int failed = DieRows.Texts(run, "failure").Count(reason => reason is not null);
        Assert.NotEqual(0, failed);
        ProportionMethod chosen = ProportionMethods.All.Single(known => known.Name() == method);
        foreach (var (index, column) in new[] { Accuracy, Error, "pass" }.Index())
        {
            JsonNode yield = json["yield"]![index]!;
            int passed = DieRows.Truths(run, column).Count(pass => pass);
            Assert.Equal(
                (passed, failed, 200),
                (Whole(yield["passed"]), Whole(yield["unknown"]), Whole(yield["total"]))
            );
            var least = chosen.Interval(passed, 200, confidence);
            var most = chosen.Interval(passed + failed, 200, confidence);
            Assert.Equal((least.Lower, most.Upper), (Real(yield["lower"]), Real(yield["upper"])));
            YieldSigma sigma = YieldSigma.OneSided(passed / 200.0, new(least.Lower, most.Upper));
            Assert.Equal(sigma.Value, Real(yield["sigma_one_sided"]!["value"]));
            Assert.Equal(sigma.Lower, Real(yield["sigma_one_sided"]!["lower"]));
            Assert.Equal(ClopperPearsonInterval.LowerBound(passed, 200, confidence), Real(yield["at_least"]));
        }
    }

    [Fact]
    public void Failures_together_are_those_of_the_dies_that_have_a_result()
    {
        using var folder = new StudyFolder();
        string run = Run(folder, "--samples", "200", "--set", StudyFolder.ImpossibleDies);
        JsonNode together = Json(folder)["together"]!;
        bool[] ok = [.. DieRows.Texts(run, "failure").Select(reason => reason is null)];
        bool[] a = DieRows.Truths(run, Accuracy);
        bool[] b = DieRows.Truths(run, Error);
        int Count(Func<int, bool> which) => Enumerable.Range(0, 200).Count(die => ok[die] && which(die));
        int both = Count(die => !a[die] && !b[die]);
        int failA = Count(die => !a[die]);
        Assert.Equal(ok.Count(result => result), Whole(together["dies_with_result"]));
        Assert.Equal(failA, Whole(together["specs"]![0]!["fail"]));
        Assert.Equal(Count(die => !b[die] && a[die]), Whole(together["specs"]![1]!["alone"]));
        JsonNode given = together["conditional"]![0]!;
        Assert.Equal((both, failA), (Whole(given["count"]), Whole(given["total"])));
        Assert.Equal(WilsonInterval.Of(both, failA).Lower, Real(given["lower"]));
        int patterns = together["combinations"]!.AsArray().Sum(pattern => Whole(pattern!["dies"]));
        Assert.Equal(ok.Count(result => result), patterns);
    }

    [Fact]
    public void Capability_quantiles_and_bounds_are_those_of_the_columns()
    {
        using var folder = new StudyFolder();
        string run = Run(folder, "--samples", "400", "--set", StudyFolder.ImpossibleDies);
        const string metric = "mse_vs_ideal_percent";
        JsonNode json = Json(folder, "--quantile", "10 %, 0.5", "--share", "95%");
        double[] values = [.. DieRows.Reals(run, metric).Where(value => !double.IsNaN(value)).Order()];
        Capability capability = Capability.Of(values, null, 0.5);
        JsonNode found = json["capability"]![metric]!;
        Assert.Equal(capability.Cpk.Value, Real(found["cpk"]!["value"]), 1e-12);
        Assert.Equal(capability.Cpk.Lower, Real(found["cpk"]!["lower"]), 1e-9);
        Assert.Null(found["cp"]);
        Assert.NotNull(found["normality"]!["warning"]);
        QuantileInterval quantile = QuantileInterval.Of(values, 0.1);
        JsonNode tenth = json["quantiles"]![metric]!["quantiles"]![0]!;
        Assert.Equal((quantile.Lower, quantile.Upper), (Real(tenth["lower"]), Real(tenth["upper"])));
        Assert.Equal(values.Length, Whole(json["quantiles"]![metric]!["dies"]));
        // Failed dies lie above every upper bound.
        double[] all = [.. values, .. Enumerable.Repeat(double.PositiveInfinity, 400 - values.Length)];
        JsonNode bound = json["tolerance"]!["bounds"]![1]!;
        Assert.Equal((metric, "below"), ((string?)bound["metric"], (string?)bound["side"]));
        double? expected = ToleranceBound.Below(all, 0.95).Upper;
        if (double.IsInfinity(expected!.Value))
            Assert.False((bool)bound["exists"]!);
        else
            Assert.Equal(expected, Real(bound["upper"]));
        Assert.Equal(400 - values.Length, Whole(bound["without"]));
    }

    [Fact]
    public void Run_that_a_rule_ended_keeps_its_intervals_and_is_flagged()
    {
        using var folder = new StudyFolder();
        // About half of the dies meet either.
        string[] specs = ["--set", "specs=[cross_entropy <= 0.3, mse_vs_ideal_percent <= 0.2]"];
        string[] stop = ["--samples", "5000", "--set", "stop={width: 20 %, confidence: 90 %}"];
        string run = Run(folder, [.. specs, .. stop]);
        JsonNode json = Json(folder);
        Assert.Equal(("any-time", 0.9), ((string?)json["interval"], Real(json["confidence"])));
        Assert.False((bool)json["fixed_number_of_independent_dies"]!);
        bool[] pass = DieRows.Truths(run, "pass")[..Whole(json["dies"])];
        ProportionInterval expected = ConfidenceSequence.At(pass.Count(p => p), pass.Length, 0.9);
        JsonNode all = json["yield"]!.AsArray()[^1]!;
        Assert.Equal((expected.Lower, expected.Upper), (Real(all["lower"]), Real(all["upper"])));
        Assert.Equal(expected.Lower, Real(all["at_least"]));
        JsonNode given = json["together"]!["conditional"]![0]!;
        Assert.Equal(
            ConfidenceSequence.At(Whole(given["count"]), Whole(given["total"]), 0.9).Upper,
            Real(given["upper"])
        );
        string text = Text(folder);
        Assert.Contains("quantiles, 90 % intervals (*)", text);
        Assert.Contains("(*) the number of dies was chosen by looking at them", text);
        folder.Run("summary", "runs/tiny", "--interval", "jeffreys").IsRefusedNaming("jeffreys", "any-time");
    }

    [Fact]
    public void Points_of_a_design_keep_the_interval_of_the_design()
    {
        using var folder = new StudyFolder();
        string[] design = ["--samples", "256", "--set", "sampling={method: sobol, randomisations: 8}"];
        JsonNode run = JsonNode.Parse(
            folder.Run(["run", StudyFolder.Study, "--overwrite", "--json", .. design]).Succeeded()
        )!;
        JsonNode json = Json(folder);
        Assert.Equal("replicated", (string?)json["interval"]);
        foreach (string end in new[] { "lower", "upper" })
            Assert.Equal(Real(run["yield"]![0]![end]), Real(json["yield"]![0]![end]));
        Assert.Contains("points of a design", (string?)json["caution"]);
        Assert.False((bool)json["together"]!["conditional_holds"]!);
    }

    [Fact]
    public void Sweep_is_a_table_and_a_point_of_it_is_all()
    {
        using var folder = new StudyFolder();
        Run(folder, "--sweep", "training.l2=[0.001, 0.01]");
        string text = Text(folder, "--interval", "jeffreys");
        Assert.Contains("more of a point: --point 0 to --point 1", text);
        Assert.Equal(2, JsonNode.Parse(Text(folder, "--json"))!["points"]!.AsArray().Count);
        Assert.Contains("tiny at training_l2 = 0.01: 20 dies", Text(folder, "--point", "1"));
        folder
            .Run("summary", "runs/tiny", "--share", "90 %")
            .IsRefusedWith("--share: runs/tiny is a sweep of 2 points; expected one of them, --point 0 to --point 1");
        folder.Run("summary", "runs/tiny", "--point", "2").IsRefusedNaming("no point 2", "0 to 1");
    }

    [Fact]
    public void Limits_of_one_metric_make_one_capability_and_contradicting_ones_make_none()
    {
        using var folder = new StudyFolder();
        string run = Run(
            folder,
            "--samples",
            "100",
            "--set",
            "specs=[eta_mean >= 0.09, eta_mean < 0.11, eta_mean <= 0.12, lambda_mean > 2, lambda_mean < 1]"
        );
        JsonNode capability = Json(folder)["capability"]!;
        Capability expected = Capability.Of(DieRows.Reals(run, "eta_mean"), 0.09, 0.11);
        Assert.Equal(expected.Cp!.Value.Upper, Real(capability["eta_mean"]!["cp"]!["upper"]), 1e-9);
        Assert.Equal(expected.Cpk.Upper, Real(capability["eta_mean"]!["cpk"]!["upper"]), 1e-9);
        Assert.Equal("no value is within both limits", (string?)capability["lambda_mean"]!["missing"]);
        Assert.Contains("lambda_mean: no capability: no value is within both limits", Text(folder));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    public void Few_dies_say_what_is_missing(string samples)
    {
        using var folder = new StudyFolder();
        Run(folder, "--samples", samples);
        string text = Text(folder, "--metric", "accuracy,epochs_to_target");
        Assert.Contains("no lower bound: it needs 299 dies", text);
        Assert.Contains("at 50 %: too few dies for both ends; 6 have them", text);
        if (samples != "3")
            Assert.Contains(
                $"{samples} {(samples == "1" ? "die has" : "dies have")} it; an interval of its capability needs 3",
                text
            );
        Assert.NotNull(Json(folder));
    }

    [Fact]
    public void Metric_that_is_never_reached_is_no_trouble()
    {
        using var folder = new StudyFolder();
        Run(folder, "--set", "output.target=cross_entropy <= 0.001", "--set", "specs=[epochs_to_target <= 1]");
        Assert.Contains("never get there and have no finite value", Flat(Text(folder)));
        Assert.Equal("never", (string?)Json(folder)["quantiles"]!["epochs_to_target"]!["quantiles"]![1]!["value"]);
    }

    [Fact]
    public void Wrong_options_are_refused()
    {
        using var folder = new StudyFolder();
        Run(folder);
        void Refused(string option, string value, params string[] words) =>
            folder.Run("summary", "runs/tiny", option, value).IsRefusedNaming([option, value, .. words]);
        Refused("--interval", "wald", "wilson, clopper-pearson or jeffreys");
        Refused("--confidence", "1.2", "between 0 and 1");
        Refused("--quantile", "0", "between 0 and 1");
        Refused("--share", "100 %", "between 0 and 1");
        Refused("--width", "60 %", "between 0 and 50 %");
        Refused("--metric", "acuracy", "unknown metric", "accuracy");
        folder.Run("summary", "nowhere").IsRefusedNaming("nowhere");
        folder.Run("summary", "runs/tiny", "--point", "-1").IsRefusedNaming("--point");
    }

    private static string Run(StudyFolder folder, params string[] options)
    {
        folder.Run(["run", StudyFolder.Study, "--overwrite", "--quiet", .. options]).Succeeded();
        return folder.PathOf("runs/tiny");
    }

    private static string Text(StudyFolder folder, params string[] options) =>
        folder.Run(["summary", "runs/tiny", .. options]).Succeeded();

    private static JsonNode Json(StudyFolder folder, params string[] options) =>
        JsonNode.Parse(Text(folder, [.. options, "--json"]))!;

    private static string Flat(string text) =>
        string.Join(' ', text.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static double Real(JsonNode? node) => node!.GetValue<double>();

    private static int Whole(JsonNode? node) => node!.GetValue<int>();
}
