using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>The tree of a study with the values of one point in it: the sections above a value are copied, the rest is
/// that of the file.</summary>
internal static partial class SweepTree
{
    /// <summary>The key that, swept, takes the place of all others that give the temperature.</summary>
    public const string Temperature = "temperature.value";

    /// <summary>The keys whose place it takes.</summary>
    public static readonly IReadOnlyList<string> Replaced =
    [
        "temperature.from",
        "temperature.to",
        "temperature.mean",
        "temperature.sigma",
        "temperature.values",
    ];

    /// <summary>A file's tree without its sweep.</summary>
    public static YamlMappingNode WithoutSweep(YamlFile file) => Without(file, file.Root, name => name == "sweep");

    /// <summary>The tree with a key set.</summary>
    public static YamlMappingNode With(YamlFile file, YamlMappingNode root, string key, YamlNode value)
    {
        YamlMappingNode tree = With(file, root, key.Split('.'), value);
        if (key != Temperature)
            return tree;
        var section = (YamlMappingNode)tree.Children["temperature"];
        var alone = Without(file, section, name => Replaced.Contains($"temperature.{name}"));
        return With(file, tree, ["temperature"], alone);
    }

    /// <summary>The change, "key=value", after which a study has what the tree has under a key. Of
    /// <see cref="Temperature"/> it is the whole section, since keys that are replaced cannot be taken away.</summary>
    public static string Change(YamlMappingNode root, string key)
    {
        string changed = key == Temperature ? "temperature" : key;
        return $"{changed}={Flow(changed.Split('.').Aggregate((YamlNode)root, (node, part) => node[part]))}";
    }

    private static YamlMappingNode With(
        YamlFile file,
        YamlMappingNode? parent,
        ReadOnlySpan<string> path,
        YamlNode value
    )
    {
        string name = path[0];
        YamlNode? old = parent?.Children.TryGetValue(name, out YamlNode? found) == true ? found : null;
        YamlNode child = path.Length == 1 ? value : With(file, old as YamlMappingNode, path[1..], value);
        var entries = parent?.Children.Select(entry => entry.Value == old ? new(entry.Key, child) : entry) ?? [];
        if (old is null)
            entries = entries.Append(new(new YamlScalarNode(name), child));
        return file.MappingAt(parent ?? value, entries);
    }

    private static YamlMappingNode Without(YamlFile file, YamlMappingNode mapping, Func<string, bool> leftOut) =>
        file.MappingAt(mapping, mapping.Children.Where(entry => !leftOut($"{entry.Key}")));

    private static string Flow(YamlNode node) =>
        node is YamlMappingNode mapping
            ? $"{{{string.Join(", ", mapping.Children.Select(entry => $"{entry.Key}: {Flow(entry.Value)}"))}}}"
            : Scalar($"{node}");

    // Whatever might mean something to YAML is quoted; JSON's strings are YAML's.
    private static string Scalar(string text) => Safe().IsMatch(text) ? text : JsonSerializer.Serialize(text);

    [GeneratedRegex(@"^-?[A-Za-z0-9._/][A-Za-z0-9._/\\%*^+ -]*(?<! )$")]
    private static partial Regex Safe();
}
