using System.Reflection;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Studies.Runs;

/// <summary>A study on its way to a folder of stored dies.</summary>
public sealed class StudyRun : IDisposable
{
    private readonly StudyManifest _manifest;
    private readonly Runner _runner;

    private StudyRun(RunFolder folder, StudyManifest manifest, Runner runner)
    {
        Folder = folder;
        _manifest = manifest;
        _runner = runner;
    }

    public RunFolder Folder { get; }

    /// <summary>Where the run stands; may be asked from any thread.</summary>
    public RunProgress Progress => _runner.Progress;

    /// <summary>Parts that were torn or altered since they had been written, and whose dies are computed again.</summary>
    public IReadOnlyList<string> Altered => _runner.Altered;

    /// <summary>Makes the folder of a run, or goes on with a run of the same study that is there.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="path">Folder of the run; that of a shard lies in it.</param>
    /// <param name="mode">What to do with what is there.</param>
    /// <exception cref="IOException">Something else or another study is there, or another run is writing there.
    /// </exception>
    public static StudyRun Open(StudyPlan plan, string path, RunMode mode)
    {
        RunPlace whole = mode.Shard is null ? RunPlace.New(plan) : WholeRun(plan, path);
        RunFolder folder = RunFolder.Take(
            mode.Shard is { } shard ? ShardFolders.PathOf(path, shard.Index, shard.Count) : path
        );
        try
        {
            return Open(plan, path, folder, mode, whole);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Whether shards of a study may be run into a folder: it holds nothing yet, or a complete run of the same study,
    /// which they extend.</summary>
    /// <exception cref="IOException">They may not; the message tells why and what to do.</exception>
    public static void CheckShards(StudyPlan plan, string path) => WholeRun(plan, path);

    /// <summary>Whether a folder has all dies already that shards of a study could compute.</summary>
    /// <exception cref="IOException">Shards may not be run there; see <see cref="CheckShards"/>.</exception>
    public static bool LeavesNothingToShards(StudyPlan plan, string path) =>
        WholeRun(plan, path) is { IsComplete: true } whole && whole.Samples >= plan.Study.Samples;

    /// <summary>Runs the dies; see <see cref="Runner.Run"/>.</summary>
    public RunOutcome Run(int threads, CancellationToken cancellation = default)
    {
        RunOutcome outcome;
        try
        {
            outcome = _runner.Run(threads, cancellation);
        }
        catch
        {
            TryWriteManifest("broken off");
            throw;
        }
        _manifest.Decisions = outcome.Decisions;
        WriteManifest(outcome.End.Text());
        return outcome;
    }

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => Folder.Dispose();

    /// <summary>Version of the program.</summary>
    public static string Version =>
        typeof(StudyRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static StudyRun Open(StudyPlan plan, string path, RunFolder folder, RunMode mode, RunPlace whole)
    {
        if (mode.Overwrite)
            folder.Clear();
        else if (mode.Shard is null && ShardFolders.Of(folder.Path).Count > 0)
            throw new IOException(
                $"{folder.Path}: shards of a run are stored here; gather them first with yieldlab merge {folder.Path}, or replace them with --overwrite"
            );
        if (folder.HoldsRun && !folder.HasManifest)
            throw new IOException(
                $"{folder.Path}: the folder holds parts of a run without its description; replace them with --overwrite"
            );
        if (mode.OnlyFailed && !folder.HoldsRun)
            throw new IOException($"{folder.Path}: no run is here whose failed dies could be computed again");
        RunPlace place = folder.HoldsRun ? RunPlace.Of(plan, folder, mode.OnlyFailed) : whole;
        DieRange all = AllDies(plan, mode, place);
        RunRequest request = Request(plan, mode, whole, place, all);
        var points = plan.RunPoints(place.Names);
        var manifest = new StudyManifest(plan, path, points, all.End, request.Dies, place.Program);
        // Before the first die: a folder that holds dies holds what they are.
        folder.WriteManifest(manifest.ToJson("running", null));
        return new(folder, manifest, new(points, plan.Study.Specs, folder, request));
    }

    // More dies than are asked for may be there already; they are kept and counted. A run that did not come to its end, or
    // that a rule may end, goes no further than is asked for now.
    private static DieRange AllDies(StudyPlan plan, RunMode mode, RunPlace place)
    {
        bool goesOn = mode.Shard is null && place.IsComplete && plan.Study.Stop?.Rule is null;
        return new(
            0,
            mode.OnlyFailed ? place.Samples
                : goesOn ? Math.Max(plan.Study.Samples, place.Samples)
                : plan.Study.Samples
        );
    }

    private static RunRequest Request(StudyPlan plan, RunMode mode, RunPlace whole, RunPlace place, DieRange all)
    {
        DieRange dies = mode.Shard is { } shard
            ? new DieRange(Math.Min(whole.Samples, all.End), all.End).Shard(shard.Index, shard.Count)
            : all;
        return new(dies)
        {
            Rule = plan.Study.Stop?.Rule,
            RuleOfJournals = place.HadRule ? plan.Study.Stop?.Rule : null,
            After = plan.Study.Stop?.After is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            OnlyFailed = mode.OnlyFailed,
        };
    }

    // Shards compute what the run does not have yet, under the names that it has for its points.
    private static RunPlace WholeRun(StudyPlan plan, string path)
    {
        RunFolder.CheckPlace(path);
        if (!RunFolder.IsRun(path))
            return RunPlace.New(plan);
        using RunFolder folder = RunFolder.Open(path);
        RunPlace place = RunPlace.Of(plan, folder, anyProgram: false, "choose another place with --out");
        if (!place.IsComplete)
            throw new IOException(
                $"{path}: the run that is stored here is not complete; finish it without shards first, or choose another place with --out"
            );
        // All points of a shard have the same dies.
        return place.LacksPoints
            ? throw new IOException(
                $"{path}: the run that is stored here lacks points of the sweep; add them without shards first, or choose another place with --out"
            )
            : place;
    }

    private void WriteManifest(string status) => Folder.WriteManifest(_manifest.ToJson(status, Progress));

    private void TryWriteManifest(string status)
    {
        try
        {
            WriteManifest(status);
        }
        catch (IOException)
        {
            // The disk refused the data already; that error is the one to report.
        }
    }
}
