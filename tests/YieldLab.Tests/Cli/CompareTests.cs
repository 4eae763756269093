using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Statistics.Comparison;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Cli;

/// <summary>What <c>yieldlab compare</c> computes from stored dies, prints and refuses.</summary>
public sealed class CompareTests
{
    private const string Metric = "cross_entropy";
    private static readonly string[] L2 = ["--set", "training.l2=0.1"];

    // The oracle reads the columns itself and counts.
    [Fact]
    public void Dies_of_one_seed_are_paired_and_counted_one_by_one()
    {
        using var folder = new StudyFolder();
        Run(folder, "a", 60, Hard);
        Run(folder, "b", 50, [.. Hard, .. L2]);
        JsonNode json = Json(folder, "a", "b");
        Assert.True(json["paired"]!.GetValue<bool>());
        Assert.Equal("same seed (1) and sampling (monte-carlo)", (string?)json["because"]);
        Assert.Equal(50, json["a"]!["compared"]!.GetValue<int>());
        Assert.Equal("0.001", (string?)json["settings"]!["training.l2"]!["a"]);
        Assert.Single(json["settings"]!.AsObject());

        bool[] first = DieRows.Truths(folder.PathOf("a"), "pass")[..50];
        bool[] second = DieRows.Truths(folder.PathOf("b"), "pass");
        long[] lost = [.. Enumerable.Range(0, 50).Where(i => first[i] && !second[i])];
        long[] gained = [.. Enumerable.Range(0, 50).Where(i => !first[i] && second[i])];
        Assert.NotEqual(0, lost.Length + gained.Length);
        JsonNode all = All(json);
        Assert.Equal("all specs", (string?)all["spec"]);
        Assert.Equal(first.Count(p => p), all["a"]!["passed"]!.GetValue<int>());
        Assert.Equal(lost, Longs(all["pass_in_a_alone"]!));
        Assert.Equal(gained, Longs(all["pass_in_b_alone"]!));
        var pairs = PairedProportions.Of(first, second);
        Same(pairs.Difference(), all["difference"]!);
        Assert.Equal(pairs.ExactP, all["exact_p"]!.GetValue<double>());
        Assert.Equal(pairs.MidP, all["mid_p"]!.GetValue<double>());

        double[] differences =
        [
            .. DieRows
                .Reals(folder.PathOf("a"), Metric)[..50]
                .Zip(DieRows.Reals(folder.PathOf("b"), Metric), (a, b) => b - a),
        ];
        JsonNode metric = json["metrics"]![Metric]!;
        Same(MeanDifference.Paired(differences), metric["mean_difference"]!);
        Same(HodgesLehmann.Paired(differences), metric["shift"]!);
        string text = folder.Run("compare", "a", "b").Succeeded();
        Assert.Contains("differs: training.l2: 0.001 in A, 0.1 in B", text);
        Assert.Contains("paired: 50 dies are the same silicon: same seed (1)", text);
        Assert.Contains("10 dies that one of them has alone are", text);
    }

    [Fact]
    public void Points_of_a_sweep_are_compared_as_runs_of_their_own_are()
    {
        using var folder = new StudyFolder();
        Run(folder, "a", 30, "--set", "training.l2=0.001", "--set", "corner=ff");
        Run(folder, "b", 30, "--set", "training.l2=0.1", "--set", "corner=ss");
        Run(folder, "sweep", 30, "--sweep", "training.l2=[0.001, 0.1]", "--sweep", "corner=[ff, ss]");
        JsonNode runs = Json(folder, "a", "b");
        JsonNode points = Json(folder, "sweep", "sweep", "--point-a", "0", "--point-b", "3");
        foreach (string key in new[] { "settings", "yield", "metrics", "paired" })
            Assert.Equal(runs[key]!.ToJsonString(), points[key]!.ToJsonString());
        Assert.Equal(["corner", "training.l2"], points["settings"]!.AsObject().Select(setting => setting.Key));
        JsonNode mixed = Json(folder, "a", "sweep", "--point-b", "3");
        Assert.Equal(runs["settings"]!.ToJsonString(), mixed["settings"]!.ToJsonString());
        Assert.Equal(runs["yield"]!.ToJsonString(), mixed["yield"]!.ToJsonString());
    }

    [Fact]
    public void Runs_of_other_seeds_are_not_paired()
    {
        using var folder = new StudyFolder();
        Run(folder, "a", 40, Hard);
        Run(folder, "b", 30, [.. Hard, "--seed", "2"]);
        JsonNode json = Json(folder, "a", "b");
        Assert.False(json["paired"]!.GetValue<bool>());
        Assert.Equal("seed is 1 in A and 2 in B", (string?)json["because"]);
        Assert.False(json["share_draws"]!.GetValue<bool>());
        JsonNode all = All(json);
        long a = DieRows.Truths(folder.PathOf("a"), "pass").Count(p => p);
        long b = DieRows.Truths(folder.PathOf("b"), "pass").Count(p => p);
        var expected = new IndependentProportions(a, 40, b, 30);
        Same(expected.Difference(), all["difference"]!);
        Assert.Equal(expected.ExactP, all["exact_p"]!.GetValue<double>());
        Assert.Null(all["pass_in_a_alone"]);
        double[] first = DieRows.Reals(folder.PathOf("a"), Metric);
        double[] second = DieRows.Reals(folder.PathOf("b"), Metric);
        Same(MeanDifference.Independent(first, second), json["metrics"]![Metric]!["mean_difference"]!);
        Same(HodgesLehmann.Independent(first, second), json["metrics"]![Metric]!["shift"]!);
        Assert.Contains("not paired: seed is 1 in A and 2 in B", folder.Run("compare", "a", "b").Succeeded());
    }

    [Fact]
    public void Dies_of_one_seed_that_are_taken_for_independent_are_told_to_share_draws()
    {
        using var folder = new StudyFolder();
        Run(folder, "a", 20);
        string text = folder.Run("compare", "a", "a", "--unpaired").Succeeded();
        Assert.Contains("no setting differs", text);
        Assert.Contains("not paired: --unpaired", text);
        Assert.Contains("A and B have the same seed: their dies share draws", text);
    }

    [Fact]
    public void Run_beside_itself_differs_in_nothing_to_the_bit()
    {
        using var folder = new StudyFolder();
        Run(folder, "a", 20, Hard);
        JsonNode json = Json(folder, "a", "a");
        foreach (var (_, metric) in json["metrics"]!.AsObject())
        foreach (string kind in new[] { "mean_difference", "shift" })
        foreach (string part in new[] { "value", "lower", "upper" })
            Assert.Equal(0, metric![kind]![part]!.GetValue<double>());
        Assert.Equal(1, All(json)["exact_p"]!.GetValue<double>());
        Assert.Null(All(json)["odds"]);
    }

    // The oracle is a run with both specifications.
    [Fact]
    public void Specification_of_one_run_is_judged_in_the_other_from_its_metric()
    {
        using var folder = new StudyFolder();
        const string loose = "accuracy >= 0.7";
        const string tight = "cross_entropy <= 0.2";
        Run(folder, "a", 30, "--set", $"specs=[{loose}]");
        Run(
            folder,
            "b",
            30,
            [.. L2, "--set", $"specs=[{tight}, retention_s >= 1]", "--set", $"output.retention={loose}"]
        );
        Run(folder, "both", 30, "--set", $"specs=[{loose}, {tight}]");
        JsonNode json = Json(folder, "a", "b");
        Assert.Equal([loose, tight, "all specs"], json["yield"]!.AsArray().Select(y => (string?)y!["spec"]));
        Assert.Equal(
            DieRows.Truths(folder.PathOf("both"), "pass").Count(p => p),
            All(json)["a"]!["passed"]!.GetValue<int>()
        );
        Assert.Equal(
            ["retention_s >= 1", "retention_s"],
            json["not_compared"]!.AsArray().Select(name => (string?)name).Where(name => name!.StartsWith("retention"))
        );
        Assert.Contains(
            "not compared, since one of them does not have it: retention_s >= 1,",
            folder.Run("compare", "a", "b").Succeeded()
        );
        folder
            .Run("compare", "a", "b", "--metric", "retention_s")
            .IsRefusedWith("--metric: retention_s is in B alone; expected metrics that both runs have");
    }

    [Fact]
    public void Failed_dies_pass_nothing_and_are_told()
    {
        using var folder = new StudyFolder();
        Run(folder, "a", 200, "--set", StudyFolder.ImpossibleDies);
        Run(folder, "b", 200);
        int failed = DieRows.Texts(folder.PathOf("a"), "failure").Count(reason => reason is not null);
        Assert.NotEqual(0, failed);
        JsonNode json = Json(folder, "a", "b");
        Assert.Equal(failed, json["a"]!["failed"]!.GetValue<int>());
        Assert.Equal(0, json["b"]!["failed"]!.GetValue<int>());
        JsonNode metric = json["metrics"]![Metric]!;
        Assert.Equal(200 - failed, metric["a"]!["compared"]!.GetValue<int>());
        Assert.Equal((failed, 0), (metric["a"]!["missing"]!.GetValue<int>(), metric["b"]!["missing"]!.GetValue<int>()));
        Assert.Contains(
            $"failed dies, which pass nothing: {failed} in A, 0 in B",
            folder.Run("compare", "a", "b").Succeeded()
        );
    }

    [Fact]
    public void Metric_that_no_die_ever_reaches_has_no_mean_and_no_difference()
    {
        using var folder = new StudyFolder();
        string[] never = ["--set", "output.target=cross_entropy <= 1e-9"];
        Run(folder, "a", 12, never);
        Run(folder, "b", 12, [.. L2]);
        JsonNode metric = Json(folder, "a", "b")["metrics"]!["epochs_to_target"]!;
        Assert.Equal(12, metric["a"]!["never"]!.GetValue<int>());
        Assert.Null(metric["a"]!["mean"]);
        Assert.Null(metric["mean_difference"]);
        Assert.Null(metric["shift"]);
        Assert.Contains("epochs_to_target: 0 dies of A", folder.Run("compare", "a", "b").Succeeded());
    }

    // With 16 randomisations of 4 dies: the mean's interval is that of the randomisations' means.
    [Fact]
    public void Designs_are_compared_by_the_scatter_of_their_randomisations()
    {
        using var folder = new StudyFolder();
        string[] sobol = ["--set", "sampling={method: sobol}"];
        Run(folder, "a", 64, [.. Hard, .. sobol]);
        Run(folder, "b", 64, [.. Hard, .. sobol, .. L2]);
        JsonNode json = Json(folder, "a", "b", "--confidence", "90 %");
        Assert.True(json["paired"]!.GetValue<bool>());
        JsonNode all = All(json);
        Assert.Equal("replicated", (string?)all["interval"]);
        Assert.Null(all["exact_p"]);
        double[] first = DieRows.Reals(folder.PathOf("a"), Metric);
        double[] second = DieRows.Reals(folder.PathOf("b"), Metric);
        double[] means =
        [
            .. Enumerable
                .Range(0, 16)
                .Select(r => Enumerable.Range(0, 4).Average(i => second[16 * i + r] - first[16 * i + r])),
        ];
        ReplicatedMean expected = ReplicatedMean.Of(means, 0.9);
        JsonNode metric = json["metrics"]![Metric]!;
        Assert.Equal(expected.Value, metric["mean_difference"]!["value"]!.GetValue<double>(), 1e-15);
        Assert.Equal(expected.Lower, metric["mean_difference"]!["lower"]!.GetValue<double>(), 1e-15);
        Assert.Null(metric["shift"]!["lower"]);
        Assert.Contains("dies of a design", folder.Run("compare", "a", "b").Succeeded());

        Run(folder, "plain", 64, Hard);
        JsonNode unlike = Json(folder, "a", "plain");
        Assert.False(unlike["paired"]!.GetValue<bool>());
        Assert.Equal("sampling.method is sobol in A and monte-carlo in B", (string?)unlike["because"]);
        Assert.Equal("replicated, clopper-pearson", (string?)All(unlike)["interval"]);
    }

    [Fact]
    public void Run_that_ended_by_looking_has_no_test_and_says_so()
    {
        using var folder = new StudyFolder();
        Run(folder, "a", 1000, "--set", "stop={width: 50 %, least: 16}");
        Run(folder, "b", 40);
        JsonNode json = Json(folder, "a", "b");
        Assert.True(json["paired"]!.GetValue<bool>());
        Assert.Equal("any-time", (string?)All(json)["interval"]);
        Assert.Null(All(json)["exact_p"]);
        Assert.Contains("a run that ended by looking", folder.Run("compare", "a", "b").Succeeded());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Few_dies_have_no_interval_where_there_is_none(int dies)
    {
        using var folder = new StudyFolder();
        Run(folder, "a", dies);
        Run(folder, "b", dies, L2);
        JsonNode metric = Json(folder, "a", "b")["metrics"]![Metric]!;
        Assert.Null(metric["shift"]!["lower"]);
        Assert.Equal(dies == 1, metric["mean_difference"]!["lower"] is null);
        folder.Run("compare", "a", "b").Succeeded();
    }

    [Theory]
    [InlineData("--metric: unknown metric 'acuracy'; did you mean 'accuracy'?", "--metric", "acuracy")]
    [InlineData(
        "--confidence: '95' is not allowed; expected between 0 and 1, such as 0.95 or 95 % (see yieldlab --help)",
        "--confidence",
        "95"
    )]
    [InlineData("b: there is no point 1; expected 0 to 0", "--point-b", "1")]
    [InlineData(
        "--point-a: '-1' is not allowed; expected a whole number from 0 (see yieldlab --help)",
        "--point-a",
        "-1"
    )]
    public void Mistake_is_refused_in_one_line(string message, params string[] arguments)
    {
        using var folder = new StudyFolder();
        Run(folder, "a", 4);
        Run(folder, "b", 4);
        folder.Run(["compare", "a", "b", .. arguments]).IsRefusedWith(message);
    }

    // Stored are 2E-06 m, 300.15 K at one and 27 C at the other, and false.
    [Fact]
    public void Settings_are_written_as_a_study_has_them()
    {
        using var folder = new StudyFolder();
        string[] warm = ["--set", "temperature={value: 27 C}"];
        Run(folder, "a", 4, [.. warm, "--set", "variation.leakage=off"]);
        Run(folder, "b", 4, "--sweep", "temperature.value=[27 C, 85 C]", "--set", "design.cells.dac.width=3 um");
        string same = folder.Run("compare", "a", "b", "--point-b", "0").Succeeded();
        Assert.Contains("differs: design.cells.dac.width: 2 um in A, 3 um in B", same);
        Assert.Contains("differs: variation.leakage: off in A, on in B", same);
        Assert.DoesNotContain("temperature.value", same);
        string warmer = folder.Run("compare", "a", "b", "--point-b", "1").Succeeded();
        Assert.Contains("differs: temperature.value: 27 C in A, 85 C in B", warmer);
    }

    [Fact]
    public void Sweep_without_a_point_is_refused_with_the_option_of_its_side()
    {
        using var folder = new StudyFolder();
        Run(folder, "sweep", 4, "--sweep", "corner=[ff, ss]");
        folder
            .Run("compare", "sweep", "sweep", "--point-a", "0")
            .IsRefusedWith("sweep: the run is a sweep of 2 points; expected one of them, --point-b 0 to --point-b 1");
    }

    // About half of the dies fail.
    private static string[] Hard => ["--set", "specs=[cross_entropy <= 0.25]"];

    private static void Run(StudyFolder folder, string name, int samples, params string[] more) =>
        folder
            .Run(["run", StudyFolder.Study, "--samples", $"{samples}", "--out", name, "--quiet", .. more])
            .Succeeded();

    private static JsonNode Json(StudyFolder folder, params string[] arguments) =>
        JsonNode.Parse(folder.Run(["compare", .. arguments, "--json"]).Succeeded())!;

    // The yield of all specifications together.
    private static JsonNode All(JsonNode json) => json["yield"]!.AsArray()[^1]!;

    private static long[] Longs(JsonNode list) => [.. list.AsArray().Select(value => value!.GetValue<long>())];

    private static void Same(Difference expected, JsonNode found)
    {
        Assert.Equal(expected.Value, found["value"]!.GetValue<double>());
        Assert.Equal(expected.Lower, found["lower"]!.GetValue<double>());
        Assert.Equal(expected.Upper, found["upper"]!.GetValue<double>());
    }
}
