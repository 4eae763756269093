using System.Net;
using System.Text.RegularExpressions;
using Xunit;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Pages;
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
        Assert.Contains("the one with the lowest yield", html);
    }

    // As a colleague would: the line is given to the program as it stands in the page.
    [Fact]
    public void Command_of_the_page_makes_the_same_rows()
    {
        string html = WebUtility.HtmlDecode(reports.Html(StoredReports.Sweep));
        string line = Regex.Match(html, "yieldlab run [^\n<]*").Value;
        string[] words = [.. Regex.Matches(line, "'[^']*'|\\S+").Select(word => word.Value.Trim('\''))];
        reports.Folder.Run([.. words[1..], "--quiet"]).Succeeded();
        string again = reports.Folder.PathOf(words[Array.IndexOf(words, "--out") + 1]);
        Assert.Equal(DieRows.Reals(reports.Folder.PathOf(StoredReports.Sweep), Mse), DieRows.Reals(again, Mse));
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
        Assert.Contains("All dies have the same temperature and shifts", text);
    }

    [Fact]
    public void Run_that_was_interrupted_is_told_to_be()
    {
        using var folder = new StudyFolder();
        Run(folder, "runs/tiny", 8);
        string manifest = File.ReadAllText(folder.PathOf("runs/tiny/manifest.json"));
        folder.Write("runs/tiny/manifest.json", manifest.Replace("\"complete\"", "\"interrupted\""));
        Answer answer = folder.Run("report", "runs/tiny");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("the run is not complete (interrupted)", answer.Error);
        string text = Words(File.ReadAllText(folder.PathOf("runs/tiny/report.html")));
        Assert.Contains("The run is not complete (interrupted): 8 dies of 8 are stored", text);
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
    public void Mistake_is_refused_in_one_line(string message, params string[] arguments)
    {
        reports.Html(StoredReports.Run);
        reports.Folder.Write("broken.json", "{\"curves\": [{\"settings\": 3}]}");
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

    // What a reader sees.
    private static string Words(string html) =>
        Regex.Replace(WebUtility.HtmlDecode(Regex.Replace(html, "<style>.*?</style>|<[^>]*>", "")), "\\s+", " ");
}
