using YamlDotNet.RepresentationModel;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.Studies.Processes;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>A study as read from its file, with its process card.</summary>
/// <param name="Path">The file.</param>
/// <param name="Text">Its text, as written.</param>
/// <param name="Changes">Keys set from outside, "key=value".</param>
/// <param name="Study">The settings.</param>
/// <param name="Card">The process card, overrides applied.</param>
public sealed record StudyFile(string Path, string Text, IReadOnlyList<string> Changes, Study Study, ProcessCard Card)
{
    /// <summary>Where the keys of the study stand.</summary>
    internal Func<string, string, StudyException> ErrorAt { get; init; } = (key, message) => new($"{key}: {message}");

    /// <summary>Folder that paths in the file are relative to.</summary>
    public string Folder => FolderOf(Path);

    /// <summary>Reads and checks a study.</summary>
    /// <param name="path">A YAML file.</param>
    /// <param name="changes">Keys to set, "key=value".</param>
    /// <exception cref="StudyException">Anything wrong, with its place.</exception>
    public static StudyFile Read(string path, params IReadOnlyList<string> changes) =>
        Read(path, [.. changes.Select(StudyChange.Set)]);

    /// <summary>Reads and checks a study.</summary>
    /// <param name="path">A YAML file.</param>
    /// <param name="changes">Keys to set.</param>
    /// <exception cref="StudyException">Anything wrong, with its place.</exception>
    public static StudyFile Read(string path, IReadOnlyList<StudyChange> changes)
    {
        YamlFile file = Open(path, changes);
        return Bind(file, file.Root, path, changes);
    }

    /// <summary>A study's file with keys set from outside, not yet checked.</summary>
    internal static YamlFile Open(string path, IReadOnlyList<StudyChange> changes)
    {
        YamlFile file = YamlFile.Read(path);
        foreach (StudyChange change in changes)
            file.Set(change);
        return file;
    }

    /// <summary>Checks a study and makes its settings.</summary>
    /// <param name="file">The file.</param>
    /// <param name="root">Its tree, or one made of it.</param>
    /// <param name="path">Path of the file.</param>
    /// <param name="changes">What was set in it.</param>
    /// <param name="card">The process card where it is read already; null: read it.</param>
    /// <param name="bound">See <see cref="YamlBinder"/>.</param>
    internal static StudyFile Bind(
        YamlFile file,
        YamlMappingNode root,
        string path,
        IReadOnlyList<StudyChange> changes,
        ProcessCard? card = null,
        Dictionary<YamlNode, (string Path, object? Value)>? bound = null
    )
    {
        var binder = new YamlBinder(file, bound);
        Study study = binder.Bind<Study>(root);
        // Places are looked up again where there is an error: a sweep has many studies.
        StudyException ErrorAt(string key, string message)
        {
            var places = new YamlBinder(file);
            places.Bind<Study>(root);
            return file.Error(places.Places.GetValueOrDefault(key, root), key, message);
        }
        study = StudySpecs.InUnits(study, ErrorAt);
        Check(study, ErrorAt);
        CheckTemperature(study.Temperature, changes, ErrorAt);
        CheckStop(study, ErrorAt);
        card ??= ProcessLibrary.Load(study.Process, FolderOf(path), file, binder.Places["process.card"]);
        CheckSizes(study.Design.Cells, card, ErrorAt);
        // All names: corners' own are so short that a nearest one would be a guess.
        if (study.Corner is { } corner && card.Corner(corner) is null)
            throw ErrorAt(
                "corner",
                $"{study.Process.Card} has no corner '{corner}'; expected one of {string.Join(", ", card.CornerNames)}"
            );
        return new(path, file.Text, [.. changes.Select(change => change.Setting)], study, card) { ErrorAt = ErrorAt };
    }

    private static string FolderOf(string path) => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;

    private static void Check(Study study, Func<string, string, StudyException> errorAt)
    {
        if (study.Name.Length == 0 || study.Name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            throw errorAt("name", $"'{study.Name}' names a folder; expected letters, digits, - and _");
        if (
            study.Data.Split.Method == SplitMethod.Stratified
            && study.Task == Circuits.Accelerators.LearningTask.Linear
        )
            throw errorAt("data.split.method", "a regression has no classes to stratify; expected shuffled or file");
        if (study.Hold.CountBy(DieColumns.HoldName).FirstOrDefault(hold => hold.Value > 1) is { Key: { } twice })
            throw errorAt("hold", $"{twice} stands there twice");
        if (study.Specs.Count == 0)
            throw errorAt("specs", "expected at least one, such as accuracy >= 0.9");
        if (study.Specs.Select(spec => spec.Column).Distinct().Count() != study.Specs.Count)
            throw errorAt("specs", "the same specification stands there twice");
        if (study.Sampling.Problem(study.Samples) is { } problem)
            throw errorAt(problem.Key, problem.Message);
    }

    private static void CheckTemperature(
        TemperatureSettings temperature,
        IReadOnlyList<StudyChange> changes,
        Func<string, string, StudyException> errorAt
    )
    {
        if (temperature.Problem is not { } problem)
            return;
        // A key that is set joins those of the file, which its user may not have in mind.
        bool changed = changes
            .SelectMany(change => change.Keys)
            .Any(key => key.StartsWith("temperature.", StringComparison.Ordinal));
        string hint = changed ? "; --set \"temperature={value: 27 C}\" replaces all keys at once" : "";
        throw errorAt("temperature", problem + hint);
    }

    private static void CheckStop(Study study, Func<string, string, StudyException> errorAt)
    {
        if (study.Stop is not { } stop)
            return;
        if (stop.IsEmpty)
            throw errorAt("stop", "nothing here stops a run; expected at least one of width, target, after");
        if (stop.Rule is not null && study.Variation.Temperature && study.Temperature.Values?.Distinct().Count() > 1)
            throw errorAt(
                stop.Width is null ? "stop.target" : "stop.width",
                "dies of listed temperatures have no common pass probability, which width and target need; "
                    + "expected a sweep of temperature.value, a range, or stop.after alone"
            );
        if (stop.Rule is not null && study.Sampling.Table is not null)
            throw errorAt(
                "stop",
                "dies of a table have no common pass probability, which width and target need; expected stop.after alone"
            );
        if (stop.Rule is not null && study.Sampling.Method != SamplingMethod.MonteCarlo)
            throw errorAt(
                "stop",
                $"dies of sampling.method {Keys.Choice(study.Sampling.Method)} are not independent, which width and target need; expected the method monte-carlo, or stop.after alone"
            );
    }

    private static void CheckSizes(CellSizes cells, ProcessCard card, Func<string, string, StudyException> errorAt)
    {
        foreach (var property in Keys.Of(typeof(CellSizes)))
        {
            var size = (DeviceSize)property.GetValue(cells)!;
            string path = $"design.cells.{Keys.Name(property)}";
            if (size.Width < card.Device.MinimumWidth)
                throw TooSmall("width", size.Width, card.Device.MinimumWidth);
            if (size.Length < card.Device.MinimumLength)
                throw TooSmall("length", size.Length, card.Device.MinimumLength);

            StudyException TooSmall(string key, double value, double minimum) =>
                errorAt(
                    $"{path}.{key}",
                    $"{value * 1e6:g4} um is smaller than the process allows; expected at least {minimum * 1e6:g4} um"
                );
        }
    }
}
