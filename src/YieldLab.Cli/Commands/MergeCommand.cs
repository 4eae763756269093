using System.CommandLine;
using YieldLab.Cli.Output;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab merge</c>: gathers the shards of a run.</summary>
internal static class MergeCommand
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Data folder of the run" };
        var shards = new Argument<string[]>("SHARD")
        {
            Description =
                "Folders of shards that were written elsewhere, which are kept (default: those below DIR/shards, which are deleted when all is in DIR)",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var wait = Shared.Number<double?>(
            "--wait",
            "TIME",
            "Wait so long for the shards to be complete",
            text => Quantity.TryParse(text, "s", out double seconds, out _) && seconds > 0 ? seconds : null,
            "a time, such as 30 min or 24 h"
        );
        var quiet = Shared.Quiet();
        var json = Shared.Json();
        var command = new Command("merge", "Gather the shards of a run in its data folder and print the result")
        {
            folder,
            shards,
            wait,
            quiet,
            json,
        };
        Shared.RefuseQuietJson(command, quiet, json);
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(folder);
            string[] elsewhere = parsed.GetValue(shards) ?? [];
            if (parsed.GetValue(wait) is { } seconds)
                Wait(path, elsewhere, TimeSpan.FromSeconds(seconds));
            Merge(path, elsewhere, Shared.VerbosityOf(parsed, quiet, json));
            return 0;
        });
        return command;
    }

    private static void Merge(string path, string[] elsewhere, Verbosity verbosity)
    {
        if (!Directory.Exists(path) && elsewhere.Length == 0)
            throw new StudyException($"{path}: there is no such folder");
        elsewhere = Runs(elsewhere);
        IReadOnlyList<string> here = elsewhere.Length > 0 ? [] : ShardFolders.Of(path);
        string[] shards = elsewhere.Length > 0 ? elsewhere : [.. here.Where(HoldsAnything)];
        bool isDone =
            shards.Length == 0 && (ShardFolders.AreMerged(path) || (here.Count == 0 && RunFolder.IsComplete(path)));
        if (!isDone)
            Gather(path, shards);
        // Not what has come since.
        if (here.Count > 0)
            using (RunFolder folder = RunFolder.Take(path))
                folder.DeleteShards(here);
        RunReport.Print(RunFolder.Open(path), null, verbosity);
    }

    // The data folder that was given to a shard stands for the shards in it.
    private static string[] Runs(string[] folders)
    {
        string[] runs =
        [
            .. folders.SelectMany(folder =>
                RunFolder.IsRun(folder) || ShardFolders.Of(folder).Count == 0 ? [folder] : ShardFolders.Of(folder)
            ),
        ];
        return runs.GroupBy(Path.GetFullPath).FirstOrDefault(same => same.Count() > 1) is { Key: var twice }
            ? throw new StudyException($"{twice}: the folder stands there twice")
            : runs;
    }

    // A merge that was broken off while it deleted the shards leaves empty folders.
    private static bool HoldsAnything(string shard) => Directory.EnumerateFileSystemEntries(shard).Any();

    private static void Gather(string path, IReadOnlyList<string> shards)
    {
        using var merge = ShardMerge.Open(path, shards);
        if (merge.Missing() is { } missing)
            throw new StudyException(
                $"{path}: {missing} of {merge.Samples}; run the shards that have not ended, then merge again"
            );
        merge.Run();
    }

    private static void Wait(string path, string[] elsewhere, TimeSpan time)
    {
        if (elsewhere.Length > 0)
            throw new StudyException("--wait is for the shards below DIR/shards; expected no SHARD with it");
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!ShardMerge.AreComplete(path) && !ShardFolders.AreMerged(path))
        {
            if (System.Diagnostics.Stopwatch.GetElapsedTime(start) > time)
                throw new StudyException($"{path}: the shards are not complete after {time.TotalSeconds:g6} s");
            Thread.Sleep(Period);
        }
    }
}
