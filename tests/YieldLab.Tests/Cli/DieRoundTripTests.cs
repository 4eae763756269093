using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Studies.Dies;
using YieldLab.Studies.Runs;

namespace YieldLab.Tests.Cli;

/// <summary>
/// A die written out by <c>die sample</c> and trained by <c>die solve</c> against the same die in a stored run: the same
/// bits, whichever dies it shared its batch with.
/// </summary>
public sealed class DieRoundTripTests
{
    private const string FastLearning = "training.learning_rate=0.25";

    [Fact]
    public void A_classifier_has_the_bits_of_its_stored_row()
    {
        using var stored = new StoredStudy("quickstart", ["1ms"], 18);
        // The last of a batch of 16 in single precision, and one of a batch that is not full.
        foreach (long die in new long[] { 15, 17 })
            stored.Match(die);
    }

    [Fact]
    public void A_regression_has_the_bits_of_its_stored_row()
    {
        using var stored = new StoredStudy("diabetes", ["1ms"], 17);
        stored.Match(16);
    }

    [Fact]
    public void Double_precision_has_the_bits_of_its_stored_row()
    {
        using var stored = new StoredStudy("quickstart", ["1ms"], 9, "training.precision=double");
        stored.Match(8);
    }

    [Fact]
    public void Several_hold_times_have_the_bits_of_their_stored_row()
    {
        using var stored = new StoredStudy("breast_cancer", ["10ms", "100ms", "1s"], 4, "training.epochs=2");
        stored.Match(3);
    }

    // JSON has no NaN, and readers of other languages refuse the word.
    [Fact]
    public void Numbers_that_do_not_exist_are_null_in_an_answer()
    {
        double[] numbers = [double.NaN, 0.5, double.PositiveInfinity];
        var metrics = new Dictionary<string, double> { ["accuracy"] = 1, ["cross_entropy"] = double.NaN };
        var answer = new DieAnswer(
            [
                [numbers, numbers],
            ],
            numbers,
            [numbers],
            null,
            metrics,
            null,
            1
        );
        JsonObject json = CaseJson.Write(answer, new LayerShape(3, 3));
        Assert.Equal("[[null,0.5,null]]", json["predictions"]!.ToJsonString());
        Assert.Equal("[[[null,0.5,null]]]", json["predictions_after_hold"]!.ToJsonString());
        Assert.Equal("""{"accuracy":1,"cross_entropy":null}""", json["metrics"]!.ToJsonString());
        Assert.Equal(
            """{"accuracy":null,"cross_entropy":null}""",
            CaseJson.Write(answer with { Failure = "too steep" }, new LayerShape(3, 3))["metrics"]!.ToJsonString()
        );
    }

    // Fast learning: the steps that do for the study's pilots are too long for some dies, which get finer ones, whatever
    // the study allows the pilots.
    [Fact]
    public void A_die_with_finer_steps_has_the_bits_of_its_row()
    {
        using var stored = new StoredStudy("quickstart", ["1ms"], 64, FastLearning);
        long die = NeedsFinerSteps(stored);
        stored.Match(die);

        string few = $"training.max_steps={stored.StudySteps}";
        using var coarse = new StoredStudy("quickstart", ["1ms"], 64, FastLearning, few);
        Assert.Equal(stored.Steps(die), coarse.Steps(die));
        Assert.Equal(DieRows.Reals(stored.Folder, "cross_entropy"), DieRows.Reals(coarse.Folder, "cross_entropy"));
    }

    [Fact]
    public void A_die_in_EKV_has_the_bits_of_its_stored_row()
    {
        using var stored = new StoredStudy("quickstart", ["1ms"], 17, "fidelity=ekv", "training.epochs=2");
        stored.Match(3);
        stored.Match(16);
    }

    // Die 0 of the retention study, and one whose batch is not full.
    [Theory]
    [InlineData("weak-inversion")]
    [InlineData("ekv")]
    public void Retention_has_the_bits_of_its_stored_row(string fidelity)
    {
        using var stored = new StoredStudy("retention", [], 18, "training.epochs=2", $"fidelity={fidelity}");
        double[] times = DieRows.Reals(stored.Folder, "retention_s");
        Assert.True(times.Distinct().Count() > 10);
        foreach (long die in new long[] { 0, 17 })
            Assert.Equal(times[die], stored.Solve(die).Answer["retention_s"]!.GetValue<double>());
    }

    [Fact]
    public void A_die_that_keeps_its_metric_for_ever_is_null_in_both_and_meets_any_time()
    {
        string[] changes = ["output.retention=cross_entropy < 50", "specs=[retention_s >= 1e9]"];
        using var stored = new StoredStudy("retention", [], 4, ["training.epochs=1", .. changes]);
        Assert.All(DieRows.Reals(stored.Folder, "retention_s"), time => Assert.Equal(double.NaN, time));
        Assert.All(DieRows.Truths(stored.Folder, "pass"), Assert.True);
        JsonObject answer = stored.Solve(3).Answer.AsObject();
        Assert.True(answer.ContainsKey("retention_s"));
        Assert.Null(answer["retention_s"]);
    }

    [Fact]
    public void Noise_and_converters_have_the_bits_of_their_stored_row()
    {
        string[] changes =
        [
            "noise={ shot: on, seed: 3 }",
            "converters={ inputs: 5, targets: 6, readout: 7 }",
            "training.epochs=2",
        ];
        using var classifier = new StoredStudy("quickstart", ["1ms"], 17, changes);
        classifier.Match(15);
        classifier.Match(16);
        using var regression = new StoredStudy("diabetes", ["1ms"], 2, changes);
        regression.Match(1);
    }

    [Fact]
    public void Another_seed_of_the_noise_leaves_the_silicon_as_it_is()
    {
        using var one = new StoredStudy("quickstart", ["1ms"], 4, "noise={ shot: on, seed: 3 }");
        using var other = new StoredStudy("quickstart", ["1ms"], 4, "noise={ shot: on, seed: 4 }");
        Assert.Equal(DieRows.Reals(one.Folder, "eta_mean"), DieRows.Reals(other.Folder, "eta_mean"));
        Assert.NotEqual(DieRows.Reals(one.Folder, "cross_entropy"), DieRows.Reals(other.Folder, "cross_entropy"));
    }

    [Fact]
    public void A_die_that_is_impossible_in_a_run_is_refused_with_the_same_reason()
    {
        using var folder = new StudyFolder();
        string[] change = ["--set", StudyFolder.ImpossibleDies];
        folder.Run(["run", StudyFolder.Study, "--samples", "200", "--quiet", .. change]).Succeeded();
        string?[] failures = DieRows.Texts(folder.PathOf("runs/tiny"), "failure");
        int die = Array.FindIndex(failures, reason => reason is not null);
        Assert.True(die >= 0);
        folder
            .Run(["die", "sample", StudyFolder.Study, "--die", $"{die}", .. change])
            .IsRefusedWith($"--die {die}: {failures[die]}");
    }

    [Fact]
    public void A_file_holds_what_standard_output_would_have()
    {
        using var folder = new StudyFolder();
        string[] sample = ["die", "sample", StudyFolder.Study, "--die", "2"];
        string printed = folder.Run(sample).Succeeded();
        Answer written = folder.Run([.. sample, "--out", "case.json"]);
        Assert.Equal(new Answer(0, "", $"die 2 of tiny: case.json{Environment.NewLine}"), written);
        Assert.Equal(printed.ReplaceLineEndings("\n"), File.ReadAllText(folder.PathOf("case.json")));
        Assert.Equal(
            CommandLine.RunWithInput(folder.Root, printed, "die", "solve", "-").Succeeded(),
            folder.Run("die", "solve", "case.json").Succeeded()
        );
    }

    [Fact]
    public void The_file_that_was_read_is_not_overwritten()
    {
        using var folder = new StudyFolder();
        string before = File.ReadAllText(folder.PathOf(StudyFolder.Study));
        foreach (string command in new[] { "sample", "spice" })
            folder
                .Run("die", command, StudyFolder.Study, "--die", "0", "--out", $"./{StudyFolder.Study}")
                .IsRefusedWith(
                    $"./{StudyFolder.Study} is the file that was read; expected another name for the output"
                );
        Assert.Equal(before, File.ReadAllText(folder.PathOf(StudyFolder.Study)));
    }

    private static long NeedsFinerSteps(StoredStudy stored)
    {
        long[] steps = DieRows.Integers(stored.Folder, "integration_steps");
        string?[] failures = DieRows.Texts(stored.Folder, "failure");
        int die = Array.FindIndex(steps, count => count > stored.StudySteps);
        Assert.True(die >= 0, "no die needed finer steps: these settings no longer show what they are for");
        Assert.Null(failures[die]);
        return die;
    }

    /// <summary>A run of a shipped study and its dies one by one.</summary>
    private sealed class StoredStudy : IDisposable
    {
        private readonly StudyFolder _folder = new();
        private readonly string[] _study;
        private readonly string[] _holds;

        public StoredStudy(string name, string[] holds, int samples, params string[] changes)
        {
            _study = [Repository.Study(name), .. changes.SelectMany(change => new[] { "--set", change })];
            _holds = holds;
            _folder.Run(["run", .. _study, "--samples", $"{samples}", "--out", "run", "--quiet"]).Succeeded();
        }

        public string Folder => _folder.PathOf("run");

        /// <summary>Integration steps that the study chose for all dies.</summary>
        public long StudySteps =>
            JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "manifest.json")))!["integration"]![
                "steps"
            ]!.GetValue<long>();

        public long Steps(long die) => DieRows.Integers(Folder, "integration_steps")[die];

        /// <summary>Through a pipe, as the README shows it.</summary>
        public (JsonNode Case, JsonNode Answer) Solve(long die)
        {
            string text = _folder.Run(["die", "sample", .. _study, "--die", $"{die}"]).Succeeded();
            string answer = CommandLine.RunWithInput(_folder.Root, text, "die", "solve", "-").Succeeded();
            return (JsonNode.Parse(text)!, JsonNode.Parse(answer)!);
        }

        public void Match(long die)
        {
            var (given, answer) = Solve(die);
            Assert.Equal("ok", answer["status"]!.GetValue<string>());
            Assert.Equal(Steps(die), answer["integration_steps"]!.GetValue<long>());
            JsonObject metrics = answer["metrics"]!.AsObject();
            Assert.NotEmpty(metrics);
            foreach (var (name, value) in metrics)
                SameBits(name, die, value!.GetValue<double>());
            JsonArray held = answer["predictions_after_hold"]!.AsArray();
            Assert.Equal(_holds.Length, held.Count);
            for (int hold = 0; hold < _holds.Length; hold++)
                MatchHold(given, held[hold]!, _holds[hold], die);
        }

        // The metrics' own formulas have tests of their own; here their inputs come from the JSON.
        private void MatchHold(JsonNode given, JsonNode held, string time, long die)
        {
            var task = Enum.Parse<LearningTask>(given["task"]!.GetValue<string>(), ignoreCase: true);
            double[] targets = Numbers(given["test_targets"]!);
            int outputs = given["test_targets"]![0]!.AsArray().Count;
            double unit = given["target_unit"]!.GetValue<double>();
            double[] values = TaskMetrics.Values(task, Numbers(held), targets, outputs, unit);
            var columns = TaskMetrics.Columns(task, "", suffix: $"_hold_{time}");
            for (int i = 0; i < values.Length; i++)
                SameBits(columns[i].Name, die, values[i]);
        }

        private void SameBits(string column, long die, double value)
        {
            double stored = DieRows.Reals(Folder, column)[die];
            Assert.True(double.IsFinite(stored));
            Assert.True(
                BitConverter.DoubleToInt64Bits(stored) == BitConverter.DoubleToInt64Bits(value),
                $"{column} of die {die}: {stored:r} is stored, {value:r} is solved"
            );
        }

        private static double[] Numbers(JsonNode rows) =>
            [.. rows.AsArray().SelectMany(row => row!.AsArray().Select(value => value!.GetValue<double>()))];

        public void Dispose() => _folder.Dispose();
    }
}
