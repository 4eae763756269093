using System.Text.Json.Nodes;
using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>What run, summary, compare and sensitivity print where it goes to a file, and the counts of their histograms.
/// </summary>
public sealed class TerminalTests(TerminalTests.TwoRuns runs) : IClassFixture<TerminalTests.TwoRuns>
{
    private const string Spec = "weight_mse_vs_ideal_percent <= 1.234567";

    public static TheoryData<string, string> CommandsAndLocales =>
        new MatrixTheoryData<string, string>(
            ["run", "summary a", "compare a b", "sensitivity"],
            ["C.UTF-8", "C", "en_US.ISO-8859-1"]
        );

    [Theory]
    [MemberData(nameof(CommandsAndLocales))]
    public void Redirected_text_fits_80_columns_without_escapes_and_trailing_blanks(string command, string locale)
    {
        string output = runs.Text(command, locale);
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('…', output);
        Assert.All(
            output.ReplaceLineEndings("\n").Split('\n'),
            line =>
            {
                Assert.InRange(line.Length, 0, 80);
                Assert.Equal(line.TrimEnd(), line);
            }
        );
        bool isUnicode = locale == "C.UTF-8";
        Assert.Equal(isUnicode, output.Any(letter => letter > '\u007f'));
        Assert.Contains(
            isUnicode ? '█'
                : command == "sensitivity" ? '#'
                : '@',
            output
        );
        if (command != "sensitivity")
            Assert.Contains("fails <= 1.234567", output);
    }

    // Before it .NET switches the keypad of the terminal.
    [Fact]
    public void Terminal_gets_the_text_of_a_file()
    {
        string shown = CommandLine.RunInTerminal(runs.Root, 100, "summary", "a").Output;
        Assert.EndsWith(runs.Text("summary a", "C.UTF-8").ReplaceLineEndings("\n"), shown.ReplaceLineEndings("\n"));
        Assert.DoesNotMatch("\u001b\\[[0-9;]*m", shown);
    }

    [Fact]
    public void Counts_of_run_and_summary_are_those_of_the_stored_dies()
    {
        string[] asked = ["run", StudyFolder.Study, "--out", "a", "--samples", "300", "--json", .. TwoRuns.Changes];
        JsonNode run = runs.Json(asked);
        JsonNode summary = runs.Json("summary", "a", "--json");
        string[] drawn = [.. summary["histograms"]!.AsObject().Select(histogram => histogram.Key)];
        Assert.Equal(["accuracy", "epochs_to_target", "weight_mse_vs_ideal_percent"], drawn.Order());
        foreach (string metric in drawn)
        {
            JsonNode histogram = summary["histograms"]![metric]!;
            Assert.True(JsonNode.DeepEquals(histogram, run["metrics"]![metric]!["histogram"]));
            Assert.Equal(Brute("a", metric, histogram), Longs(histogram["counts"]!));
            Assert.Equal(
                300,
                Longs(histogram["counts"]!).Sum() + Long(histogram["never"]!) + Long(histogram["without"]!)
            );
        }
        Assert.NotEqual(0, Long(summary["histograms"]!["epochs_to_target"]!["never"]!));
        Assert.NotEqual(0, Long(summary["histograms"]!["accuracy"]!["without"]!));
        Assert.Null(run["metrics"]!["eta_mean"]!["histogram"]);
    }

    // The limit is an edge, so that the bins below it hold just the dies that pass.
    [Fact]
    public void Bins_up_to_the_limit_hold_the_dies_that_pass()
    {
        JsonNode summary = runs.Json("summary", "a", "--json");
        JsonNode histogram = summary["histograms"]!["weight_mse_vs_ideal_percent"]!;
        double[] edges = [.. histogram["edges"]!.AsArray().Select(edge => edge!.GetValue<double>())];
        int limit = Array.IndexOf(edges, Math.BitIncrement(1.234567));
        Assert.NotEqual(-1, limit);
        JsonNode yield = summary["yield"]!.AsArray().Single(yield => (string?)yield!["spec"] == Spec)!;
        Assert.Equal(Long(yield["passed"]!), Longs(histogram["counts"]!)[..limit].Sum());
    }

    [Fact]
    public void Counts_of_a_comparison_are_those_of_the_dies_that_have_a_number_in_both()
    {
        JsonNode found = runs.Json("compare", "a", "b", "--json")["metrics"]!["accuracy"]!;
        JsonNode histogram = found["histogram"]!;
        double[] a = DieRows.Reals(runs.PathOf("a"), "accuracy");
        double[] b = DieRows.Reals(runs.PathOf("b"), "accuracy");
        bool[] both = [.. a.Zip(b, (x, y) => double.IsFinite(x) && double.IsFinite(y))];
        Assert.Equal(Brute([.. a.Where((_, i) => both[i])], histogram), Longs(histogram["a"]!));
        Assert.Equal(Brute([.. b.Where((_, i) => both[i])], histogram), Longs(histogram["b"]!));
        Assert.Equal(both.Count(pair => pair), Longs(histogram["a"]!).Sum());
    }

    private long[] Brute(string run, string metric, JsonNode histogram) =>
        Brute([.. DieRows.Reals(runs.PathOf(run), metric).Where(double.IsFinite)], histogram);

    private static long[] Brute(double[] values, JsonNode histogram)
    {
        double[] edges = [.. histogram["edges"]!.AsArray().Select(edge => edge!.GetValue<double>())];
        return
        [
            .. Enumerable
                .Range(0, edges.Length - 1)
                .Select(bin =>
                    values.LongCount(value =>
                        value >= edges[bin]
                        && (value < edges[bin + 1] || (bin == edges.Length - 2 && value == edges[^1]))
                    )
                ),
        ];
    }

    private static long Long(JsonNode number) => number.GetValue<long>();

    private static long[] Longs(JsonNode list) => [.. list.AsArray().Select(value => value!.GetValue<long>())];

    /// <summary>Two runs of the same 300 dies with another L2: some fail, some never get there, and a name is long.</summary>
    public sealed class TwoRuns : IDisposable
    {
        internal static readonly string[] Changes =
        [
            "--set",
            StudyFolder.ImpossibleDies,
            "--set",
            "output.target=cross_entropy <= 0.3",
            "--set",
            $"specs=[accuracy >= 0.7, epochs_to_target <= 1, {Spec}]",
        ];

        private readonly StudyFolder _folder = new();

        public TwoRuns()
        {
            foreach (string[] run in new[] { ["a"], new[] { "b", "--set", "training.l2=0.05" } })
                _folder
                    .Run(["run", StudyFolder.Study, "--quiet", "--samples", "300", .. Changes, "--out", .. run])
                    .Succeeded();
        }

        public string Root => _folder.Root;

        public string PathOf(string name) => _folder.PathOf(name);

        public JsonNode Json(params string[] arguments) => JsonNode.Parse(_folder.Run(arguments).Succeeded())!;

        /// <summary>What a command prints; run and sensitivity have their study and settings.</summary>
        public string Text(string command, string locale)
        {
            string[] arguments = command switch
            {
                "run" => ["run", StudyFolder.Study, "--samples", "300", "--out", "a", .. Changes],
                "sensitivity" => ["sensitivity", StudyFolder.Study, "--dies", "16"],
                _ => command.Split(' '),
            };
            var environment = new Dictionary<string, string> { ["LC_ALL"] = locale, ["LANG"] = "" };
            return CommandLine.RunWith(environment, Root, arguments).Succeeded();
        }

        public void Dispose() => _folder.Dispose();
    }
}
