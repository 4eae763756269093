using System.Globalization;
using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Runs;

/// <summary>What a study finds in a folder where it is to be stored.</summary>
/// <param name="Names">Name of each of its points: that under which the folder has it, or the next that is free.</param>
/// <param name="Samples">Dies of each point that were asked for before; 0 in a new folder.</param>
/// <param name="IsComplete">Whether these are all there.</param>
/// <param name="Program">The version of the program whose dies are there, or are to be.</param>
internal sealed record RunPlace(IReadOnlyList<string> Names, long Samples, bool IsComplete, string Program)
{
    private const string Advice = "choose another place with --out, or replace it with --overwrite";

    /// <summary>Whether a rule might have ended the run that was here.</summary>
    public bool HadRule { get; private init; }

    /// <summary>Whether the folder has none of the dies of a point.</summary>
    public bool LacksPoints { get; private init; }

    /// <summary>A folder in which nothing is.</summary>
    public static RunPlace New(StudyPlan plan) =>
        new(
            [.. plan.Points.Select((_, i) => plan.Sweep.Keys.Count == 0 ? "" : RunPoint.NameOf(i))],
            0,
            IsComplete: false,
            StudyIdentity.ThisProgram
        );

    /// <summary>A folder that holds a run of the same study.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="anyProgram">Whether the run may be one of another version of the program.</param>
    /// <param name="advice">What to do where it is a run of another study.</param>
    /// <exception cref="IOException">It holds a run of another study; the message tells in what they differ.</exception>
    public static RunPlace Of(StudyPlan plan, RunFolder folder, bool anyProgram, string advice = Advice)
    {
        RunDescription stored = RunDescription.Read(folder);
        Found there = folder.Understand(manifest => Found.In(manifest, stored));
        RefuseExtension(plan, folder, there);
        string program = anyProgram ? there.Program : StudyIdentity.ThisProgram;
        JsonObject here = StudyIdentity.Common(plan.Points[0].Study, plan.Sweep.Keys, program);
        string? difference =
            KeysDiffer(plan, stored)
            ?? JsonDifference.Of(there.Identity, here)
            ?? PointsDiffer(plan, stored, there, program);
        if (difference is not null)
            throw new IOException($"{folder.Path}: the folder holds another study: {difference}; {advice}");
        if (anyProgram)
            RefuseOtherTables(plan, folder, stored);
        return new(NamesOf(plan, stored), there.Samples, there.IsComplete, program)
        {
            HadRule = there.HadRule,
            LacksPoints = stored.Points.Count < plan.Points.Count,
        };
    }

    private static void RefuseExtension(StudyPlan plan, RunFolder folder, Found there)
    {
        if (there.IsHypercube && !plan.Points[0].Study.IsExtensible && there.Samples != plan.Study.Samples)
            throw new IOException(
                $"{folder.Path}: the folder holds {there.Samples} dies of a latin-hypercube, whose points depend on their number, and {plan.Study.Samples} are asked for; choose another place with --out, the method sobol, or --overwrite"
            );
    }

    // Rows of one version of the program among those of another must have their columns.
    private static void RefuseOtherTables(StudyPlan plan, RunFolder folder, RunDescription stored)
    {
        RunDescription here = RunDescription.Of(plan.RunPoints(NamesOf(plan, stored)), plan.Study.Specs);
        static string Tables(RunDescription run) =>
            (run with { Points = [.. run.Points.Select(point => point with { Counted = null })] })
                .ToJson()
                .ToJsonString();
        if (Tables(here) != Tables(stored))
            throw new IOException(
                $"{folder.Path}: the tables are unlike those of this version of the program; failed dies can be computed again by the version that wrote the others, or all of them with --overwrite"
            );
    }

    private static string? KeysDiffer(StudyPlan plan, RunDescription stored)
    {
        string there = string.Join(", ", stored.Points[0].Swept.Select(value => value.Column.Name));
        string here = string.Join(", ", plan.Sweep.Keys.Select(key => key.Column));
        static string Text(string columns) => columns.Length == 0 ? "nothing" : columns;
        return there == here ? null : $"{Text(there)} is swept there and {Text(here)} here";
    }

    // A point that is new is added to the others; one that is gone would stay in the folder and be counted there.
    private static string? PointsDiffer(StudyPlan plan, RunDescription stored, Found there, string program)
    {
        if (plan.Sweep.Keys.Count == 0)
            return null;
        var planned = plan.Points.ToDictionary(point => Key(point.Swept));
        foreach (StoredPoint point in stored.Points)
        {
            if (!planned.TryGetValue(Key(point.Swept), out PlannedPoint? same))
                return $"the point {Text(point)} is there and not here (values can be added to a sweep and not taken away)";
            if (there.Hashes[point.Name] != StudyIdentity.Hash(same.Study, program))
                return $"the settings behind the point {Text(point)} have changed";
        }
        return null;
    }

    private static string Text(StoredPoint point) =>
        string.Join(", ", point.Swept.Select(value => $"{value.Column.Name} = {value.Value}"));

    private static IReadOnlyList<string> NamesOf(StudyPlan plan, RunDescription stored)
    {
        var names = stored.Points.ToDictionary(point => Key(point.Swept), point => point.Name);
        int next = stored.Points.Count;
        return [.. plan.Points.Select(point => names.GetValueOrDefault(Key(point.Swept)) ?? RunPoint.NameOf(next++))];
    }

    // Points of a sweep differ in their values, numbers by every bit.
    private static string Key(IReadOnlyList<PointValue> swept) =>
        string.Join('\n', swept.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Value:r}")));

    /// <summary>What the manifest of a run says of the study that it is of.</summary>
    private sealed record Found(JsonObject Identity, string Program, long Samples, bool IsComplete)
    {
        public bool HadRule { get; private init; }
        public bool IsHypercube { get; private init; }

        /// <summary>Of each point of a sweep, by name.</summary>
        public IReadOnlyDictionary<string, string> Hashes { get; private init; } = new Dictionary<string, string>();

        public static Found In(JsonObject manifest, RunDescription stored)
        {
            JsonObject identity = manifest["identity"]!.AsObject();
            bool isSwept = stored.Points[0].Swept.Count > 0;
            return new(
                identity,
                identity[StudyIdentity.Program]!.GetValue<string>(),
                (long)manifest["samples"]!,
                manifest["status"]!.GetValue<string>() == "complete"
            )
            {
                HadRule = EstimateRule.Of(manifest) is EstimateRule.AnyTime,
                IsHypercube = (string?)identity["sampling"]?["method"] == Keys.Choice(SamplingMethod.LatinHypercube),
                Hashes = isSwept
                    ? stored.Points.ToDictionary(
                        point => point.Name,
                        point => manifest["points"]![point.Name]![StudyIdentity.HashKey]!.GetValue<string>()
                    )
                    : new Dictionary<string, string>(),
            };
        }
    }
}
