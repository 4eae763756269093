using YieldLab.Reports.Yields;

namespace YieldLab.Cli.Pages;

/// <summary>What somebody asks a report of.</summary>
/// <param name="Run">Folder of the run.</param>
/// <param name="Point">Point of a sweep; null for the one with the lowest yield.</param>
/// <param name="Metrics">Names of metrics; none for those that have a specification.</param>
/// <param name="Yields">Method and confidence of the intervals.</param>
/// <param name="Target">A yield that is wanted; null for none.</param>
/// <param name="Study">File of the study; null for where it was.</param>
/// <param name="Added">Results of other commands that are shown too.</param>
internal sealed record ReportRequest(
    string Run,
    int? Point,
    IReadOnlyList<string> Metrics,
    YieldQuestions Yields,
    double? Target,
    string? Study,
    IReadOnlyList<string> Added
);
