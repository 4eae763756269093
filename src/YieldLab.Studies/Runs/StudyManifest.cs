using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Runs;

/// <summary>The description that a run leaves beside its dies.</summary>
/// <param name="plan">What is run.</param>
/// <param name="place">Folder of the run; that of the whole run where this is a shard's.</param>
/// <param name="points">Its points under the names that they have in the folder.</param>
/// <param name="samples">Dies of each point that are asked for, of all shards together.</param>
/// <param name="dies">Those of them that this process computes.</param>
/// <param name="program">The version of the program whose rows they are, unlike this one where failed dies alone are run.
/// </param>
internal sealed class StudyManifest(
    StudyPlan plan,
    string place,
    IReadOnlyList<RunPoint> points,
    long samples,
    DieRange dies,
    string program
)
{
    /// <summary>Key of the study's file as seen from the run's folder.</summary>
    public const string File = "file";

    /// <summary>Key of what makes a point of the study's file: keys that are set in it.</summary>
    public const string Changes = "changes";

    /// <summary>Key of what the command line swept beside the study's file.</summary>
    public const string Sweeps = "sweeps";

    /// <summary>What a rule decided for each point.</summary>
    public IReadOnlyList<StopDecision?> Decisions { get; set; } = [.. points.Select(_ => default(StopDecision))];

    /// <summary>The description.</summary>
    /// <param name="status">running, complete, decided, unfinished, time over, interrupted, or broken off.</param>
    /// <param name="progress">How far the run came; null at its beginning.</param>
    public JsonObject ToJson(string status, RunProgress? progress)
    {
        PreparedStudy first = plan.Points[0].Study;
        var json = new JsonObject
        {
            ["format"] = 2,
            ["program"] = program,
            ["status"] = status,
            ["samples"] = samples,
            ["seed"] = plan.Study.Seed,
        };
        if (program != StudyIdentity.ThisProgram)
            json["failed_dies_by"] = StudyIdentity.ThisProgram;
        if (dies.First > 0)
            json["first_die"] = dies.First;
        if (progress is { } done)
            json["dies"] = done.Done;
        json["study"] = new JsonObject
        {
            ["name"] = plan.Study.Name,
            [File] = Path.GetRelativePath(place, plan.Sweep.Base.Path).Replace('\\', '/'),
            ["text"] = plan.Sweep.Base.Text,
            [Changes] = ChangesOf(plan.Sweep.Base),
            [Sweeps] = Texts(plan.Sweep.Options),
        };
        json["process"] = new JsonObject
        {
            ["card"] = plan.Study.Process.Card,
            ["values"] = SettingsJson.Of(plan.Sweep.Base.Card),
        };
        json["data"] = new JsonObject
        {
            ["file"] = plan.Study.Data.File,
            ["sha256"] = first.Problem.Sha256,
            ["train"] = first.Problem.Train.Count,
            ["test"] = first.Problem.Test.Count,
            ["classes"] = new JsonArray([.. first.Problem.Classes.Select(name => JsonValue.Create(name))]),
        };
        json["estimate"] = plan.Rule.ToJson();
        json["identity"] = StudyIdentity.Common(first, plan.Sweep.Keys, program);
        if (first.Table is { } table)
            json["sampling"] = new JsonObject { ["table"] = plan.Study.Sampling.Table, ["sha256"] = table.Sha256 };
        if (plan.Sweep.Keys.Count == 0)
            foreach (var (key, value) in OfPoint(0))
                json[key] = value?.DeepClone();
        else
            json["points"] = new JsonObject(
                points.Select((point, i) => KeyValuePair.Create(point.Name, (JsonNode?)OfPoint(i)))
            );
        json[RunDescription.Key] = Description.ToJson();
        return json;
    }

    private RunDescription Description
    {
        get
        {
            RunDescription description = RunDescription.Of(points, plan.Study.Specs);
            return description with
            {
                Points =
                [
                    .. description.Points.Zip(Decisions, (point, decision) => point with { Counted = decision?.Dies }),
                ],
            };
        }
    }

    private JsonObject OfPoint(int index)
    {
        PreparedStudy study = plan.Points[index].Study;
        var json = new JsonObject
        {
            [StudyIdentity.HashKey] = StudyIdentity.Hash(study, program),
            ["integration"] = new JsonObject
            {
                ["steps"] = study.Plan.Steps,
                ["most_substeps"] = study.Plan.Substeps.Max(),
            },
            ["ideal"] = new JsonObject(
                study.IdealMetrics().Select(metric => KeyValuePair.Create(metric.Key, (JsonNode?)metric.Value))
            ),
        };
        if (plan.Sweep.Keys.Count > 0)
            json[Changes] = ChangesOf(study.File);
        if (Decisions[index] is { } decision)
            json["stopped"] = new JsonObject
            {
                ["dies"] = decision.Dies,
                ["passed"] = decision.Passed,
                ["because"] = plan.Study.Stop!.Rule!.Text(decision.Reason),
            };
        return json;
    }

    private static JsonArray ChangesOf(StudyFile study) => Texts(study.Changes);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
