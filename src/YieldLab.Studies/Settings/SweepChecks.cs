using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>What is wrong with the keys of a sweep together.</summary>
internal static class SweepChecks
{
    /// <exception cref="StudyException">The first thing that is wrong.</exception>
    public static void Refuse(YamlFile file, IReadOnlyList<SweepAxis> axes, IReadOnlyList<StudyChange> changes)
    {
        SweepAxis[] zip = [.. axes.Where(axis => axis.Entry.InStep)];
        RefuseUnlikeLengths(file, zip);
        foreach (SweepAxis axis in axes.Where(axis => !axis.Entry.InStep))
            RefuseRepeated(file, [axis]);
        RefuseRepeated(file, zip);
        RefuseTooMany(file, axes);
        RefuseSecondTemperature(file, axes);
        RefuseSettings(axes, changes);
    }

    private static void RefuseUnlikeLengths(YamlFile file, SweepAxis[] zip)
    {
        foreach (SweepAxis axis in zip)
            if (axis.Values.Count != zip[0].Values.Count)
                throw file.Error(
                    axis.Entry.Values,
                    axis.Entry.Path,
                    $"has {axis.Values.Count} values; expected {zip[0].Values.Count}, as {zip[0].Entry.Key} has"
                );
    }

    // A point that stands there twice would be run twice.
    private static void RefuseRepeated(YamlFile file, SweepAxis[] inStep)
    {
        if (inStep.Length == 0)
            return;
        var first = new Dictionary<string, int>();
        for (int i = 0; i < inStep[0].Values.Count; i++)
        {
            string together = string.Join('\n', inStep.Select(axis => axis.Values[i].Value));
            if (!first.TryAdd(together, i))
                throw file.Error(
                    inStep[0].Values[i].Node,
                    inStep[0].Entry.Path,
                    inStep.Length == 1
                        ? $"'{inStep[0].Values[i].Node}' stands there twice"
                        : $"values {first[together] + 1} and {i + 1} of all keys under sweep.zip are the same"
                );
        }
    }

    private static void RefuseTooMany(YamlFile file, IReadOnlyList<SweepAxis> axes)
    {
        // A double, since the product of many lengths is any number.
        double points = Lengths(axes).Aggregate(1.0, (product, length) => product * length);
        if (points > StudySweep.MostPoints)
            throw file.Error(
                axes[^1].Entry.Place,
                "sweep",
                $"{string.Join(" x ", Lengths(axes))} are {points:g6} points; expected at most {StudySweep.MostPoints}"
            );
    }

    private static IEnumerable<int> Lengths(IReadOnlyList<SweepAxis> axes) =>
        axes.Where(axis => !axis.Entry.InStep)
            .Concat(axes.Where(axis => axis.Entry.InStep).Take(1))
            .Select(axis => axis.Values.Count);

    private static void RefuseSecondTemperature(YamlFile file, IReadOnlyList<SweepAxis> axes)
    {
        if (
            axes.Any(axis => axis.Entry.Key == SweepTree.Temperature)
            && axes.FirstOrDefault(axis => SweepTree.Replaced.Contains(axis.Entry.Key)) is { Entry: var other }
        )
            throw file.Error(
                other.Place,
                other.Path,
                $"{SweepTree.Temperature} is swept too and takes its place; expected one of them"
            );
    }

    private static void RefuseSettings(IReadOnlyList<SweepAxis> axes, IReadOnlyList<StudyChange> changes)
    {
        foreach (StudyChange change in changes)
            if (axes.FirstOrDefault(axis => change.Keys.Contains(axis.Entry.Key)) is { Entry.Key: var key })
                throw new StudyException(
                    $"{change.Origin}: {key} is swept, so that no point would have this value; --sweep \"{key}=[...]\" replaces its values"
                );
    }
}
