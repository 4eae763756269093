using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies.Clusters;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Pages;

/// <summary>The command line that makes a stored run again.</summary>
internal static class RunCommandLine
{
    /// <summary>For a POSIX shell; null for a sweep of which an older version of the program did not note what the command line
    /// swept.</summary>
    /// <param name="run">The run.</param>
    /// <param name="study">Its study's file; null where it is not there: the name that it had.</param>
    public static string? Of(StoredRun run, string? study) =>
        StoredStudy.Sweeps(run) is null && run.Swept.Count > 0
            ? null
            : ShellText.Line([
                "yieldlab",
                "run",
                study ?? Path.GetFileName(StoredStudy.PathOf(run)),
                "--samples",
                $"{run.Manifest["samples"]}",
                "--out",
                $"runs/{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run.Path)))}-again",
                .. StoredStudy
                    .Changes(run)
                    .Where(change => !IsSamples(change))
                    .SelectMany(change => new[] { "--set", change }),
                .. (StoredStudy.Sweeps(run) ?? []).SelectMany(sweep => new[] { "--sweep", sweep }),
            ]);

    private static bool IsSamples(string change) => change.StartsWith("samples=", StringComparison.Ordinal);
}
