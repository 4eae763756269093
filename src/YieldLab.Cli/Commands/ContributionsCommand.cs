using System.CommandLine;
using YieldLab.Cli.Output;
using YieldLab.Reports;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Sensitivity;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab contributions</c>: where variance and loss of yield of a stored run come from.</summary>
internal static class ContributionsCommand
{
    public static Command Create()
    {
        var run = Shared.Run();
        var point = Shared.Point();
        var metric = Shared.Metric("Metrics, separated by commas (default: those that have a specification)");
        var study = Shared.StudyOfRun();
        var confidence = Shared.Confidence();
        var threads = Shared.Threads("Number of threads (default: all cores); the results do not depend on it");
        var json = Shared.Json();
        var command = new Command(
            "contributions",
            "Tell from a stored run which sources its variance and its loss of yield come from"
        )
        {
            run,
            point,
            metric,
            study,
            confidence,
            threads,
            json,
        };
        command.SetAction(parsed =>
        {
            StoredPointDies stored = Shared.Stored(parsed.GetRequiredValue(run), parsed.GetValue(point));
            double sure = parsed.GetValue(confidence) ?? Shared.UsualConfidence;
            StudyContributions found = StudyContributions.Of(
                StoredStudy.Of(stored.Run, stored.Point, parsed.GetValue(study)),
                stored.Dies,
                Shared.MetricsOrSpecified(stored.Metrics, stored.Run.Description.Specs, parsed.GetValue(metric)),
                stored.Run.Description.Specs,
                sure,
                parsed.GetValue(threads) ?? Environment.ProcessorCount
            );
            if (parsed.GetValue(json))
                Console.WriteLine(ContributionsJson.Of(stored, found, sure));
            else
                ContributionsTable.Print(stored, found);
            return 0;
        });
        return command;
    }
}
