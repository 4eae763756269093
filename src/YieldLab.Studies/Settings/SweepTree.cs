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
        YamlMappingNode tree = file.With(root, key.Split('.'), value);
        if (key != Temperature)
            return tree;
        var section = (YamlMappingNode)tree.Children["temperature"];
        var alone = Without(file, section, name => Replaced.Contains($"temperature.{name}"));
        return file.With(tree, ["temperature"], alone);
    }

    /// <summary>The change, "key=value", after which a study has what the tree has under a key. Of
    /// <see cref="Temperature"/> it is the whole section, since keys that are replaced cannot be taken away.</summary>
    public static string Change(YamlMappingNode root, string key)
    {
        string changed = key == Temperature ? "temperature" : key;
        return $"{changed}={Flow(changed.Split('.').Aggregate((YamlNode)root, (node, part) => node[part]))}";
    }

    private static YamlMappingNode Without(YamlFile file, YamlMappingNode mapping, Func<string, bool> leftOut) =>
        file.MappingAt(mapping, mapping.Children.Where(entry => !leftOut($"{entry.Key}")));

    private static string Flow(YamlNode node) =>
        node is YamlMappingNode mapping
            ? $"{{{string.Join(", ", mapping.Children.Select(entry => $"{entry.Key}: {Flow(entry.Value)}"))}}}"
            : Scalar($"{node}");

    // Whatever might mean something to YAML is quoted; JSON's strings are YAML's.
    private static string Scalar(string text) => Safe().IsMatch(text) ? text : JsonSerializer.Serialize(text);

    [GeneratedRegex(@"^-?[A-Za-z0-9._/][A-Za-z0-9._/\\%*^+ -]*(?<! )\z")]
    private static partial Regex Safe();
}
