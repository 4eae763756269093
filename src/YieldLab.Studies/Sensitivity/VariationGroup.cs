using YieldLab.Circuits.Cells;
using YieldLab.Statistics.Random;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Sensitivity;

/// <summary>How finely the draws of a die are grouped.</summary>
public enum VariationGrouping
{
    /// <summary>By what is shared and by the kind of cell.</summary>
    Cell,

    /// <summary>By what varies: shifts, temperature, thresholds, current factors, capacitors, switches.</summary>
    Source,

    /// <summary>By the kind of cell, its thresholds and current factors apart.</summary>
    Stream,
}

/// <summary>Draws of a study that are varied together.</summary>
/// <param name="Name">Lower-case, words joined by underscores.</param>
/// <param name="Streams">Streams of the silicon.</param>
/// <param name="IsNoise">Whether the shot noise belongs to it.</param>
/// <param name="Varies">Whether the dies of the study depend on it.</param>
public sealed record VariationGroup(string Name, IReadOnlyList<RandomStream> Streams, bool IsNoise, bool Varies)
{
    /// <summary>All groups of a study, each draw in one; the noise where the study has any.</summary>
    public static IReadOnlyList<VariationGroup> Of(PreparedStudy study, VariationGrouping by)
    {
        IReadOnlyList<DrawGroup> groups = by switch
        {
            VariationGrouping.Cell => DrawGroup.ByCell,
            VariationGrouping.Source => DrawGroup.BySource,
            _ => DrawGroup.ByStream,
        };
        return
        [
            .. groups.Select(group => new VariationGroup(
                group.Name,
                group.Streams,
                false,
                group.Varies(study.Silicon, study.Global)
            )),
            .. study.Noise is null ? [] : new VariationGroup[] { new("noise", [], true, true) },
        ];
    }

    /// <summary>The list with some of its groups as one, in the place of the first of them.</summary>
    /// <exception cref="StudyException">A name is not in the list or twice.</exception>
    public static IReadOnlyList<VariationGroup> Merge(
        IReadOnlyList<VariationGroup> groups,
        string name,
        IReadOnlyList<string> members
    )
    {
        VariationGroup[] merged = [.. members.Distinct().Select(member => Find(groups, name, member))];
        if (groups.Except(merged).Any(group => group.Name == name))
            throw new StudyException($"--group {name}: there is a group of that name; expected another name");
        var whole = new VariationGroup(
            name,
            [.. merged.SelectMany(group => group.Streams)],
            merged.Any(group => group.IsNoise),
            merged.Any(group => group.Varies)
        );
        return [.. groups.Where(g => g == merged[0] || !merged.Contains(g)).Select(g => g == merged[0] ? whole : g)];
    }

    private static VariationGroup Find(IReadOnlyList<VariationGroup> groups, string name, string member) =>
        groups.FirstOrDefault(group => group.Name == member)
        ?? throw new StudyException(
            $"--group {name}: no group '{member}' is left{NearestName.Hint(member, groups.Select(group => group.Name))}"
        );
}
