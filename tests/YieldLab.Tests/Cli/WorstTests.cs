using System.Text.Json.Nodes;
using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Cli;

/// <summary>What <c>yieldlab worst</c> finds among stored dies, writes, prints and refuses.</summary>
public sealed class WorstTests
{
    private const string Metric = "cross_entropy";
    private static readonly string[] Shared =
    [
        "temperature_c",
        "threshold_shift_v",
        "beta_shift",
        "capacitance_shift",
        "bias_shift",
        "leakage_shift",
    ];

    // The oracle sorts the stored columns itself.
    [Fact]
    public void Nearest_dies_and_corners_are_those_of_the_stored_rows()
    {
        using var folder = new StudyFolder();
        Run(folder, 300, "--set", $"specs=[{Metric} <= 0.25]");
        JsonNode json = Json(folder, "--quantile", "10%,50 %", "--quantile", "0.9", "--count", "3");
        Assert.Equal(Metric, (string?)json["metric"]);
        Assert.Equal("high", (string?)json["bad"]![0]);
        double[] values = DieRows.Reals(folder.PathOf("runs/tiny"), Metric);
        double[] sorted = [.. values.Order()];
        Assert.Equal([0.1, 0.5, 0.9], json["quantiles"]!.AsArray().Select(q => q!["probability"]!.GetValue<double>()));
        foreach (JsonNode? quantile in json["quantiles"]!.AsArray())
        {
            double value = Quantile.OfSorted(sorted, quantile!["probability"]!.GetValue<double>());
            Assert.Equal(value, quantile["value"]!.GetValue<double>());
            Assert.Equal(
                Enumerable.Range(0, 300).OrderBy(die => Math.Abs(values[die] - value)).Take(3),
                quantile["dies"]!.AsArray().Select(die => die!["die"]!.GetValue<int>())
            );
        }
        double[] distances = MahalanobisDistance.Squared(
            [.. Shared.Select(column => DieRows.Reals(folder.PathOf("runs/tiny"), column))],
            300
        );
        Assert.Equal([1, 2, 3], json["corners"]!.AsArray().Select(corner => corner!["sigma"]!.GetValue<int>()));
        foreach (JsonNode? corner in json["corners"]!.AsArray())
        {
            double p = Normal.CDF(0, 1, corner!["sigma"]!.GetValue<int>());
            QuantileInterval quantile = QuantileInterval.Of(sorted, p);
            double lower = quantile.Lower!.Value;
            double upper = quantile.Upper ?? double.PositiveInfinity;
            Assert.Equal(p, corner["probability"]!.GetValue<double>());
            Assert.Equal(lower, corner["lower"]!.GetValue<double>());
            Assert.Equal(quantile.Upper is null, corner["upper"] is null);
            int[] candidates = [.. Enumerable.Range(0, 300).Where(die => lower <= values[die] && values[die] <= upper)];
            Assert.Equal(candidates.Length, corner["candidates"]!.GetValue<int>());
            int die = candidates.MinBy(i => distances[i]);
            Assert.Equal(die, corner["die"]!["die"]!.GetValue<int>());
            Assert.Equal(Math.Sqrt(distances[die]), corner["die"]!["distance"]!.GetValue<double>());
        }
        string text = folder.Run("worst", "runs/tiny").Succeeded();
        Assert.Contains("+3 sigma is one die in 741, and there are 300", text);
    }

    // Through the file that was written, and through the command that is printed, to the last bit.
    [Theory]
    [InlineData]
    [InlineData("--set", "noise={shot: on, seed: 3}", "--set", "hold=[1 ms, 2 ms]")]
    [InlineData("--seed", "7", "--set", "sampling={method: sobol}")]
    public void Exported_dies_are_solved_to_the_stored_metrics(params string[] more)
    {
        using var folder = new StudyFolder();
        Run(folder, 48, more);
        JsonNode json = Json(folder, "--metric", Metric, "--both", "--export", "cases/new");
        Assert.Equal(6, Directory.GetFiles(folder.PathOf("cases/new")).Length);
        double[] stored = DieRows.Reals(folder.PathOf("runs/tiny"), Metric);
        foreach (JsonNode? corner in json["corners"]!.AsArray())
        {
            int sigma = corner!["sigma"]!.GetValue<int>();
            string file = $"cases/new/{Metric}-{(sigma < 0 ? "minus" : "plus")}-{Math.Abs(sigma)}sigma.json";
            Assert.Equal(file, ((string)corner["case"]!).Replace('\\', '/'));
            JsonNode answer = JsonNode.Parse(folder.Run("die", "solve", file).Succeeded())!;
            int die = corner["die"]!["die"]!.GetValue<int>();
            SameBits(stored[die], answer["metrics"]![Metric]!.GetValue<double>());
            SameBits(stored[die], corner["die"]!["value"]!.GetValue<double>());
            Assert.Equal(
                File.ReadAllText(folder.PathOf(file)).TrimEnd(),
                Sampled(folder, (string)corner["die"]!["replay"]!)
            );
        }
    }

    [Fact]
    public void Point_of_a_sweep_is_replayed_with_its_own_values()
    {
        using var folder = new StudyFolder();
        Run(folder, 20, "--sweep", "training.l2=[0.001, 0.1]", "--sweep", "corner=[ff, ss]");
        JsonNode json = Json(folder, "--point", "3", "--metric", Metric, "--export", "cases");
        JsonNode die = json["corners"]![0]!["die"]!;
        string replay = (string)die["replay"]!;
        Assert.Contains("--set training.l2=0.1 --set corner=ss", replay);
        string text = Sampled(folder, replay);
        JsonNode answer = JsonNode.Parse(CommandLine.RunWithInput(folder.Root, text, "die", "solve", "-").Succeeded())!;
        SameBits(die["value"]!.GetValue<double>(), answer["metrics"]![Metric]!.GetValue<double>());
        // Process and corner are the same for all dies: temperature alone tells them apart.
        Assert.All(
            json["quantiles"]![0]!["dies"]!.AsArray(),
            near => Assert.Equal(0, near!["shared"]!["bias_shift"]!.GetValue<double>())
        );
    }

    // The accuracies of three test examples have four values.
    [Fact]
    public void Of_many_dies_at_one_value_the_most_usual_one_stands_for_it()
    {
        using var folder = new StudyFolder();
        Run(folder, 200, "--set", "process.override.mismatch.threshold=30 mV*um");
        JsonNode json = Json(folder, "--quantile", "1%,20%", "--count", "20");
        Assert.Equal("accuracy", (string?)json["metric"]);
        static double Distance(JsonNode die) => die["distance"]!.GetValue<double>();
        double[] values = DieRows.Reals(folder.PathOf("runs/tiny"), "accuracy");
        Assert.InRange(values.Distinct().Count(), 2, 5);
        foreach (JsonNode? quantile in json["quantiles"]!.AsArray())
        {
            JsonNode[] dies = [.. quantile!["dies"]!.AsArray().Select(die => die!)];
            Assert.Equal(
                dies.GroupBy(die => die["value"]!.GetValue<double>()).SelectMany(tied => tied.OrderBy(Distance)),
                dies
            );
        }
    }

    [Fact]
    public void Sides_are_those_of_the_specifications_or_both()
    {
        using var folder = new StudyFolder();
        Run(folder, 30);
        int[] Sigmas(params string[] arguments) =>
            [.. Json(folder, arguments)["corners"]!.AsArray().Select(corner => corner!["sigma"]!.GetValue<int>())];
        Assert.Equal([-1, -2, -3], Sigmas());
        Assert.Equal([1, 2, 3], Sigmas("--metric", "mse_vs_ideal_percent"));
        Assert.Equal([-1, -2, -3, 1, 2, 3], Sigmas("--both"));
        Assert.Equal([-1, -2, -3, 1, 2, 3], Sigmas("--metric", "eta_mean"));
        Assert.Contains(
            "no specification names eta_mean: both sides are shown",
            folder.Run("worst", "runs/tiny", "--metric", "eta_mean").Succeeded()
        );
    }

    [Fact]
    public void Failed_dies_are_told_with_their_reason()
    {
        using var folder = new StudyFolder();
        Run(folder, 200, "--set", StudyFolder.ImpossibleDies);
        string?[] reasons = DieRows.Texts(folder.PathOf("runs/tiny"), "failure");
        int[] failed = [.. Enumerable.Range(0, 200).Where(die => reasons[die] is not null)];
        Assert.NotEmpty(failed);
        JsonNode json = Json(folder, "--count", "2");
        Assert.Equal(200 - failed.Length, json["with_metric"]!.GetValue<int>());
        Assert.Equal(failed.Length, json["failed"]!.AsArray().Sum(f => f!["count"]!.GetValue<int>()));
        Assert.Contains(
            failed[0],
            json["failed"]!.AsArray().SelectMany(f => f!["first"]!.AsArray()).Select(d => d!.GetValue<int>())
        );
        Assert.Contains("failed, worse than all of these: ", folder.Run("worst", "runs/tiny").Succeeded());
    }

    [Fact]
    public void Dies_that_never_get_there_are_the_largest()
    {
        using var folder = new StudyFolder();
        Run(folder, 40, "--set", "output.target=cross_entropy <= 0.3");
        double[] epochs = DieRows.Reals(folder.PathOf("runs/tiny"), "epochs_to_target");
        Assert.Contains(double.NaN, epochs);
        JsonNode json = Json(folder, "--metric", "epochs_to_target", "--quantile", "99 %");
        Assert.Equal("never", (string?)json["quantiles"]![0]!["value"]);
        Assert.All(
            json["quantiles"]![0]!["dies"]!.AsArray(),
            die => Assert.Equal(double.NaN, epochs[die!["die"]!.GetValue<int>()])
        );
        folder.Run("worst", "runs/tiny", "--metric", "epochs_to_target").Succeeded();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Few_dies_are_no_reason_to_stop(int dies)
    {
        using var folder = new StudyFolder();
        Run(folder, dies);
        JsonNode json = Json(folder);
        Assert.All(json["corners"]!.AsArray(), corner => Assert.Null(corner!["lower"]));
        string text = folder.Run("worst", "runs/tiny").Succeeded();
        Assert.Contains("-: too few dies for this end of the interval", text);
        Assert.Contains($"-3 sigma is one die in 741, and there are {dies}", text);
    }

    [Theory]
    [InlineData("--metric: unknown metric 'acuracy'; did you mean 'accuracy'?", "--metric", "acuracy")]
    [InlineData(
        "--quantile: '2' is not allowed; expected between 0 and 1, such as 0.01 or 1 % (see yieldlab --help)",
        "--quantile",
        "1%,2"
    )]
    [InlineData("--count: '0' is not allowed; expected 1 to 1000 (see yieldlab --help)", "--count", "0")]
    [InlineData("runs/tiny: there is no point 2; expected 0 to 0", "--point", "2")]
    [InlineData(
        "runs/tiny: its study is not at other.yaml; expected the file that the run was made of, name it with --study",
        "--export",
        "cases",
        "--study",
        "other.yaml"
    )]
    public void Mistake_is_refused_in_one_line(string message, params string[] arguments)
    {
        using var folder = new StudyFolder();
        Run(folder, 4);
        folder.Run(["worst", "runs/tiny", .. arguments]).IsRefusedWith(message);
    }

    [Fact]
    public void Study_that_has_changed_is_not_exported()
    {
        using var folder = new StudyFolder();
        Run(folder, 4);
        folder.Write(StudyFolder.Study, StudyFolder.StudyText.Replace("l2: 0.001", "l2: 0.002"));
        folder
            .Run("worst", "runs/tiny", "--export", "cases")
            .IsRefusedNaming("tiny.yaml: not the study of runs/tiny", "training.l2 is 0.001 there and 0.002 here");
        Assert.False(Directory.Exists(folder.PathOf("cases")));
        folder.Write("cases", "a file");
        folder.Write(StudyFolder.Study, StudyFolder.StudyText);
        folder.Run("worst", "runs/tiny", "--export", "cases").IsRefusedNaming("--export cases: cannot be made");
    }

    // A command that names a file that is not there helps nobody.
    [Fact]
    public void Run_that_was_moved_away_from_its_study_has_no_command_and_says_why()
    {
        using var folder = new StudyFolder();
        Run(folder, 4);
        Directory.CreateDirectory(folder.PathOf("far/away"));
        Directory.Move(folder.PathOf("runs/tiny"), folder.PathOf("far/away/tiny"));
        string text = folder.Run("worst", "far/away/tiny").Succeeded();
        Assert.Contains("its study is not at", text);
        Assert.DoesNotContain("yieldlab die sample", text);
        JsonNode json = JsonNode.Parse(folder.Run("worst", "far/away/tiny", "--json").Succeeded())!;
        Assert.Null(json["corners"]![0]!["die"]!["replay"]);
        Assert.Contains("name it with --study", (string)json["no_replay"]!);
        text = folder.Run("worst", "far/away/tiny", "--study", StudyFolder.Study).Succeeded();
        Assert.Contains($"yieldlab die sample {StudyFolder.Study}", text);
    }

    // A sweep may have a thousand points: who asks for one does not wait for all.
    [Fact]
    public void Of_a_sweep_no_dies_are_read_but_those_of_the_point()
    {
        using var folder = new StudyFolder();
        Run(folder, 8, "--sweep", "training.l2=[0.001, 0.1]");
        string part = folder.PathOf("runs/tiny/dies/point=00000/part-00000.parquet");
        byte[] content = File.ReadAllBytes(part);
        // No Parquet file at all, and one whose pages are none.
        content.AsSpan(content.Length / 4, content.Length / 4).Fill(0x5a);
        foreach (byte[] altered in new[] { [1], content })
        {
            File.WriteAllBytes(part, altered);
            folder.Run("worst", "runs/tiny", "--point", "0").IsRefusedNaming("part-00000.parquet: torn or altered");
        }
        foreach (string command in new[] { "worst", "summary", "shape" })
            folder.Run(command, "runs/tiny", "--point", "1").Succeeded();
    }

    private static void Run(StudyFolder folder, int samples, params string[] more) =>
        folder.Run(["run", StudyFolder.Study, "--samples", $"{samples}", "--quiet", .. more]).Succeeded();

    private static JsonNode Json(StudyFolder folder, params string[] arguments) =>
        JsonNode.Parse(folder.Run(["worst", "runs/tiny", .. arguments, "--json"]).Succeeded())!;

    // A shell takes the quotes off.
    private static string Sampled(StudyFolder folder, string replay)
    {
        string[] words =
        [
            .. System
                .Text.RegularExpressions.Regex.Matches(replay, "'[^']*'|\\S+")
                .Select(word => word.Value.Trim('\'')),
        ];
        Assert.Equal("yieldlab", words[0]);
        return folder.Run(words[1..]).Succeeded().TrimEnd();
    }

    private static void SameBits(double expected, double found) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(found));
}
