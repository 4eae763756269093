using System.Text.Json.Nodes;
using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Sensitivity;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Cli;

/// <summary>What <c>yieldlab sensitivity</c> computes, prints and refuses.</summary>
public sealed class SensitivityTests
{
    private const long Offset = 1L << 40;
    private const string Gradient = "temperature={from: -40 C, to: 85 C, gradient: 2 K}";
    private const string Noise = "noise={shot: on, seed: 5}";

    // What hardly any die of the tiny study fails would have no indices.
    private const string HardSpec = "specs=[cross_entropy <= 0.3, mse_vs_ideal_percent <= 0.1]";

    // The oracle runs every variant of every die through the model of a run and counts and splits the same numbers.
    [Fact]
    public void Indices_and_gains_are_those_of_the_variants_run_one_by_one()
    {
        const int Dies = 20;
        using var folder = new StudyFolder();
        JsonNode json = Json(folder, "--dies", $"{Dies}", "--by", "source", "--set", HardSpec, "--set", Gradient);
        PreparedStudy study = Prepared(folder, HardSpec, Gradient);
        VariationGroup[] groups = [.. VariationGroup.Of(study, VariationGrouping.Source)];
        Assert.Equal(7, groups.Length);
        Spec spec = study.File.Study.Specs[0];
        double[] Of(PreparedStudy variant) => Reals(variant, 0, Dies, "cross_entropy");
        double[] a = Of(study);
        GroupSobol expected = GroupSobol.Of(
            a,
            Reals(study, Offset, Dies, "cross_entropy"),
            [.. groups.Select(group => Of(study.WithMoved([group], Offset)))],
            [.. groups.Select(group => Of(study.WithMoved([.. groups.Where(g => g != group)], Offset)))]
        )!;
        JsonNode found = json["metrics"]!["cross_entropy"]!;
        Assert.Equal(expected.Mean, found["mean"]!.GetValue<double>());
        AssertIndex(expected.Additive, found["sum"]!);
        AssertIndex(expected.Additive.Complement(), found["interaction"]!);
        foreach (var (group, indices) in groups.Zip(expected.Groups))
        {
            AssertIndex(indices.First, found["groups"]![group.Name]!["first"]!);
            AssertIndex(indices.Total, found["groups"]![group.Name]!["total"]!);
            bool[] without = [.. Of(study.WithCentred(group)).Select(spec.IsMetBy)];
            JsonNode gain = json["yields"]![$"{spec}"]!["gains"]![group.Name]!;
            Assert.Equal(
                a.Zip(without).Count(d => !spec.IsMetBy(d.First) && d.Second),
                gain["gained"]!.GetValue<int>()
            );
            Assert.Equal(a.Zip(without).Count(d => spec.IsMetBy(d.First) && !d.Second), gain["lost"]!.GetValue<int>());
        }
    }

    [Fact]
    public void Dies_are_those_of_the_run_and_pass_as_they_do_there()
    {
        using var folder = new StudyFolder();
        string[] set = ["--set", HardSpec, "--set", StudyFolder.ImpossibleDies];
        JsonNode yields = Json(folder, ["--dies", "200", "--by", "source", .. set])["yields"]!;
        folder.Run(["run", StudyFolder.Study, "--samples", "200", "--quiet", .. set]).Succeeded();
        string run = folder.PathOf("runs/tiny");
        Assert.Equal(3, yields.AsObject().Count);
        foreach (
            var (name, column) in new[]
            {
                ("all specs", "pass"),
                ("cross_entropy <= 0.3", Column("cross_entropy <= 0.3")),
            }
        )
        {
            bool[] passes = DieRows.Truths(run, column);
            Assert.InRange(passes.Count(pass => pass), 1, 199);
            Assert.Equal(passes.Count(pass => pass), yields[name]!["passed"]!.GetValue<int>());
            Assert.Equal(200, yields[name]!["dies"]!.GetValue<int>());
        }
        Assert.Equal(
            DieRows.Reals(run, "cross_entropy"),
            Reals(Prepared(folder, HardSpec, StudyFolder.ImpossibleDies), 0, 200, "cross_entropy")
        );

        static string Column(string spec) => Spec.TryParse(spec)!.Column;
    }

    [Fact]
    public void Die_with_all_draws_of_another_is_that_die()
    {
        using var folder = new StudyFolder();
        PreparedStudy study = Prepared(folder, Gradient, Noise);
        IReadOnlyList<VariationGroup> groups = VariationGroup.Of(study, VariationGrouping.Cell);
        foreach (string metric in new[] { "cross_entropy", "eta_sd", "temperature_c", "beta_shift" })
        {
            double[] other = Reals(study, Offset, 16, metric);
            Assert.Equal(other, Reals(study.WithMoved([.. groups], Offset), 0, 16, metric));
            Assert.NotEqual(other, Reals(study.WithMoved([.. groups.SkipLast(1)], Offset), 0, 16, "cross_entropy"));
        }
    }

    [Theory]
    [InlineData("process", "{process: on, mismatch: off, leakage: off, temperature: off}")]
    [InlineData("temperature", "{process: off, mismatch: off, leakage: on, temperature: on}")]
    [InlineData("noise", "{process: off, mismatch: off, leakage: off, temperature: off}", "--set", Noise)]
    public void Only_group_that_is_on_has_indices_of_exactly_1(string group, string variation, params string[] more)
    {
        using var folder = new StudyFolder();
        JsonNode json = Json(
            folder,
            ["--dies", "40", "--metric", "cross_entropy", "--set", $"variation={variation}", .. more]
        );
        JsonNode groups = json["metrics"]!["cross_entropy"]!["groups"]!;
        var (name, indices) = Assert.Single(groups.AsObject());
        Assert.Equal(group, name);
        Assert.Equal(1, indices!["first"]!["value"]!.GetValue<double>());
        Assert.Equal(1, indices["total"]!["value"]!.GetValue<double>());
        Assert.Equal(more.Length > 0 ? 15 : 14, json["still"]!.AsArray().Count);
    }

    // With a cell's devices a thousand times as large as all others nothing else varies to speak of.
    [Fact]
    public void Cell_that_alone_is_small_has_indices_near_1_and_one_without_current_exactly_0()
    {
        using var folder = new StudyFolder();
        string[] set =
        [
            "--set",
            "variation={process: off, mismatch: on, leakage: off, temperature: off}",
            "--set",
            "design.cross_coupling=0",
            "--set",
            "process.override.mismatch.capacitance=0 %*um",
            .. new[]
            {
                "dac",
                "multiplier",
                "summing",
                "activation",
                "rectifier",
                "integrator",
                "decay",
                "quiescent",
                "cross_coupling",
            }.SelectMany(cell => new[] { "--set", $"design.cells.{cell}={{width: 1 mm, length: 1 mm}}" }),
        ];
        JsonNode groups = Json(folder, ["--dies", "200", "--metric", "cross_entropy", .. set])["metrics"]![
            "cross_entropy"
        ]!["groups"]!;
        double Value(string group, string index) => groups[group]![index]!["value"]!.GetValue<double>();
        Assert.InRange(Value("gradient", "first"), 0.99, 1.01);
        Assert.InRange(Value("gradient", "total"), 0.99, 1.01);
        Assert.Equal(0, Value("cross_coupling", "first"));
        Assert.Equal(0, Value("cross_coupling", "total"));
        Assert.InRange(Value("multiplier", "total"), 0, 0.01);
    }

    [Theory]
    [InlineData("cell")]
    [InlineData("stream")]
    public void Result_does_not_depend_on_the_threads(string by)
    {
        using var folder = new StudyFolder();
        string Run(string threads) =>
            folder
                .Run("sensitivity", StudyFolder.Study, "--dies", "70", "--by", by, "--json", "--threads", threads)
                .Succeeded();
        Assert.Equal(Run("1"), Run("3"));
    }

    [Fact]
    public void Merged_groups_are_one()
    {
        using var folder = new StudyFolder();
        JsonNode json = Json(
            folder,
            "--dies",
            "40",
            "--metric",
            "cross_entropy",
            "--group",
            "environment=temperature",
            "--group",
            "rest=process,dac,multiplier,summing,activation,rectifier,gradient,integrator,decay,quiescent,cross_coupling,capacitor,switch,temperature_gradient"
        );
        JsonObject groups = json["metrics"]!["cross_entropy"]!["groups"]!.AsObject();
        Assert.Equal(["rest", "environment"], groups.Select(group => group.Key));
        // What one of two groups does not do alone, the other has part in.
        Assert.Equal(
            1,
            groups["rest"]!["total"]!["value"]!.GetValue<double>()
                + groups["environment"]!["first"]!["value"]!.GetValue<double>(),
            1e-9
        );
    }

    [Fact]
    public void Failed_dies_are_left_out_of_metrics_and_told()
    {
        using var folder = new StudyFolder();
        string[] arguments =
        [
            "--dies",
            "100",
            "--by",
            "source",
            "--metric",
            "cross_entropy",
            "--set",
            StudyFolder.ImpossibleDies,
        ];
        JsonNode json = Json(folder, arguments);
        var (reason, count) = Assert.Single(json["failures"]!.AsObject());
        Assert.Equal("impossible die: the bias shift is below -100 %", reason);
        int failed = count!.GetValue<int>();
        Assert.InRange(failed, 1, 20);
        Assert.Equal(100 - failed, json["metrics"]!["cross_entropy"]!["dies"]!.GetValue<int>());
        Assert.Equal(100, json["yields"]!["all specs"]!["dies"]!.GetValue<int>());
        string text = folder.Run(["sensitivity", StudyFolder.Study, .. arguments]).Succeeded();
        // Long lines are broken, and go on after two blanks.
        Assert.Contains(
            $"failed in a training: {failed} of 100 dies: {reason}",
            text.ReplaceLineEndings("\n").Replace("\n  ", " ")
        );
    }

    [Fact]
    public void Metric_that_is_constant_or_that_few_dies_have_says_why_it_has_no_indices()
    {
        using var folder = new StudyFolder();
        string[] arguments =
        [
            "--dies",
            "20",
            "--by",
            "source",
            "--metric",
            "train_accuracy,epochs_to_target",
            "--set",
            "specs=[accuracy >= 0.1]",
            "--set",
            "output.target=cross_entropy <= 0.01",
        ];
        string text = folder.Run(["sensitivity", StudyFolder.Study, .. arguments]).Succeeded().Unwrapped();
        Assert.Contains("accuracy >= 0.1: 20 of 20 dies pass, 100.0 %", text);
        Assert.Contains("no indices: the dies all pass or all fail", text);
        Assert.Contains("train_accuracy: no indices: it is the same for all dies", text);
        Assert.Contains("epochs_to_target: no indices: 0 of 20 dies have it in every training; 16 are needed", text);
        JsonNode json = Json(folder, arguments);
        Assert.Null(json["yields"]!["accuracy >= 0.1"]!["groups"]);
        Assert.NotNull(json["yields"]!["accuracy >= 0.1"]!["gains"]!["process"]);
        Assert.Null(json["metrics"]!["epochs_to_target"]!["mean"]);
        Assert.Null(json["metrics"]!["epochs_to_target"]!["sum"]);
    }

    [Fact]
    public void Default_is_512_dies_by_cell_and_the_metrics_that_have_a_spec()
    {
        using var folder = new StudyFolder();
        JsonNode json = Json(folder);
        Assert.Equal(512, json["dies"]!.GetValue<int>());
        Assert.Equal(512 * (2 + 3 * 14), json["trainings"]!.GetValue<int>());
        Assert.Equal(["temperature_gradient"], json["still"]!.AsArray().Select(group => $"{group}"));
        Assert.Equal(["accuracy", "mse_vs_ideal_percent"], json["metrics"]!.AsObject().Select(metric => metric.Key));
        Assert.Equal(0.95, json["confidence"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("--metric: unknown metric 'acuracy'; did you mean 'accuracy'?", "--metric", "cross_entropy,acuracy")]
    [InlineData("--dies: '15' is not allowed; expected 16 to 20000 (see yieldlab --help)", "--dies", "15")]
    [InlineData("--by: 'cel' is not allowed; expected cell, source or stream (see yieldlab --help)", "--by", "cel")]
    [InlineData(
        "--group: 'a' is not allowed; expected such as loops=multiplier,gradient, with a name of at most 20 characters (see yieldlab --help)",
        "--group",
        "a"
    )]
    [InlineData("--group a: no group 'gradients' is left; did you mean 'gradient'?", "--group", "a=dac,gradients")]
    [InlineData("--group dac: there is a group of that name; expected another name", "--group", "dac=multiplier")]
    [InlineData(
        "--set variation={process: off, mismatch: off, leakage: on, temperature: off}: variation: nothing varies from die to die; expected variation of process, mismatch or temperature, or noise",
        "--set",
        "variation={process: off, mismatch: off, leakage: on, temperature: off}"
    )]
    public void Mistake_is_refused_in_one_line(string message, params string[] arguments)
    {
        using var folder = new StudyFolder();
        folder.Run(["sensitivity", StudyFolder.Study, .. arguments]).IsRefusedWith(message);
    }

    [Fact]
    public void Dies_of_a_table_are_refused()
    {
        using var folder = new StudyFolder();
        folder.Write("silicon.csv", string.Concat(Enumerable.Repeat("25\n", 20).Prepend("temperature_c\n")));
        folder
            .Run("sensitivity", StudyFolder.Study, "--dies", "16", "--set", "sampling={table: silicon.csv}")
            .IsRefusedNaming(
                "sampling.table",
                "the dies of a table are given together",
                "expected dies that are drawn"
            );
    }

    [Fact]
    public void Interrupt_ends_it_in_order()
    {
        CommandLine.SkipUnlessItHears("INT");
        using var folder = new StudyFolder();
        using CommandLine program = CommandLine.Start(
            folder.Root,
            "sensitivity",
            StudyFolder.Study,
            "--dies",
            "20000",
            "--json"
        );
        // Long enough to be at work, but on a busy machine: there the signal ends a process that says nothing yet.
        Thread.Sleep(3000);
        program.Send("INT");
        Answer answer = program.Finish();
        Assert.Equal(130, answer.ExitCode);
        Assert.Equal("", answer.Output);
        Assert.Contains(
            answer.Error,
            new[] { "", $"yieldlab: interrupted; nothing of a sensitivity study is stored{Environment.NewLine}" }
        );
    }

    private static double[] Reals(PreparedStudy study, long first, int count, string column)
    {
        IDieModel model = study.DieModel();
        var values = new List<double>();
        using IDieWorker worker = model.CreateWorker();
        for (int done = 0; done < count; done += model.BatchSize)
        {
            int size = Math.Min(model.BatchSize, count - done);
            var rows = new RowBlock(DieTable.Columns(model, []), size);
            worker.Run(first + done, size, rows, 0, null);
            values.AddRange(rows.Reals(column));
        }
        return [.. values];
    }

    private static void AssertIndex(SensitivityIndex expected, JsonNode found)
    {
        Assert.Equal(expected.Value, found["value"]!.GetValue<double>());
        Assert.Equal(expected.Error, found["error"]!.GetValue<double>());
        Assert.Equal(expected.Lower, found["lower"]!.GetValue<double>());
        Assert.Equal(expected.Upper, found["upper"]!.GetValue<double>());
    }

    private static JsonNode Json(StudyFolder folder, params string[] arguments) =>
        JsonNode.Parse(folder.Run(["sensitivity", StudyFolder.Study, "--json", .. arguments]).Succeeded())!;

    private static PreparedStudy Prepared(StudyFolder folder, params string[] settings) =>
        PreparedStudy.Of(StudyFile.Read(folder.PathOf(StudyFolder.Study), settings));
}
