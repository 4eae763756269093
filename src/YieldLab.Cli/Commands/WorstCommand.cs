using System.CommandLine;
using YieldLab.Cli.Output;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports;
using YieldLab.Reports.WorstDies;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab worst</c>: the dies at the bad end of a metric, and those that stand for its corners.</summary>
internal static class WorstCommand
{
    private const int UsualCount = 5;
    private const int MostCount = 1000;

    public static Command Create()
    {
        Argument<string> run = Shared.Run();
        Option<int?> point = Shared.Point();
        var metric = new Option<string?>("--metric")
        {
            Description = "Metric (default: that of the first specification)",
            HelpName = "accuracy",
        };
        Option<double[]> quantile = Shared.Quantiles("Quantiles of the metric (default: 1 % on the bad side)");
        Option<int?> count = Shared.Number<int?>(
            "--count",
            "N",
            $"Dies at each quantile (default: {UsualCount})",
            text => Shared.Count(text, MostCount),
            $"1 to {MostCount}"
        );
        Option<double?> confidence = Shared.Confidence();
        var both = new Option<bool>("--both") { Description = "Corners on both sides of the metric" };
        var export = new Option<string?>("--export")
        {
            Description = "Write the die of each corner as a case file into this folder",
            HelpName = "DIR",
        };
        Option<string?> study = Shared.StudyOfRun();
        Option<bool> json = Shared.Json();
        var command = new Command(
            "worst",
            "Find the worst dies of a stored run, and those that stand for 1, 2, 3 sigma"
        )
        {
            run,
            metric,
            point,
            quantile,
            count,
            both,
            confidence,
            export,
            study,
            json,
        };
        command.SetAction(parsed =>
        {
            StoredPointDies stored = Shared.Stored(parsed.GetRequiredValue(run), parsed.GetValue(point));
            WorstReport report = WorstReport.Of(
                stored,
                Metric(stored, parsed.GetValue(metric)),
                parsed.GetValue(quantile) ?? [],
                parsed.GetValue(count) ?? UsualCount,
                parsed.GetValue(both),
                parsed.GetValue(confidence) ?? Shared.UsualConfidence
            );
            var replay = new Replay(stored, parsed.GetValue(study));
            string? folder = parsed.GetValue(export);
            if (folder is not null)
                replay.Export(folder, report.Corners.Select(corner => (CaseName(report, corner), corner.Die.Index)));
            if (parsed.GetValue(json))
                Console.WriteLine(WorstJson.Of(report, replay, folder));
            else
                WorstTables.Print(report, replay, folder);
            return 0;
        });
        return command;
    }

    /// <summary>Name of a corner's case file.</summary>
    public static string CaseName(WorstReport report, SigmaCorner corner) =>
        $"{report.Dies.Metric.Name}-{(corner.Side == Side.Low ? "minus" : "plus")}-{corner.Sigma}sigma.json";

    // Every study has a specification.
    private static Column Metric(StoredPointDies stored, string? name) =>
        Shared.Metrics(stored.Metrics, [name ?? stored.Run.Description.Specs[0].Metric])[0];
}
