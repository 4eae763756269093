using YamlDotNet.RepresentationModel;
using YieldLab.Circuits.Technology;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>Makes the studies of a sweep.</summary>
internal sealed class SweepPoints(
    YamlFile file,
    StudyFile study,
    IReadOnlyList<StudyChange> changes,
    IReadOnlyList<SweepAxis> axes
)
{
    private readonly YamlMappingNode _root = SweepTree.WithoutSweep(file);

    // Process cards by the values of the keys that change them: reading one takes longer than the rest of a study.
    private readonly Dictionary<string, ProcessCard> _cards = [];

    // Most of a study is the same at all points.
    private readonly Dictionary<YamlNode, (string Path, object? Value)> _bound = new(
        ReferenceEqualityComparer.Instance
    );

    /// <summary>The points in order.</summary>
    public SweepPoint[] All() => [.. Combinations().Select((values, index) => Point(index, values))];

    // One value of each axis, the last axis fastest; the axes in step stand last and count as one.
    private IEnumerable<SweptValue[]> Combinations()
    {
        IEnumerable<SweptValue[]> combinations =
        [
            [],
        ];
        foreach (SweepAxis axis in axes.Where(axis => !axis.Entry.InStep))
            combinations = combinations.SelectMany(head => axis.Values.Select(value => (SweptValue[])[.. head, value]));
        SweepAxis[] zip = [.. axes.Where(axis => axis.Entry.InStep)];
        if (zip.Length == 0)
            return combinations;
        var steps = Enumerable.Range(0, zip[0].Values.Count).Select(i => zip.Select(axis => axis.Values[i])).ToArray();
        return combinations.SelectMany(head => steps.Select(step => (SweptValue[])[.. head, .. step]));
    }

    private SweepPoint Point(int index, SweptValue[] values)
    {
        string[] settings = [.. axes.Zip(values, (axis, value) => $"{axis.Entry.Key}={value.Node}")];
        YamlMappingNode root = _root;
        for (int i = 0; i < values.Length; i++)
            root = SweepTree.With(file, root, axes[i].Entry.Key, values[i].Node);
        StudyFile point = Bind(root, values, settings);
        return new(index, [.. values.Select(value => value.Value)], point) { Settings = settings };
    }

    private StudyFile Bind(YamlMappingNode root, SweptValue[] values, string[] settings)
    {
        string process = string.Join(
            '\n',
            settings.Where(setting => setting.StartsWith("process.", StringComparison.Ordinal))
        );
        ProcessCard? card = process.Length == 0 ? study.Card : _cards.GetValueOrDefault(process);
        try
        {
            StudyFile point = StudyFile.Bind(file, root, study.Path, changes, card, _bound);
            _cards[process] = point.Card;
            return point with
            {
                Changes = [.. study.Changes, .. axes.Select(axis => SweepTree.Change(root, axis.Entry.Key))],
                ErrorAt = (key, message) => AtPoint(point.ErrorAt(key, message), values, settings),
            };
        }
        catch (StudyException e)
        {
            throw AtPoint(e, values, settings);
        }
    }

    // What is wrong with the only value of a point is said at the value; otherwise it may be any of them together.
    private static StudyException AtPoint(StudyException e, SweptValue[] values, string[] settings) =>
        values is [var only] && e.Message.StartsWith(only.Place, StringComparison.Ordinal)
            ? e
            : new($"{e.Message} (in the sweep at {string.Join(", ", settings)})", e);
}
