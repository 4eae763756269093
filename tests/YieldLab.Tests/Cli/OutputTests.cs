using System.Text.Json.Nodes;
using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>What a run prints.</summary>
public sealed class OutputTests
{
    public static TheoryData<string> ShippedStudies => [.. Repository.StudyNames];

    [Fact]
    public void Quiet_prints_nothing_and_stores_all()
    {
        using var folder = new StudyFolder();
        Assert.Equal("", folder.Run("run", StudyFolder.Study, "--quiet").Succeeded());
        Assert.Equal(20, DieRows.Integers(folder.PathOf("runs/tiny"), "die").Length);
    }

    [Theory]
    [MemberData(nameof(ShippedStudies))]
    public void Redirected_text_of_a_shipped_study_has_no_escapes_fits_80_columns_and_shortens_nothing(string study)
    {
        using var folder = new StudyFolder();
        string output = folder.Run("run", Repository.Study(study), "--samples", "8", "--out", "here").Succeeded();
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('…', output);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
        int points = study == "corners" ? 9 : 1;
        Assert.Contains($"\n{8 * points} dies in ", output);
        Assert.EndsWith($"data: here{Environment.NewLine}", output);
    }

    [Fact]
    public void Text_says_never_where_most_dies_do_not_reach_the_target()
    {
        using var folder = new StudyFolder();
        string output = folder
            .Run("run", StudyFolder.Study, "--set", "output.target=cross_entropy <= 0.001")
            .Succeeded();
        string line = Assert.Single(output.Split('\n'), line => line.Contains("epochs_to_target"));
        Assert.EndsWith("never", line.TrimEnd());
    }

    [Fact]
    public void Text_names_failed_dies_with_their_number_and_reason()
    {
        using var folder = new StudyFolder();
        string[] run = ["run", StudyFolder.Study, "--samples", "200", "--set", StudyFolder.ImpossibleDies];
        string output = folder.Run(run).Succeeded();
        int failed = DieRows.Texts(folder.PathOf("runs/tiny"), "failure").Count(reason => reason is not null);
        Assert.NotEqual(0, failed);
        Assert.Contains(
            $"failed dies: {failed}: impossible die: the bias shift is below -100 %{Environment.NewLine}",
            output
        );
        Assert.Contains($", {failed} failed{Environment.NewLine}", output);
    }
}

/// <summary>The JSON of a run against the rows that the run stored.</summary>
public sealed class JsonOutputTests(JsonOutputTests.JsonRun run) : IClassFixture<JsonOutputTests.JsonRun>
{
    // Both the program and the test round each of at most 3 n operations on n numbers once; n is 200 here, and a bound
    // of 3 n 2^-53 (Higham, Accuracy and Stability, section 3.1) is 7e-14 of the largest term.
    private const double Rounding = 1e-13;

    [Fact]
    public void Name_folder_and_number_of_dies_are_those_of_the_run()
    {
        Assert.Equal("tiny", run.Json["study"]!.GetValue<string>());
        Assert.Equal("here", run.Json["data"]!.GetValue<string>());
        Assert.Equal(DieRows.Integers(run.Folder, "die").Length, run.Json["dies"]!.GetValue<long>());
        Assert.False(run.Json["interrupted"]!.GetValue<bool>());
        Assert.InRange(run.Json["seconds"]!.GetValue<double>(), 1e-6, 600);
    }

    [Fact]
    public void Failures_are_the_stored_reasons_counted()
    {
        var counted = run.Json["failures"]!.AsObject().ToDictionary(f => f.Key, f => f.Value!.GetValue<int>());
        Assert.NotEmpty(counted);
        Assert.Equal(DieRows.Texts(run.Folder, "failure").OfType<string>().CountBy(text => text), counted);
    }

    [Fact]
    public void Yields_are_the_stored_metrics_held_against_the_limits()
    {
        // A failed die has NaN and so meets nothing; the upper end is that of an interval in which it meets everything.
        bool[] fast = [.. DieRows.Reals(run.Folder, "eta_mean").Select(value => value >= 0.1)];
        bool[] near = [.. DieRows.Reals(run.Folder, "mse_vs_ideal_percent").Select(value => value <= 1)];
        bool[] both = [.. fast.Zip(near, (a, b) => a && b)];
        // Four different numbers, so that none can stand in another's place.
        Assert.Equal(4, new[] { Count(fast), Count(near), Count(both), both.Length }.Distinct().Count());
        JsonArray yields = run.Json["yield"]!.AsArray();
        Assert.Equal(3, yields.Count);
        int failed = DieRows.Texts(run.Folder, "failure").OfType<string>().Count();
        Match(yields[0]!, "eta_mean >= 0.1", fast, failed);
        Match(yields[1]!, "mse_vs_ideal_percent <= 1", near, failed);
        Match(yields[2]!, "all specs", both, failed);
    }

    [Fact]
    public void Metrics_are_the_quantiles_of_type_7_and_the_mean_of_the_stored_values()
    {
        JsonObject metrics = run.Json["metrics"]!.AsObject();
        Assert.Contains("cross_entropy_hold_1ms", metrics.Select(metric => metric.Key));
        foreach (var (name, metric) in metrics)
        {
            if (name == "epochs_to_target")
                continue;
            double[] values = [.. DieRows.Reals(run.Folder, name).Where(double.IsFinite).Order()];
            Assert.Equal(values.Length, metric!["count"]!.GetValue<int>());
            Near(values.Sum() / values.Length, metric["mean"]!.GetValue<double>(), values);
            foreach (int percent in new[] { 1, 5, 25, 50, 75, 95, 99 })
                Near(QuantileOfType7(values, percent / 100.0), metric[$"q{percent:00}"]!.GetValue<double>(), values);
        }
    }

    // 200 dies and one target, which some never reach: those stand behind the last of the others.
    [Fact]
    public void Dies_that_never_reach_the_target_count_as_later_than_any()
    {
        double[] epochs = DieRows.Reals(run.Folder, "epochs_to_target");
        string?[] failures = DieRows.Texts(run.Folder, "failure");
        double[] values =
        [
            .. epochs
                .Where((_, die) => failures[die] is null)
                .Select(e => double.IsNaN(e) ? double.MaxValue : e)
                .Order(),
        ];
        JsonObject metric = run.Json["metrics"]!["epochs_to_target"]!.AsObject();
        Assert.Equal(values.Length, metric["count"]!.GetValue<int>());
        Assert.Equal("never", metric["mean"]!.GetValue<string>());
        Assert.Equal("never", metric["q99"]!.GetValue<string>());
        Assert.Equal(1, metric["q01"]!.GetValue<double>());
        int place = (int)Math.Ceiling((values.Length - 1) * 0.75);
        string quartile = values[place] == double.MaxValue ? "\"never\"" : $"{values[place]}";
        Assert.Equal(quartile, metric["q75"]!.ToJsonString());
    }

    [Fact]
    public void The_ideal_is_that_of_the_manifest()
    {
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(run.Folder, "manifest.json")))!;
        Assert.NotEmpty(manifest["ideal"]!.AsObject());
        Assert.True(JsonNode.DeepEquals(manifest["ideal"], run.Json["ideal"]));
    }

    private static int Count(bool[] values) => values.Count(value => value);

    // Wilson's interval from its definition: the p at which (p^ - p)^2 = z^2 p (1 - p)/n, a quadratic equation in p.
    private static void Match(JsonNode yield, string spec, bool[] meets, int failed)
    {
        Assert.Equal(spec, yield["spec"]!.GetValue<string>());
        Assert.Equal(Count(meets), yield["passed"]!.GetValue<int>());
        Assert.Equal(meets.Length, yield["total"]!.GetValue<int>());
        double share = Count(meets) / (double)meets.Length;
        double most = (Count(meets) + failed) / (double)meets.Length;
        Assert.Equal(share, yield["yield"]!.GetValue<double>());
        Assert.Equal(failed, yield["unknown"]!.GetValue<int>());
        Assert.Equal(most, yield["yield_if_unknown_pass"]!.GetValue<double>());
        Assert.Equal(0.95, yield["confidence"]!.GetValue<double>());
        const double z = 1.959963984540054;
        foreach (string end in new[] { "lower", "upper" })
        {
            double p = yield[end]!.GetValue<double>();
            double centre = end == "lower" ? share : most;
            double difference = (centre - p) * (centre - p) - z * z * p * (1 - p) / meets.Length;
            // The slope of this equation at its roots is below 1, so an error of 1e-12 in p is one of 1e-12 here.
            Assert.InRange(difference, -1e-12, 1e-12);
            Assert.True(end == "lower" ? p < share : p > most);
        }
    }

    // Hyndman and Fan (1996), definition 7: linear between the order statistics at (n - 1) p.
    private static double QuantileOfType7(double[] ascending, double p)
    {
        double place = (ascending.Length - 1) * p;
        int below = (int)place;
        double share = place - below;
        return (1 - share) * ascending[below] + share * ascending[Math.Min(below + 1, ascending.Length - 1)];
    }

    private static void Near(double expected, double actual, double[] values)
    {
        double allowed = Rounding * values.Max(Math.Abs);
        Assert.InRange(actual, expected - allowed, expected + allowed);
    }

    /// <summary>200 dies, of which some fail.</summary>
    public sealed class JsonRun : IDisposable
    {
        private readonly StudyFolder _folder = new();

        public JsonRun() =>
            Json = JsonNode
                .Parse(
                    _folder
                        .Run(
                            "run",
                            StudyFolder.Study,
                            "--samples",
                            "200",
                            "--set",
                            StudyFolder.ImpossibleDies,
                            "--set",
                            "specs=[eta_mean >= 0.1, mse_vs_ideal_percent <= 1]",
                            "--out",
                            "here",
                            "--json"
                        )
                        .Succeeded()
                )!
                .AsObject();

        public JsonObject Json { get; }

        public string Folder => _folder.PathOf("here");

        public void Dispose() => _folder.Dispose();
    }
}
