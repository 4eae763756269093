using System.CommandLine;
using System.Runtime.InteropServices;
using YieldLab.Cli.Output;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab run</c>: runs a study and prints what it found.</summary>
internal static class RunCommand
{
    private const int Interrupted = 130;
    private const int YieldTooLow = 2;

    public static Command Create()
    {
        var study = Shared.Study();
        var set = Shared.Set();
        var samples = Shared.Samples();
        var seed = Shared.Seed();
        var folder = new Option<string?>("--out")
        {
            Description = "Data folder (default: runs/NAME)",
            HelpName = "DIR",
        };
        var threads = Shared.Threads("Number of threads (default: all cores); the results do not depend on it");
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace a run that is in the data folder" };
        var failUnder = Shared.Number<double?>(
            "--fail-under",
            "YIELD",
            "Exit with code 2 if the yield of all specs together is below this share (0 to 1)",
            text => Quantity.TryParse(text, "1", out double share, out _) && share is >= 0 and <= 1 ? share : null,
            "a share from 0 to 1, such as 0.9 or 90 %"
        );
        var quiet = new Option<bool>("--quiet") { Description = "Print nothing but errors" };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON" };

        var command = new Command("run", "Run a study: every die drawn, trained, measured and stored")
        {
            study,
            folder,
            samples,
            seed,
            threads,
            set,
            overwrite,
            failUnder,
            quiet,
            json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(quiet) && result.GetValue(json))
                result.AddError("--json prints the result and --quiet prints nothing; expected one of them");
        });
        command.SetAction(parsed =>
        {
            StudyFile file = Shared.Read(
                parsed.GetRequiredValue(study),
                parsed.GetValue(set),
                parsed.GetValue(samples),
                parsed.GetValue(seed)
            );
            string path = parsed.GetValue(folder) ?? Path.Combine("runs", file.Study.Name);
            var verbosity =
                parsed.GetValue(quiet) ? Verbosity.Quiet
                : parsed.GetValue(json) ? Verbosity.Json
                : Verbosity.Full;
            return Run(
                file,
                path,
                parsed.GetValue(overwrite),
                parsed.GetValue(threads) ?? Environment.ProcessorCount,
                parsed.GetValue(failUnder),
                verbosity
            );
        });
        return command;
    }

    private enum Verbosity
    {
        Quiet,
        Json,
        Full,
    }

    private static int Run(
        StudyFile file,
        string path,
        bool overwrite,
        int threads,
        double? failUnder,
        Verbosity verbosity
    )
    {
        PreparedStudy study = PreparedStudy.Of(file);
        if (verbosity != Verbosity.Quiet)
            Shared.Warn(study);
        using StudyRun run = StudyRun.Create(study, path, overwrite);
        using var cancellation = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        void Stop(PosixSignalContext context)
        {
            // The first signal ends the run in order; a second one ends the process.
            context.Cancel = !cancellation.IsCancellationRequested;
            cancellation.Cancel();
        }

        RunOutcome outcome;
        using (verbosity == Verbosity.Full ? ProgressDisplay.Start(() => run.Progress) : null)
            outcome = run.Run(threads, cancellation.Token);
        RunSummary summary = run.Summarize();
        if (verbosity == Verbosity.Full)
            SummaryTables.Print(study, summary, outcome, path);
        else if (verbosity == Verbosity.Json)
            Console.WriteLine(SummaryJson.Of(study, summary, outcome, path));
        if (outcome.Interrupted)
        {
            Console.Error.WriteLine($"yieldlab: interrupted; the {summary.Dies} dies finished so far are in {path}");
            return Interrupted;
        }
        return failUnder is { } limit && summary.Yields[^1].Value < limit ? YieldTooLow : 0;
    }
}
