using System.CommandLine;
using YieldLab.Cli.Output;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics;
using YieldLab.Studies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab run</c>: runs a study and prints what it found.</summary>
internal static class RunCommand
{
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
        var sweep = Shared.Sweep();
        var overwrite = new Option<bool>("--overwrite")
        {
            Description = "Replace the run that is in the data folder, instead of going on with it",
        };
        var onlyFailed = new Option<bool>("--only-failed")
        {
            Description = "Compute the failed dies of the data folder again, and no other die",
        };
        var shard = new ShardOption();
        var failUnder = Shared.Number<double?>(
            "--fail-under",
            "YIELD",
            "Exit with code 2 if the yield of all specs together is below this share (0 to 1)",
            text => Quantity.TryParse(text, "1", out double share, out _) && share is >= 0 and <= 1 ? share : null,
            "a share from 0 to 1, such as 0.9 or 90 %"
        );
        var quiet = Shared.Quiet();
        var json = Shared.Json();

        var command = new Command("run", "Run a study: every die drawn, trained, measured and stored")
        {
            study,
            folder,
            samples,
            seed,
            threads,
            set,
            sweep,
            overwrite,
            onlyFailed,
            shard.Shard,
            shard.Shards,
            failUnder,
            quiet,
            json,
        };
        Shared.RefuseQuietJson(command, quiet, json);
        command.SetAction(parsed =>
        {
            int count = parsed.GetValue(threads) ?? Environment.ProcessorCount;
            var mode = new RunMode(parsed.GetValue(overwrite), parsed.GetValue(onlyFailed), shard.Value(parsed));
            StudySweep read = StudySweep.Read(
                parsed.GetRequiredValue(study),
                Shared.Changes(parsed.GetValue(set), parsed.GetValue(samples), parsed.GetValue(seed)),
                [.. (parsed.GetValue(sweep) ?? []).Select(StudyChange.Sweep)]
            );
            Check(read.Base, mode);
            return Run(
                StudyPlan.Of(read, count),
                parsed.GetValue(folder) ?? Path.Combine("runs", read.Base.Study.Name),
                mode,
                count,
                parsed.GetValue(failUnder),
                Shared.VerbosityOf(parsed, quiet, json)
            );
        });
        return command;
    }

    private static void Check(StudyFile file, RunMode mode)
    {
        if (mode is { OnlyFailed: true, Overwrite: true })
            throw new StudyException(
                "--only-failed goes on with a run and --overwrite deletes it; expected one of them"
            );
        if (mode is { OnlyFailed: true, Shard: not null })
            throw new StudyException("--only-failed is for a whole run; merge the shards first");
        if (mode.Shard is not null)
            ShardOption.RefuseStop(file);
    }

    private static int Run(
        StudyPlan plan,
        string path,
        RunMode mode,
        int threads,
        double? failUnder,
        Verbosity verbosity
    )
    {
        string place = plan.Sweep.Base.Path;
        if (verbosity != Verbosity.Quiet)
            foreach (string warning in plan.Warnings)
                Shared.Warn(place, warning);
        if (mode is { Shard: not null, Overwrite: false } && StudyRun.LeavesNothingToShards(plan, path))
        {
            // A task that its cluster starts again when all is merged.
            RunReport.Print(RunFolder.Open(path), null, verbosity);
            return 0;
        }
        using StudyRun run = StudyRun.Open(plan, path, mode);
        foreach (string part in run.Altered)
            Shared.Warn(
                run.Folder.Path,
                mode.OnlyFailed
                    ? $"{part} was torn or altered and is gone; a run without --only-failed computes its dies again"
                    : $"{part} was torn or altered; its dies are computed again"
            );
        using var interrupt = new Interrupt();

        RunOutcome outcome;
        using (verbosity == Verbosity.Full ? ProgressDisplay.Start(() => run.Progress) : null)
            outcome = run.Run(threads, interrupt.Token);
        StoredRun stored = RunReport.Print(run.Folder, outcome, verbosity);
        if (outcome.Interrupted)
        {
            Console.Error.WriteLine(
                $"yieldlab: interrupted; the {Counted.Dies(stored.Dies)} finished so far {(stored.Dies == 1 ? "is" : "are")} in {run.Folder.Path}, and the same command goes on with {(stored.Dies == 1 ? "it" : "them")}"
            );
            return Interrupt.ExitCode;
        }
        return failUnder is { } limit && stored.LowestYield < limit ? YieldTooLow : 0;
    }
}
