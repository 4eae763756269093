using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Statistics.Estimation;
using YieldLab.Studies.Dies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Cli;

/// <summary>What <c>yieldlab variance</c> computes, prints and refuses.</summary>
public sealed class VarianceTests
{
    private const string Noise = "noise={shot: on, seed: 5}";

    public static TheoryData<string> ShippedStudies => [.. Repository.StudyNames];

    // The oracle solves every die of every cell alone, as die solve does, and splits the same numbers.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Shares_are_those_of_the_dies_solved_one_by_one(int noises)
    {
        const int Dies = 5;
        const int Orders = 3;
        using var folder = new StudyFolder();
        string[] set = noises == 1 ? [] : ["--set", Noise];
        string[] more = noises == 1 ? [] : ["--noises", $"{noises}"];
        JsonNode json = Json(folder, ["--dies", $"{Dies}", "--orders", $"{Orders}", .. set, .. more]);
        PreparedStudy study = Prepared(folder, noises == 1 ? [] : [Noise]);
        // The twelve examples are easy: their accuracy does not vary.
        const string metric = "cross_entropy";
        var y = new double[Dies, Orders, noises];
        for (int die = 0; die < Dies; die++)
        for (int order = 0; order < Orders; order++)
        for (int noise = 0; noise < noises; noise++)
        {
            PreparedStudy cell = study.InOrder(order);
            if (noises > 1)
                cell = cell.WithNoise(VarianceDesign.NoiseSeed(5, order, noise));
            y[die, order, noise] = DieSolver.Solve(DieCase.Of(cell, die)).Metrics[metric];
        }
        VarianceComponents expected = VarianceComponents.Of(y);
        JsonNode found = json["metrics"]![metric]!;
        Assert.Equal(Dies, found["dies"]!.GetValue<int>());
        Assert.Equal(expected.Mean, found["mean"]!.GetValue<double>());
        Assert.Equal(Math.Sqrt(expected.Variance), found["sd"]!.GetValue<double>());
        AssertShare(expected.Silicon, found["silicon"]!);
        AssertShare(expected.Order, found["order"]!);
        AssertShare(expected.Interaction, found["interaction"]!);
        if (expected.Noise is { } share)
            AssertShare(share, found["noise"]!);
        else
            Assert.Null(found["noise"]);
    }

    // What the silicon alone decides must not move with order and noise: all of its variance is silicon's, to the bit.
    [Fact]
    public void No_two_cells_of_neighbouring_seeds_share_their_noise()
    {
        ulong[] seeds =
        [
            .. from seed in new ulong[] { 1, 2, 3 }
            from order in Enumerable.Range(0, 8)
            from noise in Enumerable.Range(0, 4)
            select VarianceDesign.NoiseSeed(seed, order, noise),
        ];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.Equal(2UL, VarianceDesign.NoiseSeed(2, 0, 0));
        Assert.True(seeds.Max() < 1UL << 53);
    }

    [Fact]
    public void Silicon_stays_the_same_in_every_cell()
    {
        using var folder = new StudyFolder();
        JsonNode json = Json(folder, "--dies", "20", "--orders", "4", "--set", Noise);
        foreach (string metric in new[] { "eta_mean", "eta_sd", "lambda_mean", "lambda_sd" })
        {
            JsonNode found = json["metrics"]![metric]!;
            Assert.Equal(1, found["silicon"]!["share"]!.GetValue<double>());
            foreach (string source in new[] { "order", "interaction", "noise" })
                Assert.Equal(0, found[source]!["upper"]!.GetValue<double>());
        }
    }

    [Fact]
    public void Another_order_is_another_permutation_of_the_same_split()
    {
        using var folder = new StudyFolder();
        PreparedStudy study = Prepared(folder);
        PreparedStudy other = study.InOrder(1);
        Assert.Equal(study.Problem.Orders, study.InOrder(0).Problem.Orders);
        Assert.Equal(study.IdealPredictions, study.InOrder(0).IdealPredictions);
        Assert.Same(study.Problem.Train, other.Problem.Train);
        Assert.Same(study.Problem.Test, other.Problem.Test);
        // Of the 8! orders of an epoch, two epochs of two studies are all different but for 1 in 6000 seeds; this is seed 1.
        int[][] all = [.. study.Problem.Orders, .. other.Problem.Orders];
        Assert.Equal(4, all.Select(order => string.Join(' ', order)).Distinct().Count());
        Assert.All(all, order => Assert.Equal(Enumerable.Range(0, 8), order.Order()));
        Assert.NotEqual(study.IdealPredictions, other.IdealPredictions);
    }

    [Fact]
    public void Noise_of_another_seed_is_that_of_a_study_with_this_seed()
    {
        using var folder = new StudyFolder();
        double[] Predictions(PreparedStudy study) => DieSolver.Solve(DieCase.Of(study, 3)).Predictions;
        PreparedStudy study = Prepared(folder, Noise);
        Assert.Equal(Predictions(Prepared(folder, "noise={shot: on, seed: 9}")), Predictions(study.WithNoise(9)));
        Assert.NotEqual(Predictions(study), Predictions(study.WithNoise(9)));
        Assert.Throws<InvalidOperationException>(() => Prepared(folder).WithNoise(1));
    }

    [Fact]
    public void Result_does_not_depend_on_the_threads()
    {
        using var folder = new StudyFolder();
        string Run(string threads) =>
            folder
                .Run("variance", StudyFolder.Study, "--dies", "40", "--orders", "3", "--json", "--threads", threads)
                .Succeeded();
        Assert.Equal(Run("1"), Run("3"));
    }

    [Fact]
    public void Failed_dies_are_left_out_and_counted_as_a_run_counts_them()
    {
        using var folder = new StudyFolder();
        string[] set = ["--set", StudyFolder.ImpossibleDies];
        JsonNode json = Json(folder, ["--dies", "200", "--orders", "3", "--metric", "accuracy", .. set]);
        folder.Run(["run", StudyFolder.Study, "--samples", "200", "--quiet", .. set]).Succeeded();
        string?[] reasons = DieRows.Texts(folder.PathOf("runs/tiny"), "failure");
        var counted = json["failures"]!.AsObject().ToDictionary(f => f.Key, f => f.Value!.GetValue<int>());
        Assert.NotEmpty(counted);
        Assert.Equal(reasons.OfType<string>().CountBy(reason => reason), counted);
        Assert.Equal(reasons.Count(reason => reason is null), json["metrics"]!["accuracy"]!["dies"]!.GetValue<int>());
        string text = folder.Run(["variance", StudyFolder.Study, "--dies", "200", "--orders", "3", .. set]).Succeeded();
        foreach (var (reason, count) in counted)
            Assert.Contains($"failed in a training and left out: {count} of 200 dies: {reason}", text);
    }

    // About half of the dies reach this target in every order: the metric is missing for the others.
    [Fact]
    public void Metric_that_some_dies_lack_is_split_over_those_that_have_it_in_every_training()
    {
        using var folder = new StudyFolder();
        string[] arguments =
        [
            "--dies",
            "30",
            "--orders",
            "3",
            "--metric",
            "epochs_to_target",
            "--set",
            "output.target=cross_entropy <= 0.3",
        ];
        JsonNode found = Json(folder, arguments)["metrics"]!["epochs_to_target"]!;
        int dies = found["dies"]!.GetValue<int>();
        Assert.InRange(dies, VarianceComponents.Fewest, 29);
        Assert.NotNull(found["mean"]);
        string text = folder.Run(["variance", StudyFolder.Study, .. arguments]).Succeeded();
        Assert.Contains($"epochs_to_target: of the {dies} dies that have it in every training", text);
    }

    [Theory]
    [MemberData(nameof(ShippedStudies))]
    public void Text_of_a_shipped_study_has_no_escapes_fits_80_columns_and_shortens_nothing(string study)
    {
        string[] small = ["--dies", "3", "--orders", "3", "--noises", "2", "--set", "training.epochs=1"];
        string output = CommandLine
            .Run(Repository.Root, ["variance", Repository.Study(study), .. small, "--set", "noise={shot: on}"])
            .Succeeded();
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('…', output);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
        Assert.StartsWith($"{study}: 3 dies x 3 orders x 2 noises, 18 trainings", output);
        Assert.Contains(" weight_mse_vs_ideal_percent ", output);
    }

    [Fact]
    public void Text_without_noise_says_so_and_shows_the_metrics_that_were_asked_for()
    {
        using var folder = new StudyFolder();
        string[] arguments = ["--dies", "4", "--orders", "3", "--metric", "cross_entropy, eta_mean"];
        string output = folder.Run(["variance", StudyFolder.Study, .. arguments]).Succeeded();
        Assert.Contains("noise: the study has none (noise: { shot: on })", output);
        Assert.DoesNotContain("accuracy", output);
        Assert.True(output.IndexOf("cross_entropy") < output.IndexOf("eta_mean"));
    }

    [Fact]
    public void Design_that_nobody_gives_is_the_documented_one()
    {
        using var folder = new StudyFolder();
        JsonNode plain = Json(folder);
        Assert.Equal(512, plain["trainings"]!.GetValue<int>());
        Assert.Null(plain["noises"]);
        Assert.Equal(2048, Json(folder, "--set", Noise)["trainings"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("--metric: unknown metric 'acuracy'; did you mean 'accuracy'?", "--metric", "cross_entropy,acuracy")]
    [InlineData("--dies: '2' is not allowed; expected 3 to 100000 (see yieldlab --help)", "--dies", "2")]
    [InlineData("--orders: '1' is not allowed; expected 3 to 256 (see yieldlab --help)", "--orders", "1")]
    [InlineData("--noises: '1' is not allowed; expected 2 to 256 (see yieldlab --help)", "--noises", "1")]
    [InlineData("--noises 2: the study has no noise; expected such as --set \"noise={shot: on}\"", "--noises", "2")]
    [InlineData(
        "100000 dies x 256 orders x 1 noises are 25600000 trainings; expected at most 4000000",
        "--dies",
        "100000",
        "--orders",
        "256"
    )]
    [InlineData(
        "--set training.order=file: training.order: in the order of the file there is one order only and nothing to split; expected shuffled",
        "--set",
        "training.order=file"
    )]
    public void Mistake_is_refused_in_one_line(string message, params string[] arguments)
    {
        using var folder = new StudyFolder();
        folder.Run(["variance", StudyFolder.Study, .. arguments]).IsRefusedWith(message);
    }

    // Of the first three dies of this seed one is impossible.
    [Fact]
    public void Design_of_which_too_few_dies_are_left_is_refused_with_the_reason()
    {
        using var folder = new StudyFolder();
        string[] set = ["--set", "seed=37", "--set", StudyFolder.ImpossibleDies];
        folder
            .Run(["variance", StudyFolder.Study, "--dies", "3", .. set])
            .IsRefusedWith(
                "2 of 3 dies did not fail in any training; expected at least 3 (the first failed: impossible die: the bias shift is below -100 %)"
            );
    }

    private static void AssertShare(VarianceShare expected, JsonNode found)
    {
        Assert.Equal(expected.Variance, found["variance"]!.GetValue<double>());
        Assert.Equal(expected.Share, found["share"]!.GetValue<double>());
        Assert.Equal(expected.Error, found["error"]!.GetValue<double>());
        Assert.Equal(expected.Lower, found["lower"]!.GetValue<double>());
        Assert.Equal(expected.Upper, found["upper"]!.GetValue<double>());
    }

    private static JsonNode Json(StudyFolder folder, params string[] arguments) =>
        JsonNode.Parse(folder.Run(["variance", StudyFolder.Study, "--json", .. arguments]).Succeeded())!;

    private static PreparedStudy Prepared(StudyFolder folder, params string[] settings) =>
        PreparedStudy.Of(StudyFile.Read(folder.PathOf(StudyFolder.Study), settings));
}
