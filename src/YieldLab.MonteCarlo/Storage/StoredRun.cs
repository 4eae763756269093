using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>A run as its folder tells it, without the study that it is of.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Manifest">Its description.</param>
/// <param name="Description">Its tables.</param>
/// <param name="Rule">How sure its yields are.</param>
/// <param name="Points">What the dies of each point say; empty where no die was read.</param>
public sealed record StoredRun(
    string Path,
    JsonObject Manifest,
    RunDescription Description,
    EstimateRule Rule,
    IReadOnlyList<RunSummary> Points
)
{
    /// <summary>Name of the study.</summary>
    public string Name => Manifest["study"]!["name"]!.GetValue<string>();

    /// <summary>Whether all dies are stored that were asked for.</summary>
    public bool IsComplete => (string)Manifest["status"]! == "complete";

    /// <summary>Whether no die is missing: all are stored that were asked for, or a rule of the study ended the run.</summary>
    public bool HasEnded => IsComplete || (string)Manifest["status"]! == "decided";

    /// <summary>Columns of the swept values; none without a sweep.</summary>
    public IReadOnlyList<Column> Swept => [.. Description.Points[0].Swept.Select(value => value.Column)];

    public long Dies => Points.Sum(point => point.Dies);

    public long Failed => Points.Sum(point => (long)point.Failures.Values.Sum());

    /// <summary>The worst yield of all specifications together among the points; null where no die is stored.</summary>
    public double? LowestYield => Points.Where(p => p.Yields.Count > 0).Min(point => (double?)point.Yields[^1].Value);

    /// <summary>Reads a folder.</summary>
    /// <exception cref="IOException">It holds no run, or one of an older version of the program.</exception>
    public static StoredRun Read(RunFolder folder)
    {
        StoredRun run = ReadManifest(folder);
        return run with { Points = RunSummary.Of(folder, run.Description, run.Rule) };
    }

    /// <summary>Reads a folder without its dies: <see cref="Points"/> is empty. A sweep may have a thousand points, of which
    /// one is asked for.</summary>
    /// <exception cref="IOException">It holds no run, or one of an older version of the program.</exception>
    public static StoredRun ReadManifest(RunFolder folder)
    {
        RunDescription description = RunDescription.Read(folder);
        EstimateRule rule = folder.Understand(EstimateRule.Of);
        return folder.Understand(manifest =>
        {
            var run = new StoredRun(folder.Path, manifest, description, rule, []);
            // What is read later must be there: the name, and what is told of each point.
            _ = run.Name;
            foreach (StoredPoint point in description.Points)
                _ = (run.Ideal(point), run.Reason(point));
            return run;
        });
    }

    /// <summary>How well the ideal algorithm does at a point.</summary>
    public JsonObject Ideal(StoredPoint point) => About(point)["ideal"]!.AsObject();

    /// <summary>Whether a metric has a specification.</summary>
    public bool IsSpecified(Column metric) => Description.Specs.Any(spec => spec.Metric == metric.Name);

    /// <summary>What a rule found when it ended a point, in words; null where none did.</summary>
    public string? Reason(StoredPoint point) => (string?)About(point)["stopped"]?["because"];

    /// <summary>What the manifest says of a point alone.</summary>
    public JsonNode About(StoredPoint point) => point.Name.Length == 0 ? Manifest : Manifest["points"]![point.Name]!;
}
