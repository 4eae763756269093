using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;
using YieldLab.Cli.Pages;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Pages;
using YieldLab.Reports.Pages.Sections;
using YieldLab.Statistics.Estimation;
using YieldLab.Tests.Cli;

namespace YieldLab.Tests.Pages;

/// <summary>What <c>yieldlab report</c> writes, leaves alone and refuses.</summary>
public sealed class ReportTests(StoredReports reports) : IClassFixture<StoredReports>
{
    private const string Mse = "mse_vs_ideal_percent";

    // The oracle counts the stored rows, and gives failed dies to the lower and the upper end as docs/yield.md says.
    [Fact]
    public void Yields_are_those_of_the_stored_rows_with_Wilson_intervals()
    {
        string text = Words(reports.Html(StoredReports.Run));
        string run = reports.Folder.PathOf(StoredReports.Run);
        int failed = DieRows.Texts(run, "failure").Count(reason => reason is not null);
        Assert.InRange(failed, 1, 20);
        foreach (string column in new[] { "pass", "pass_accuracy_above_0p7", $"pass_{Mse}_below_0p5" })
        {
            int passed = DieRows.Truths(run, column).Count(pass => pass);
            double lower = WilsonInterval.Of(passed, StoredReports.Dies).Lower;
            double upper = WilsonInterval.Of(passed + failed, StoredReports.Dies).Upper;
            Assert.Contains(
                $"{FigureText.Percent((double)passed / StoredReports.Dies)} {(column == "pass" ? "of 200 dies meet all 2 specifications " : "")}(95 % interval {FigureText.Interval(lower, upper)})",
                text
            );
        }
        Assert.Contains(failed == 1 ? "1 die failed and has" : $"{failed} dies failed and have", text);
    }

    [Fact]
    public void Quantiles_and_worst_dies_are_those_of_the_sorted_rows()
    {
        string html = reports.Html(StoredReports.Run);
        double[] values = DieRows.Reals(reports.Folder.PathOf(StoredReports.Run), Mse);
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        foreach (double p in new[] { 0.01, 0.5, 0.99 })
            Assert.Contains(
                $"<tr><th scope=\"row\">{FigureText.Exact(p)}</th><td>{FigureText.Number(Quantile.OfSorted(sorted, p))}</td>",
                html
            );
        int worst = Array.IndexOf(values, sorted[^1]);
        Assert.Contains($"<tr><th scope=\"row\">largest</th><td>{worst}</td>", html);
        Assert.Matches($@"yieldlab die sample \S*tiny.yaml [^\n]*--die {worst}\n", WebUtility.HtmlDecode(html));
    }

    [Fact]
    public void Text_of_a_study_stays_text()
    {
        string html = reports.Html(StoredReports.Run);
        Assert.DoesNotContain("<script", html);
        Assert.Contains(WebUtility.HtmlEncode(StoredReports.Hostile), html);
        var written = new HtmlWriter().Element("p", "<b>&", ("title", "\"><script>"));
        Assert.Equal("<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;</p>", $"{written}");
    }

    // No second file is asked for, and no id is there twice: pictures name their words by ids.
    [Theory]
    [InlineData(StoredReports.Run)]
    [InlineData(StoredReports.Sweep)]
    public void Page_stands_alone_and_its_ids_are_unlike(string run)
    {
        string html = reports.Html(run);
        Assert.Empty(Regex.Matches(html, "(?:src|srcset|data|href)=\"(?!#)[^\"]*\"|@import|url\\((?!#)"));
        string[] ids = [.. Regex.Matches(html, "\\bid=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(ids.Distinct(), ids);
        foreach (Match named in Regex.Matches(html, "(?:href=\"#|aria-labelledby=\")([^\"]*)\""))
            Assert.Subset(ids.ToHashSet(), named.Groups[1].Value.Split(' ').ToHashSet());
        Assert.Single(Regex.Matches(html, "<h1>"));
        int[] levels = [.. Regex.Matches(html, "<h([1-6])[ >]").Select(match => int.Parse(match.Groups[1].Value))];
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.InRange(pair.Second, 2, pair.First + 1));
    }

    [Fact]
    public void Second_report_has_the_same_bytes_and_its_pictures_are_files()
    {
        string html = reports.Html(StoredReports.Run);
        string[] pictures = [.. Directory.GetFiles(reports.Folder.PathOf("pictures"), "*.svg").Order()];
        Assert.Equal(Regex.Count(html, "<figure>"), pictures.Length);
        Assert.All(pictures, file => Assert.Contains(File.ReadAllText(file).TrimEnd('\n'), html));
        string[] again = ["--target", "60 %", "--add", "margin.json", "--add", "sensitivity.json", "--out", "b.html"];
        Assert.Contains($"written: b.html", reports.Folder.Run(["report", StoredReports.Run, .. again]).Succeeded());
        Assert.Equal(html, File.ReadAllText(reports.Folder.PathOf("b.html")));
    }

    [Fact]
    public void Sweep_tells_each_point_and_the_lowest_in_detail()
    {
        string html = reports.Html(StoredReports.Sweep);
        using RunFolder folder = RunFolder.Open(reports.Folder.PathOf(StoredReports.Sweep));
        IReadOnlyList<RunSummary> points = StoredRun.Read(folder).Points;
        foreach (var (i, point) in points.Index())
            Assert.Matches(
                $"<tr><th scope=\"row\">{i}</th>(<td>[^<]*</td>){{2}}<td>20</td><td>0</td><td>{point.Yields[^1].Passed}</td>",
                html
            );
        int lowest = Enumerable.Range(0, points.Count).MinBy(i => points[i].Yields[^1].Value);
        Assert.Contains($"What follows is of point {lowest} alone", html);
        Assert.Contains("the first of those with the lowest yield", html);
    }

    // As a colleague would: the line is given to the program as it stands in the page.
    [Fact]
    public void Command_of_the_page_makes_the_same_rows()
    {
        string html = WebUtility.HtmlDecode(reports.Html(StoredReports.Sweep));
        string line = Regex.Match(html, "yieldlab run [^\n<]*").Value;
        string[] words = ShellWords(line);
        reports.Folder.Run([.. words[1..], "--quiet"]).Succeeded();
        string again = reports.Folder.PathOf(words[Array.IndexOf(words, "--out") + 1]);
        Assert.Equal(DieRows.Reals(reports.Folder.PathOf(StoredReports.Sweep), Mse), DieRows.Reals(again, Mse));
    }

    // The words of the shell as above; the points are told by what is stored of them, their settings by their hashes.
    [Theory]
    [InlineData("", "--set", "temperature.gradient=2 K", "--sweep", "temperature.value=[-40 C, 27 C]")]
    [InlineData("sweep: { cross: { training.l2: [0.001, 0.01] } }", "--sweep", "training.learning_rate=[0.05, 0.1]")]
    [InlineData("sweep: { zip: { training.l2: [0.001, 0.01], training.learning_rate: [0.05, 0.1] } }")]
    [InlineData(
        "\"sweep\": { cross: { training.l2: [0.001, 0.01] } }",
        "--sweep",
        "training.l2={from: 0.1, to: 0.3, count: 3}"
    )]
    public void Command_of_a_sweep_makes_the_same_points(string sweep, params string[] options)
    {
        using var folder = new StudyFolder();
        folder.Write(StudyFolder.Study, StudyFolder.StudyText + sweep + "\n");
        Run(folder, "runs/tiny", 2, options);
        using RunFolder run = RunFolder.Open(folder.PathOf("runs/tiny"));
        StoredRun stored = StoredRun.ReadManifest(run);
        Assert.InRange(stored.Description.Points.Count, 2, 4);
        string line = RunCommandLine.Of(stored, StudyFolder.Study)!;
        folder.Run([.. ShellWords(line)[1..], "--quiet"]).Succeeded();
        using RunFolder again = RunFolder.Open(folder.PathOf("runs/tiny-again"));
        Assert.Equal(Points(stored), Points(StoredRun.ReadManifest(again)));

        static string[] Points(StoredRun run) =>
            [
                .. run.Description.Points.Select(point =>
                    $"{point.Name} {string.Join(", ", point.Swept.Select(value => value.Value))} {run.About(point)["identity_sha256"]}"
                ),
            ];
    }

    [Fact]
    public void Sweep_of_an_older_version_has_no_command_rather_than_a_wrong_one()
    {
        reports.Html(StoredReports.Sweep);
        using RunFolder folder = RunFolder.Open(reports.Folder.PathOf(StoredReports.Sweep));
        StoredRun run = StoredRun.ReadManifest(folder);
        run.Manifest["study"]!.AsObject().Remove("sweeps");
        Assert.Null(RunCommandLine.Of(run, StudyFolder.Study));
    }

    // Three keys, of which two go in step: no map, and two lines of points.
    [Fact]
    public void Keys_that_go_in_step_have_curves_together()
    {
        using var folder = new StudyFolder();
        string sweep =
            "sweep: { zip: { training.l2: [0.001, 0.01, 0.1], training.learning_rate: [0.05, 0.1, 0.05] } }\n";
        folder.Write(StudyFolder.Study, StudyFolder.StudyText + sweep);
        Run(folder, "runs/pair", 4);
        Run(folder, "runs/three", 4, "--sweep", "design.cells.dac.width=[1 um, 2 um]");
        string pair = Report("runs/pair");
        Assert.Contains("<h3>Along training_l2, in step with training_learning_rate</h3>", pair);
        Assert.Contains("<figcaption>Yield along training_l2</figcaption>", pair);
        Assert.DoesNotContain("Yield over training", pair);
        string three = Report("runs/three");
        Assert.Matches(
            "<h3>Along training_l2, in step with training_learning_rate, at design_cells_dac_width = [12] µm</h3>",
            three
        );
        Assert.Matches("<h3>Along design_cells_dac_width, at training_l2 = ", three);

        string Report(string run)
        {
            folder.Run("report", run).Succeeded();
            return WebUtility.HtmlDecode(File.ReadAllText(folder.PathOf($"{run}/report.html")));
        }
    }

    // A run that goes on may store the first die of a point after the points were read.
    [Fact]
    public void Point_that_got_its_first_dies_since_is_told_by_its_number()
    {
        reports.Html(StoredReports.Sweep);
        using RunFolder folder = RunFolder.Open(reports.Folder.PathOf(StoredReports.Sweep));
        StoredRun run = StoredRun.ReadManifest(folder);
        var asked = new ReportQuestion(new(), [], null);
        IReadOnlyList<SweepPoint> points = [.. SweepPoint.Of(folder, run, asked.Yields, []).SkipLast(1)];
        StoredPointDies last = StoredPointDies.Open(folder.Path, 5);
        Section section = SweepSection.Of(last, points, asked, isChosen: true);
        Assert.Contains("What follows is of point 5 alone", ((Block.Text)section.Blocks[^1]).Words);
    }

    [Fact]
    public void Values_of_the_sweep_are_written_as_in_its_pictures()
    {
        string html = WebUtility.HtmlDecode(reports.Html(StoredReports.Sweep));
        string section = html[html.IndexOf("<section id=\"sweep\"")..html.IndexOf("<section id=\"yield\"")];
        Assert.Contains("design_cells_multiplier_width = 1 µm", section);
        Assert.DoesNotContain(" um", section);
    }

    // 850 of 1,000 pass and 20 have no result: between 85 % and 87 % more dies of the kind would leave it open.
    [Theory]
    [InlineData(0.86, "below it if the failed dies fail and reaches it if they pass")]
    [InlineData(0.84, "more dies would tell")]
    [InlineData(0.88, "more dies would tell")]
    public void Failed_dies_or_more_dies_decide_an_open_target(double target, string words)
    {
        var interval = new ProportionInterval(WilsonInterval.Of(850, 1000).Lower, WilsonInterval.Of(870, 1000).Upper);
        TargetVerdict verdict = TargetVerdict.Of(new("all specs", 850, 20, 1000, interval, "wilson", 0.95), target);
        Assert.Equal(Tone.Open, verdict.Tone);
        Assert.Contains(words, verdict.Words);
    }

    [Fact]
    public void Added_results_tell_that_they_are_incomplete_and_which_dies_failed()
    {
        reports.Html(StoredReports.Run);
        Assert.DoesNotContain("interrupted", Added("margin.json", _ => { }));
        Assert.Contains("The search was interrupted", Added("margin.json", json => json["complete"] = false));
        Assert.Contains(
            "3 dies failed in a training (2: no bias; 1: no light): they pass nothing, and metrics leave them out.",
            Added("sensitivity.json", json => json["failures"] = new JsonObject { ["no bias"] = 2, ["no light"] = 1 })
        );
        Assert.Contains("Shares with 95 % intervals", Words(reports.Html(StoredReports.Run)));

        string Added(string file, Action<JsonNode> change)
        {
            Altered(file, "altered.json", change);
            return string.Join(
                "\n",
                AddedResult
                    .Of(reports.Folder.PathOf("altered.json"), 1)
                    .Select(block => block is Block.Note note ? note.Words : "")
            );
        }
    }

    [Theory]
    [InlineData("data")]
    [InlineData("identity")]
    [InlineData("process")]
    public void Manifest_that_lacks_a_part_is_refused_in_one_line(string part)
    {
        using var folder = new StudyFolder();
        Run(folder, "runs/tiny", 1);
        string path = folder.PathOf("runs/tiny/manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        manifest.Remove(part);
        File.WriteAllText(path, manifest.ToJsonString());
        folder
            .Run("report", "runs/tiny")
            .IsRefusedWith(
                $"{Path.Combine("runs/tiny", "manifest.json")}: not a description that this version of the program wrote; run the study again with --overwrite"
            );
    }

    // A stop for the keyboard where a phone would have to scroll, and nowhere else.
    [Fact]
    public void Wide_tables_and_long_lines_take_the_focus_and_narrow_ones_do_not()
    {
        string row = new('x', 60);
        string html = new Page(
            "",
            "",
            [
                new(
                    "a",
                    "A",
                    [
                        new Block.Table(
                            "narrow",
                            ["reason", "dies"],
                            [
                                ["no bias", "12"],
                            ]
                        ),
                        new Block.Table(
                            "wide",
                            ["reason", "dies"],
                            [
                                [row, "12"],
                            ]
                        ),
                        new Block.Code("short", "a: 1\nb: 2"),
                        new Block.Code("long", $"a: 1\nb: {row}"),
                    ]
                ),
            ],
            ""
        ).Html();
        Assert.Equal(
            ["wide", "long"],
            Regex.Matches(html, "tabindex=\"0\" aria-label=\"([a-z]*)\"").Select(match => match.Groups[1].Value)
        );
        Assert.DoesNotContain("region", Regex.Replace(html, "<style>.*?</style>", "", RegexOptions.Singleline));
    }

    [Theory]
    [InlineData(90, 0.8, Tone.Good)]
    [InlineData(90, 0.97, Tone.Bad)]
    [InlineData(90, 0.9, Tone.Open)]
    public void Target_is_met_or_missed_by_the_whole_interval(int passed, double target, Tone tone)
    {
        ProportionInterval interval = WilsonInterval.Of(passed, 100);
        var all = new YieldEstimate("all specs", passed, 0, 100, interval, "wilson", 0.95);
        Assert.Equal(tone, TargetVerdict.ToneOf(all, target));
        Assert.Equal(Tone.Good, TargetVerdict.ToneOf(all, interval.Lower));
        Assert.Equal(Tone.Open, TargetVerdict.ToneOf(all, interval.Upper));
        Assert.Contains(TargetVerdict.Word(tone), TargetVerdict.Of(all, target).Words);
    }

    // One die, no epochs, no variation between dies, a study that has changed: each part that is left out says why.
    [Fact]
    public void Parts_that_cannot_be_say_why()
    {
        using var folder = new StudyFolder();
        Run(
            folder,
            "runs/tiny",
            1,
            "--set",
            "output.epochs=off",
            "--set",
            "variation={process: off, mismatch: on, leakage: on, temperature: off}"
        );
        folder.Write(StudyFolder.Study, StudyFolder.StudyText.Replace("l2: 0.001", "l2: 0.002"));
        folder.Run("report", "runs/tiny").Succeeded();
        string text = Words(File.ReadAllText(folder.PathOf("runs/tiny/report.html")));
        Assert.Contains("Left out: the run did not store its epochs", text);
        Assert.Contains(
            "Left out: tiny.yaml: not the study of runs/tiny: training.l2 is 0.001 there and 0.002 here",
            text
        );
        Assert.Contains("There is no command that gives a die again: tiny.yaml: not the study", text);
        // Whoever names the study is told at once.
        folder
            .Run("report", "runs/tiny", "--study", StudyFolder.Study)
            .IsRefusedNaming("--study tiny.yaml: tiny.yaml: not the study of runs/tiny: training.l2 is 0.001 there");
        Assert.Contains("All dies have the same temperature and shifts", text);
    }

    [Fact]
    public void Run_that_ended_before_its_dies_is_told_to_be_incomplete()
    {
        using var folder = new StudyFolder();
        const int asked = 1_000_000;
        Run(folder, "runs/tiny", asked, "--set", "stop={after: 20 ms}");
        int stored = DieRows.Truths(folder.PathOf("runs/tiny"), "pass").Length;
        Assert.InRange(stored, 1, asked - 1);
        Answer answer = folder.Run("report", "runs/tiny");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("the run is not complete (time over)", answer.Error);
        string text = Words(File.ReadAllText(folder.PathOf("runs/tiny/report.html")));
        Assert.Contains($"The run is not complete (time over): {FigureText.Dies(stored)} of {asked} are stored", text);
    }

    [Fact]
    public void Run_and_its_commands_leave_a_report_alone()
    {
        using var folder = new StudyFolder();
        string report = folder.PathOf("runs/tiny/report.html");
        void Keeps(params string[] command)
        {
            File.WriteAllText(report, "a report");
            folder.Run(command).Succeeded();
            Assert.Equal("a report", File.ReadAllText(report));
        }
        Run(folder, "runs/tiny", 8);
        Keeps("run", StudyFolder.Study, "--samples", "16", "--quiet");
        Keeps("run", StudyFolder.Study, "--samples", "32", "--shard", "0/1", "--quiet");
        Keeps("merge", "runs/tiny");
        Keeps("query", "runs/tiny", "select count(*) from dies");
        Keeps("run", StudyFolder.Study, "--samples", "8", "--overwrite", "--quiet");
    }

    [Theory]
    [InlineData("runs/none: no run is here (there is no manifest.json)", "runs/none")]
    [InlineData("--out: 'tiny.yaml' is not allowed; expected a file that ends in .html", "RUN", "--out", "tiny.yaml")]
    [InlineData("--metric: unknown metric 'acuracy'; did you mean 'accuracy'?", "RUN", "--metric", "acuracy")]
    [InlineData("RUN: there is no point 3; expected 0 to 0", "RUN", "--point", "3")]
    [InlineData(
        "--target: '2' is not allowed; expected between 0 and 1, such as 0.9 or 90 % (see yieldlab --help)",
        "RUN",
        "--target",
        "2"
    )]
    [InlineData("none.json: there is no such file", "RUN", "--add", "none.json")]
    [InlineData(
        "--add tiny.csv: it is no JSON; expected what yieldlab margin --json or yieldlab sensitivity --json printed",
        "RUN",
        "--add",
        "tiny.csv"
    )]
    [InlineData(
        "--add RUN/manifest.json: it is another file; expected what yieldlab margin --json or yieldlab sensitivity --json printed",
        "RUN",
        "--add",
        "RUN/manifest.json"
    )]
    [InlineData(
        "--add broken.json: a part of it is missing or altered; expected what yieldlab margin --json or yieldlab sensitivity --json printed",
        "RUN",
        "--add",
        "broken.json"
    )]
    [InlineData(
        "--add no-dies.json: a part of it is missing or altered; expected what yieldlab margin --json or yieldlab sensitivity --json printed",
        "RUN",
        "--add",
        "no-dies.json"
    )]
    [InlineData(
        "--add no-setting.json: a part of it is missing or altered; expected what yieldlab margin --json or yieldlab sensitivity --json printed",
        "RUN",
        "--add",
        "no-setting.json"
    )]
    [InlineData(
        "--add no-band.json: a part of it is missing or altered; expected what yieldlab margin --json or yieldlab sensitivity --json printed",
        "RUN",
        "--add",
        "no-band.json"
    )]
    public void Mistake_is_refused_in_one_line(string message, params string[] arguments)
    {
        reports.Html(StoredReports.Run);
        reports.Folder.Write("broken.json", "{\"curves\": [{\"settings\": 3}]}");
        Altered("margin.json", "no-band.json", json => json["curves"]![0]!["band"] = new JsonArray());
        Altered("margin.json", "no-setting.json", json => Settings(json)[0]!["value"] = 1234.5);
        Altered(
            "margin.json",
            "no-dies.json",
            json =>
            {
                foreach (JsonNode? setting in Settings(json))
                    setting!["dies"] = 0;
            }
        );
        static JsonArray Settings(JsonNode json) => json["curves"]![0]!["settings"]!.AsArray();
        string Named(string text) => text.Replace("RUN", StoredReports.Run);
        reports.Folder.Run(["report", .. arguments.Select(Named)]).IsRefusedWith(Named(message));
    }

    // The largest pages: many points, and dies enough for as many dots as a picture has, of every metric.
    [Fact]
    public void Report_of_a_hundred_points_and_ten_metrics_is_below_three_megabytes()
    {
        using var folder = new StudyFolder();
        string Values(double first) => string.Join(", ", Enumerable.Range(1, 10).Select(i => $"{first * i:g6}"));
        string[] sweep =
        [
            "--sweep",
            $"training.l2=[{Values(0.001)}]",
            "--sweep",
            $"training.learning_rate=[{Values(0.01)}]",
        ];
        Run(folder, "runs/points", 64, sweep);
        Run(folder, "runs/dies", 2000);
        string[] metrics = [.. Metrics(folder.PathOf("runs/dies"))];
        Assert.InRange(SizeOf(folder, "runs/points", metrics[..10]), 500_000, 3_000_000);
        Assert.InRange(SizeOf(folder, "runs/dies", metrics), 500_000, 3_000_000);
    }

    private static IEnumerable<string> Metrics(string path)
    {
        using RunFolder folder = RunFolder.Open(path);
        return StoredRun.ReadManifest(folder).Description.Dies.Where(c => c.IsMetric).Select(c => c.Name).ToArray();
    }

    private static long SizeOf(StudyFolder folder, string run, string[] metrics)
    {
        folder.Run("report", run, "--metric", string.Join(',', metrics)).Succeeded();
        return new FileInfo(folder.PathOf($"{run}/report.html")).Length;
    }

    private static void Run(StudyFolder folder, string place, int samples, params string[] more) =>
        folder
            .Run(["run", StudyFolder.Study, "--samples", $"{samples}", "--out", place, "--quiet", .. more])
            .Succeeded();

    private void Altered(string file, string into, Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(reports.Folder.PathOf(file)))!;
        change(json);
        reports.Folder.Write(into, json.ToJsonString());
    }

    private static string[] ShellWords(string line) =>
        [.. Regex.Matches(line, "'[^']*'|\\S+").Select(word => word.Value.Trim('\''))];

    // What a reader sees.
    private static string Words(string html) =>
        Regex.Replace(WebUtility.HtmlDecode(Regex.Replace(html, "<style>.*?</style>|<[^>]*>", "")), "\\s+", " ");
}
