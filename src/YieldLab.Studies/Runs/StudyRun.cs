using System.Reflection;
using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Runs;

/// <summary>A study on its way to a folder of stored dies.</summary>
public sealed class StudyRun : IDisposable
{
    private readonly PreparedStudy _study;
    private readonly Runner _runner;

    private StudyRun(PreparedStudy study, RunFolder folder)
    {
        _study = study;
        Folder = folder;
        _runner = new(study.DieModel(), study.File.Study.Specs, folder, study.File.Study.Samples);
    }

    public RunFolder Folder { get; }

    /// <summary>Where the run stands; may be asked from any thread.</summary>
    public RunProgress Progress => _runner.Progress;

    /// <summary>Makes the folder of a run.</summary>
    /// <param name="study">What to run.</param>
    /// <param name="path">Its data folder.</param>
    /// <param name="overwrite">Replace an earlier run at this place.</param>
    /// <exception cref="IOException">Something is there already, or another run is writing there.</exception>
    public static StudyRun Create(PreparedStudy study, string path, bool overwrite) =>
        new(study, RunFolder.Create(path, overwrite));

    /// <summary>Runs the dies; see <see cref="Runner.Run"/>.</summary>
    public RunOutcome Run(int threads, CancellationToken cancellation = default)
    {
        Folder.WriteManifest(Manifest("running"));
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
        Folder.WriteManifest(Manifest(outcome.Interrupted ? "interrupted" : "complete"));
        return outcome;
    }

    /// <summary>What the stored dies say.</summary>
    public RunSummary Summarize() => RunSummary.Of(Folder, _study.Columns, _study.File.Study.Specs);

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => Folder.Dispose();

    private void TryWriteManifest(string status)
    {
        try
        {
            Folder.WriteManifest(Manifest(status));
        }
        catch (IOException)
        {
            // The disk refused the data already; that error is the one to report.
        }
    }

    private JsonObject Manifest(string status)
    {
        JsonObject manifest = Common(status);
        if (_study.Table is { } table)
            manifest["sampling"] = new JsonObject
            {
                ["table"] = _study.File.Study.Sampling.Table,
                ["sha256"] = table.Sha256,
            };
        return manifest;
    }

    private JsonObject Common(string status) =>
        new()
        {
            ["format"] = 1,
            ["program"] = $"yieldlab {Version}",
            ["status"] = status,
            ["dies"] = Progress.Done,
            ["samples"] = _study.File.Study.Samples,
            ["seed"] = _study.File.Study.Seed,
            ["study"] = new JsonObject
            {
                ["name"] = _study.File.Study.Name,
                ["text"] = _study.File.Text,
                ["changes"] = new JsonArray([.. _study.File.Changes.Select(change => JsonValue.Create(change))]),
            },
            ["process"] = new JsonObject
            {
                ["card"] = _study.File.Study.Process.Card,
                ["values"] = SettingsJson.Of(_study.File.Card),
            },
            ["data"] = new JsonObject
            {
                ["file"] = _study.File.Study.Data.File,
                ["sha256"] = _study.Problem.Sha256,
                ["train"] = _study.Problem.Train.Count,
                ["test"] = _study.Problem.Test.Count,
                ["classes"] = new JsonArray([.. _study.Problem.Classes.Select(name => JsonValue.Create(name))]),
            },
            ["integration"] = new JsonObject
            {
                ["steps"] = _study.Plan.Steps,
                ["most_substeps"] = _study.Plan.Substeps.Max(),
            },
            ["ideal"] = new JsonObject(
                _study.IdealMetrics().Select(metric => KeyValuePair.Create(metric.Key, (JsonNode?)metric.Value))
            ),
        };

    /// <summary>Version of the program.</summary>
    public static string Version =>
        typeof(StudyRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
