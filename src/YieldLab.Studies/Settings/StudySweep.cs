using YamlDotNet.RepresentationModel;
using YieldLab.Circuits.Technology;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>
/// A study and all that its sweep makes of it. Points stand in the order of the keys: the first crossed key varies
/// slowest, the keys that go in step together fastest. Each point is the study of the file, without its sweep, with the
/// values set as <c>--set</c> sets them; temperature.value alone does more, since it takes the place of all other keys
/// that give the temperature (the gradient stays).
/// </summary>
/// <param name="Base">The study without its sweep's values.</param>
/// <param name="Keys">The swept keys; none where there is no sweep.</param>
/// <param name="Points">The studies; the base alone where there is no sweep.</param>
public sealed record StudySweep(StudyFile Base, IReadOnlyList<SweptKey> Keys, IReadOnlyList<SweepPoint> Points)
{
    /// <summary>Most points that a sweep may have.</summary>
    public const int MostPoints = 10_000;

    /// <summary>What options swept beside the file, "key=[...]", as they were given.</summary>
    public IReadOnlyList<string> Options { get; private init; } = [];

    /// <summary>A study without a sweep.</summary>
    public static StudySweep Without(StudyFile study) => new(study, [], [new(0, [], study)]);

    /// <summary>Reads a study and makes the points of its sweep.</summary>
    /// <param name="path">A YAML file.</param>
    /// <param name="changes">Keys to set in it and so in all points.</param>
    /// <param name="sweeps">Keys to sweep beside those of the file, "key=[...]" or "key={from: ..., to: ..., count: ...}".
    /// </param>
    /// <exception cref="StudyException">Anything wrong, with its place.</exception>
    public static StudySweep Read(string path, IReadOnlyList<StudyChange> changes, IReadOnlyList<StudyChange> sweeps)
    {
        YamlFile file = StudyFile.Open(path, changes);
        StudyFile study = StudyFile.Bind(file, file.Root, path, changes);
        return Of(file, study, changes, SweepEntry.Of(file, sweeps)) with
        {
            Options = [.. sweeps.Select(sweep => sweep.Setting)],
        };
    }

    /// <summary>A study over keys from outside; the sweep of its file is left out.</summary>
    /// <param name="path">A YAML file.</param>
    /// <param name="changes">Keys to set in it and so in all points.</param>
    /// <param name="inStep">Keys with as many values each, which go in step.</param>
    /// <exception cref="StudyException">Anything wrong, with its place.</exception>
    public static StudySweep Over(string path, IReadOnlyList<StudyChange> changes, IReadOnlyList<StudyChange> inStep)
    {
        YamlFile file = StudyFile.Open(path, changes);
        StudyFile study = StudyFile.Bind(file, file.Root, path, changes);
        return Of(
            file,
            study,
            changes,
            [.. inStep.Select(change => SweepEntry.InOption(file, change) with { InStep = true })]
        );
    }

    private static StudySweep Of(
        YamlFile file,
        StudyFile study,
        IReadOnlyList<StudyChange> changes,
        IReadOnlyList<SweepEntry> entries
    )
    {
        if (entries.Count == 0)
            return Without(study);
        SweepAxis[] axes = [.. entries.Select(entry => SweepAxis.Read(file, entry))];
        SweepChecks.Refuse(file, axes, changes);
        var points = new SweepPoints(file, study, changes, axes);
        return new(study, SweepColumns.Of(axes, study.Study), points.All());
    }
}
