using System.CommandLine;
using YieldLab.Cli.Pages;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Yields;
using YieldLab.Studies;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab report</c>: all that a stored run says, as one HTML file with its pictures.</summary>
internal static class ReportCommand
{
    private const string UsualName = "report.html";

    public static Command Create()
    {
        var run = Shared.Run();
        var output = new Option<string?>("--out")
        {
            Description = $"File to write (default: DIR/{UsualName})",
            HelpName = "FILE.html",
        };
        var point = Shared.Point();
        var metric = Shared.Metric("Metrics, separated by commas (default: those that have a specification)");
        var target = Shared.Number<double?>(
            "--target",
            "SHARE",
            "Yield that is wanted: whether it is met, missed or undecided",
            text => Shared.Share(text),
            "between 0 and 1, such as 0.9 or 90 %"
        );
        var interval = SummaryCommand.Interval();
        var confidence = Shared.Confidence(
            "Confidence of the intervals (default: that of the run, 95 % where its stop does not say otherwise)"
        );
        var study = Shared.StudyOfRun();
        var add = new Option<string[]>("--add")
        {
            Description = "Result of margin --json or sensitivity --json to show as well; may be repeated",
            HelpName = "FILE.json",
        };
        var figures = new Option<string?>("--figures")
        {
            Description = "Write the pictures into this folder as well, as SVG",
            HelpName = "DIR",
        };
        var command = new Command("report", "Write all that a stored run says as one HTML file")
        {
            run,
            output,
            point,
            metric,
            target,
            interval,
            confidence,
            study,
            add,
            figures,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(run);
            string file = parsed.GetValue(output) ?? Path.Combine(path, UsualName);
            RefuseOther(file);
            var report = Report.Of(
                new(
                    path,
                    parsed.GetValue(point),
                    Shared.Names(parsed.GetValue(metric)),
                    new YieldQuestions { Method = parsed.GetValue(interval), Confidence = parsed.GetValue(confidence) },
                    parsed.GetValue(target),
                    parsed.GetValue(study),
                    parsed.GetValue(add) ?? []
                )
            );
            UserFile.WriteText(file, report.Html, path);
            if (parsed.GetValue(figures) is { } folder)
                Write(report.Figures, folder, path);
            Console.WriteLine(
                $"written: {file} ({new FileInfo(file).Length / 1000.0:n0} kB, {report.Figures.Count} figures)"
            );
            return 0;
        });
        return command;
    }

    // A name that was mistyped is not to cost a study or a manifest.
    private static void RefuseOther(string file)
    {
        if (!file.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            throw new StudyException($"--out: '{file}' is not allowed; expected a file that ends in .html");
    }

    private static void Write(IReadOnlyList<Figure> figures, string folder, string source)
    {
        Shared.MakeFolder("--figures", folder);
        foreach (Figure figure in figures)
            UserFile.WriteText(Path.Combine(folder, $"{figure.Name}.svg"), figure.Svg() + "\n", source);
        Console.WriteLine($"written: {figures.Count} figures into {folder}");
    }
}
