using YieldLab.Statistics.Margins;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Margins;

/// <summary>
/// A study over one setting, whose margin is sought, and perhaps over values of a second one, each of which has a margin of its
/// own. All dies are those of the study's seed, the same silicon at every setting. They are independent whatever the study's
/// sampling; the sweep of its file is left out.
/// </summary>
public sealed class MarginStudy
{
    private readonly IReadOnlyList<StudySweep> _curves;
    private readonly IReadOnlyList<SweepPoint> _against;

    private MarginStudy(MarginAxis axis, StudySweep? against, IReadOnlyList<StudySweep> curves, string? name)
    {
        (Axis, _curves, Against) = (axis, curves, name);
        _against = against?.Points ?? [];
        AgainstKeys = against?.Keys ?? [];
    }

    /// <summary>The study without the values of its settings.</summary>
    public StudyFile Base => _curves[0].Base;

    public Study Study => Base.Study;

    public MarginAxis Axis { get; }

    /// <summary>The keys whose margin is sought; they have the same value.</summary>
    public IReadOnlyList<SweptKey> Varied => _curves[0].Keys;

    /// <summary>The second setting as it was asked for, or null.</summary>
    public string? Against { get; }

    /// <summary>The keys of the second setting; they have the same value.</summary>
    public IReadOnlyList<SweptKey> AgainstKeys { get; }

    /// <summary>Values of the second setting; 1 where there is none.</summary>
    public int Curves => _curves.Count;

    /// <summary>Values of the first setting.</summary>
    public int Settings => _curves[0].Points.Count;

    /// <summary>Reads a study and makes its settings. None of them is worked out yet.</summary>
    /// <param name="path">A YAML file.</param>
    /// <param name="changes">Keys to set in it.</param>
    /// <param name="axis">The setting whose margin is sought.</param>
    /// <param name="against">Keys of a second setting, as <see cref="MarginAxis.Vary"/> has them, with their values as a sweep
    /// takes them, "keys=[...]"; null: there is none.</param>
    /// <exception cref="StudyException">Anything wrong, with its place.</exception>
    public static MarginStudy Read(string path, IReadOnlyList<StudyChange> changes, MarginAxis axis, string? against)
    {
        RefuseSet(changes, axis);
        if (against is null)
            return new(axis, null, [Curve(path, changes, axis)], null);
        StudyChange[] second = [.. Second(against, axis)];
        StudySweep sweep = StudySweep.Over(path, changes, second);
        var curves = sweep.Points.Select(point => Curve(path, Changes(changes, point, against), axis));
        return new(axis, sweep, [.. curves], against.Split('=')[0].Trim());
    }

    /// <summary>A setting of a curve.</summary>
    public SweepPoint Point(int curve, int setting) => _curves[curve].Points[setting];

    /// <summary>The value of a setting: a number in the unit of <see cref="Varied"/>.</summary>
    public double Value(int setting) => (double)Point(0, setting).Values[0];

    /// <summary>The value of the second setting that a curve has.</summary>
    public object AgainstValue(int curve) => _against[curve].Values[0];

    /// <summary>Searches for the margin of a curve. The confidence of the request is that of all curves together: each has an
    /// equal part of its alpha.</summary>
    /// <param name="curve">From 0.</param>
    /// <param name="request">What for.</param>
    /// <param name="decided">Told of each setting that is decided; null: nobody is.</param>
    /// <param name="cancellation">Ends the search with what it has.</param>
    /// <exception cref="StudyException">Something in a setting or its data does not fit.</exception>
    public MarginResult Search(
        int curve,
        MarginRequest request,
        Action<SettingYield>? decided,
        CancellationToken cancellation
    )
    {
        var plan = new MarginPlan(Settings, request.Target, 1 - (1 - request.Confidence) / Curves, request.MostDies);
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = request.Threads,
            CancellationToken = cancellation,
        };
        var trials = new Dictionary<int, SettingTrial>();
        try
        {
            return MarginSearch.Run(plan, Trial, decided);
        }
        finally
        {
            foreach (SettingTrial trial in trials.Values)
                trial.Dispose();
        }

        DieResult[] Trial(int setting, long first, int count)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!trials.TryGetValue(setting, out SettingTrial? trial))
                trials.Add(setting, trial = new(PreparedStudy.Of(Point(curve, setting).File).WithIndependentDies()));
            return trial.Run(first, count, options);
        }
    }

    /// <summary>Power and area of the design at a setting; null where the study has no section <c>cost</c>.</summary>
    public StudyCost? Cost(int curve, int setting) =>
        Point(curve, setting).File is { Study.Cost: not null } file ? StudyCost.Of(file) : null;

    private static void RefuseSet(IReadOnlyList<StudyChange> changes, MarginAxis axis)
    {
        foreach (StudyChange change in changes)
            if (change.Keys.Any(axis.Keys.Contains))
                throw new StudyException(
                    $"{change.Origin}: the key is varied, so that no setting would have this value; expected --set or --vary of it"
                );
    }

    private static StudySweep Curve(string path, IReadOnlyList<StudyChange> changes, MarginAxis axis)
    {
        try
        {
            StudySweep curve = StudySweep.Over(path, changes, axis.Changes());
            RefuseUnlikeDies(curve.Points[0].File);
            return curve;
        }
        catch (StudyException mistake)
        {
            throw axis.InOptions(mistake);
        }
    }

    private static IEnumerable<StudyChange> Second(string against, MarginAxis axis)
    {
        string origin = $"--against {against}";
        int equals = against.IndexOf('=');
        if (equals < 0)
            throw new StudyException($"{origin}: expected key=[values], such as \"training.l2=[0.001, 0.01]\"");
        IReadOnlyList<string> keys = KeyPattern.Keys(origin, against[..equals], SweepKeys.Names);
        return keys.FirstOrDefault(axis.Keys.Contains) is { } twice
            ? throw new StudyException($"{origin}: {twice} is varied already; expected another key")
            : keys.Select(key => new StudyChange($"{key}{against[equals..]}", origin));
    }

    // Those that make the study of a point, after those of all points.
    private static IReadOnlyList<StudyChange> Changes(
        IReadOnlyList<StudyChange> changes,
        SweepPoint point,
        string against
    ) =>
        [
            .. changes,
            .. point.File.Changes.Skip(changes.Count).Select(change => new StudyChange(change, $"--against {against}")),
        ];

    private static void RefuseUnlikeDies(StudyFile file)
    {
        Study study = file.Study;
        if (study.Variation.Temperature && study.Temperature.Values?.Distinct().Count() > 1)
            throw file.ErrorAt(
                "temperature.values",
                "dies of listed temperatures have no common pass probability, which a margin needs; "
                    + "expected a range, or one temperature: --set \"temperature={value: 27 C}\""
            );
        if (study.Sampling.Table is not null)
            throw file.ErrorAt(
                "sampling.table",
                "dies of a table have no common pass probability, which a margin needs; expected dies that are drawn"
            );
    }
}
