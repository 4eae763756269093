using YamlDotNet.RepresentationModel;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Processes;

/// <summary>A value of a process card and where it comes from.</summary>
/// <param name="Key">Such as <c>mismatch.threshold</c>.</param>
/// <param name="Value">As the card has it, with its unit.</param>
/// <param name="Source">As the card has it; empty where it names none.</param>
public sealed record CardSource(string Key, string Value, string Source)
{
    private const string ValueKey = "value";
    private const string SourceKey = "source";

    /// <summary>The values of a card, in its order.</summary>
    /// <param name="card">Name of a built-in card, or path of a file.</param>
    /// <exception cref="StudyException">There is none, or the file is no card.</exception>
    public static IReadOnlyList<CardSource> Of(string card) =>
        [.. In("", YamlFile.Parse(card, ProcessLibrary.TextOf(card)).Root)];

    private static IEnumerable<CardSource> In(string path, YamlMappingNode section)
    {
        foreach (var (key, child) in section.Children)
        {
            string name = path.Length == 0 ? $"{key}" : $"{path}.{key}";
            if (child is YamlSequenceNode list)
                foreach (YamlMappingNode item in list.Children.OfType<YamlMappingNode>())
                    yield return new(name, Entries(item), Text(item, SourceKey));
            else if (child is YamlMappingNode value && value.Children.ContainsKey(ValueKey))
                yield return new(name, Text(value, ValueKey), Text(value, SourceKey));
            else if (child is YamlMappingNode inner)
                foreach (CardSource found in In(name, inner))
                    yield return found;
            else if (path.Length > 0)
                yield return new(name, $"{child}", "");
        }
    }

    // Of a corner its name and its shifts, of a correlation what it is between and how much.
    private static string Entries(YamlMappingNode item) =>
        string.Join(
            ", ",
            item.Children.Where(entry => $"{entry.Key}" != SourceKey)
                .Select(entry => $"{entry.Key} {Plain(entry.Value)}")
        );

    private static string Plain(YamlNode node) =>
        node is YamlSequenceNode list ? string.Join(" and ", list.Children) : $"{node}";

    private static string Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out YamlNode? child) ? $"{child}".Trim() : "";
}
