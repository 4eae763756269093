using System.Collections.Concurrent;
using YieldLab.Tests.Cli;

namespace YieldLab.Tests.Pages;

/// <summary>Runs and their reports, made once for the tests of several classes that look at them.</summary>
public sealed class StoredReports : IDisposable
{
    /// <summary>200 dies with two specifications, some of which failed, with epochs, a target, and results of other commands.
    /// </summary>
    public const string Run = "runs/tiny";

    /// <summary>Six points of two keys.</summary>
    public const string Sweep = "runs/sweep";

    /// <summary>Text of a study that would be markup where it is not encoded.</summary>
    public const string Hostile = "</code></pre><script>alert('x')</script> & \"quoted\"";

    private readonly StudyFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<string>> _pages = [];

    public StoredReports() => _folder.Write(StudyFolder.Study, $"# {Hostile}\n{StudyFolder.StudyText}");

    internal StudyFolder Folder => _folder;

    /// <summary>Dies of <see cref="Run"/>.</summary>
    public const int Dies = 200;

    /// <summary>The report of a run.</summary>
    public string Html(string run) => _pages.GetOrAdd(run, _ => new(() => Make(run))).Value;

    public void Dispose() => _folder.Dispose();

    private string Make(string run)
    {
        string[] report = run == Run ? MakeRun() : MakeSweep();
        _folder.Run(["report", run, .. report]).Succeeded();
        return File.ReadAllText(_folder.PathOf($"{run}/report.html"));
    }

    private string[] MakeRun()
    {
        _folder
            .Run("run", StudyFolder.Study, "--samples", $"{Dies}", "--quiet", "--set", StudyFolder.ImpossibleDies)
            .Succeeded();
        string[] margin = ["--vary", "design.cells.*.width", "--from", "1um", "--to", "4um", "--target", "0.5"];
        Save("margin.json", ["margin", StudyFolder.Study, .. margin, "--dies", "64", "--json"]);
        Save("sensitivity.json", ["sensitivity", StudyFolder.Study, "--dies", "16", "--by", "source", "--json"]);
        return ["--target", "60 %", "--add", "margin.json", "--add", "sensitivity.json", "--figures", "pictures"];
    }

    private string[] MakeSweep()
    {
        _folder
            .Run(
                "run",
                StudyFolder.Study,
                "--samples",
                "20",
                "--quiet",
                "--out",
                Sweep,
                "--sweep",
                "training.l2=[0.001, 0.01, 0.1]",
                "--sweep",
                "design.cells.multiplier.width=[1 um, 4 um]"
            )
            .Succeeded();
        return ["--metric", "accuracy,mse_vs_ideal_percent,epochs_to_target"];
    }

    private void Save(string file, string[] command)
    {
        Answer answer = _folder.Run(command);
        _folder.Write(file, answer.Output);
    }
}
