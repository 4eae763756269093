using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports;
using YieldLab.Reports.Comparisons;
using YieldLab.Studies;
using YieldLab.Studies.Margins;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Notebooks;

/// <summary>Where a notebook begins: runs studies, opens stored runs, compares them, and seeks margins, each in a line. Paths
/// are relative to the current folder, which in a notebook is the notebook's own.</summary>
public static class Lab
{
    /// <summary>Runs a study: every die drawn, trained, measured and stored. Dies that are in the folder already are kept, so
    /// a cell that is executed again takes no time.</summary>
    /// <param name="study">A study file (YAML).</param>
    /// <param name="settings">Keys to set in it, such as "samples=200" or "temperature={value: 27 C}".</param>
    /// <param name="folder">Folder of the run; null: runs/NAME, with the study's name.</param>
    /// <param name="overwrite">Replaces an earlier run that is in the folder, of whatever study.</param>
    /// <exception cref="StudyException">Anything wrong in the study, with its place.</exception>
    /// <exception cref="IOException">Another study is in the folder, or the disk refused the data.</exception>
    public static LabRun Run(
        string study,
        IReadOnlyList<string>? settings = null,
        string? folder = null,
        bool overwrite = false
    )
    {
        int threads = Environment.ProcessorCount;
        StudySweep sweep = StudySweep.Read(study, Changes(settings), []);
        string path = folder ?? Path.Combine("runs", sweep.Base.Study.Name);
        using (StudyRun run = StudyRun.Open(StudyPlan.Of(sweep, threads), path, new(Overwrite: overwrite)))
            run.Run(threads);
        return Open(path);
    }

    /// <summary>Opens a stored run.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="point">Number of the point of a sweep, from 0; null for the only one.</param>
    /// <exception cref="IOException">No run is there, it has no such point, or no die.</exception>
    public static LabRun Open(string folder, int? point = null) =>
        new(StoredPointDies.Open(folder, point, nameof(point)));

    /// <summary>Compares two runs. Dies of the same seed and sampling are the same silicon and are compared die by die.</summary>
    /// <param name="first">The first, A.</param>
    /// <param name="second">The second, B; differences are B less A.</param>
    /// <param name="metrics">Metrics that both have; none: those with a specification.</param>
    /// <exception cref="ArgumentException">One of the runs has no such metric.</exception>
    public static LabComparison Compare(LabRun first, LabRun second, params IReadOnlyList<string> metrics)
    {
        string[] names = metrics.Count > 0 ? [.. metrics] : [.. first.Specs.Select(spec => spec.Metric).Distinct()];
        foreach (string name in names)
            second.Metric(name);
        Column[] columns = [.. names.Select(first.Metric)];
        return new(StudyComparison.Of(first.Stored, second.Stored, columns));
    }

    /// <summary>Finds how far a setting of a study can go until the yield misses a target: the same dies at every value, no
    /// more of them than the answer takes.</summary>
    /// <param name="study">A study file (YAML).</param>
    /// <param name="vary">Key of the setting; keys separated by commas, or with * for a part, go together.</param>
    /// <param name="from">First value, such as "1 um".</param>
    /// <param name="to">Last value.</param>
    /// <param name="target">Yield to be reached, in (0, 1).</param>
    /// <param name="settings">Keys to set in the study.</param>
    /// <param name="confidence">Of all that is said together.</param>
    /// <param name="dies">Most dies of one setting.</param>
    /// <exception cref="StudyException">Anything wrong in the study or the setting, with its place.</exception>
    public static LabMargin Margin(
        string study,
        string vary,
        string from,
        string to,
        double target,
        IReadOnlyList<string>? settings = null,
        double confidence = 0.95,
        long dies = 10_000
    )
    {
        MarginStudy read = MarginStudy.Read(study, Changes(settings), new(vary, from, to), null);
        var request = new MarginRequest(target, confidence, dies, Environment.ProcessorCount);
        return new(read, request, read.Search(0, request, null, CancellationToken.None));
    }

    private static StudyChange[] Changes(IReadOnlyList<string>? settings) =>
        [.. (settings ?? []).Select(setting => new StudyChange(setting, setting))];
}
