using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies.Clusters;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Pages;

/// <summary>The command line that makes a stored run again.</summary>
internal static class RunCommandLine
{
    /// <summary>For a POSIX shell.</summary>
    /// <param name="run">The run.</param>
    /// <param name="study">Its study's file; null where it is not there: the name that it had.</param>
    public static string Of(StoredRun run, string? study) =>
        ShellText.Line([
            "yieldlab",
            "run",
            study ?? Path.GetFileName(StoredStudy.PathOf(run)),
            "--samples",
            $"{run.Manifest["samples"]}",
            "--out",
            $"runs/{run.Name}-again",
            .. StoredStudy
                .Changes(run)
                .Where(change => !IsSamples(change))
                .SelectMany(change => new[] { "--set", change }),
            .. Sweep(run).SelectMany(sweep => new[] { "--sweep", sweep }),
        ]);

    private static bool IsSamples(string change) => change.StartsWith("samples=", StringComparison.Ordinal);

    // Keys that were swept on the command line; a sweep of the study's file is in it.
    private static IEnumerable<string> Sweep(StoredRun run)
    {
        if (run.Swept.Count == 0 || HasSweep((string)run.Manifest["study"]!["text"]!))
            return [];
        HashSet<string> common = [.. StoredStudy.Changes(run)];
        return run
            .Description.Points.SelectMany(point => StoredStudy.Changes(run, point))
            .Where(change => !common.Contains(change))
            .Distinct()
            .Select(change => change.Split('=', 2))
            .GroupBy(change => change[0], change => change[1])
            .Select(key => $"{key.Key}=[{string.Join(", ", key)}]");
    }

    private static bool HasSweep(string text) =>
        text.Split('\n').Any(line => line.StartsWith("sweep:", StringComparison.Ordinal));
}
