using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Text;

/// <summary>A YAML file as a tree whose nodes know where they stand.</summary>
public sealed class YamlFile
{
    private readonly Dictionary<YamlNode, string> _settings = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<YamlNode, (YamlFile Origin, string Key)> _adopted = new(
        ReferenceEqualityComparer.Instance
    );

    private readonly Dictionary<YamlNode, string> _keys = new(ReferenceEqualityComparer.Instance);

    private YamlFile(string name, string text, YamlMappingNode root)
    {
        Name = name;
        Text = text;
        Root = root;
    }

    /// <summary>How messages name the file.</summary>
    public string Name { get; }

    /// <summary>The text as written.</summary>
    public string Text { get; }

    public YamlMappingNode Root { get; private set; }

    /// <summary>Reads a file.</summary>
    public static YamlFile Read(string path) => Parse(path, UserFile.ReadText(path));

    /// <summary>Reads a text.</summary>
    public static YamlFile Parse(string name, string text)
    {
        try
        {
            return new(
                name,
                text,
                Load(text) ?? throw new StudyException($"{name}:1:1: expected one YAML document of keys and values")
            );
        }
        catch (YamlException e)
        {
            string place = IndentedByTab(text) is { } line ? $"{line}:1" : $"{e.Start.Line}:{e.Start.Column}";
            throw new StudyException($"{name}:{place}: not valid YAML: {Reason(text, e)}", e);
        }
    }

    /// <summary>Sets keys, as <c>--set training.epochs=20</c> does.</summary>
    public void Set(StudyChange change)
    {
        foreach (string key in change.Keys)
        {
            string[] path = key.Split('.');
            if (path.Any(part => part.Length == 0))
                throw new StudyException($"{change.Origin}: expected key=value, such as --set training.epochs=20");
            Root = With(Root, path, ValueOf(change.Origin, change.Value));
        }
    }

    /// <summary>A tree with a key set: the sections above the key are copied, the rest is shared. A section that stands
    /// in several places by an alias changes in this one alone.</summary>
    /// <param name="root">A tree of this file.</param>
    /// <param name="path">The sections and the key.</param>
    /// <param name="value">What the key has; sections and keys that are not there stand where it does.</param>
    internal YamlMappingNode With(YamlMappingNode root, ReadOnlySpan<string> path, YamlNode value)
    {
        string name = path[0];
        root.Children.TryGetValue(name, out YamlNode? old);
        YamlNode child = value;
        if (path.Length > 1)
        {
            YamlMappingNode section =
                (old ?? MappingAt(value, [])) as YamlMappingNode
                ?? throw Error(value, $"'{name}' is a value and has no keys below it");
            child = With(section, path[1..], value);
        }
        if (old is null)
            return MappingAt(root, root.Children.Append(new(KeyAt(value, name), child)));
        return MappingAt(
            root,
            root.Children.Select(entry => entry.Key.Equals(new YamlScalarNode(name)) ? new(entry.Key, child) : entry)
        );
    }

    /// <summary>Takes a node of another file into this one's tree: mistakes in it are reported where it comes from.</summary>
    /// <param name="node">The node, with all below it.</param>
    /// <param name="origin">The file that it stands in.</param>
    /// <param name="key">The key there under which this file's keys stand.</param>
    internal void Adopt(YamlNode node, YamlFile origin, string key)
    {
        foreach (YamlNode part in Below(node))
            _adopted[part] = (origin, key);
    }

    /// <summary>A value that stands for what is written elsewhere: mistakes in it are reported there.</summary>
    /// <param name="text">The value.</param>
    /// <param name="place">Where it comes from.</param>
    /// <param name="key">The key there, in place of the one under which the value is read.</param>
    internal YamlScalarNode ValueFrom(string text, YamlNode place, string key)
    {
        var value = new YamlScalarNode(text);
        _settings[value] = Place(place);
        _keys[value] = key;
        return value;
    }

    /// <summary>Keys and values that stand where others do.</summary>
    internal YamlMappingNode MappingAt(YamlNode place, IEnumerable<KeyValuePair<YamlNode, YamlNode>> entries)
    {
        var mapping = new YamlMappingNode(entries);
        _settings[mapping] = Place(place);
        return mapping;
    }

    /// <summary>Where a node stands, as messages name it: file, line and column, or the option that brought it.</summary>
    internal string Place(YamlNode node) =>
        _settings.TryGetValue(node, out string? origin) ? origin : $"{Name}:{node.Start.Line}:{node.Start.Column}";

    /// <summary>An error at a node.</summary>
    public StudyException Error(YamlNode node, string message) => new($"{Place(node)}: {message}");

    /// <summary>An error at a node that stands under a key.</summary>
    /// <param name="node">The node.</param>
    /// <param name="path">The key's path; empty for the whole file.</param>
    /// <param name="message">What is wrong.</param>
    public StudyException Error(YamlNode node, string path, string message)
    {
        if (_adopted.TryGetValue(node, out var adopted))
            return adopted.Origin.Error(node, path.Length == 0 ? adopted.Key : $"{adopted.Key}.{path}", message);
        string key = _keys.GetValueOrDefault(node, path);
        return Error(node, key.Length == 0 ? message : $"{key}: {message}");
    }

    private static YamlMappingNode? Load(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (InvalidOperationException e)
        {
            // The library's answer to a bracket that is never closed.
            throw new YamlException("a list or mapping is not closed", e);
        }
        return stream.Documents.Count == 1 ? stream.Documents[0].RootNode as YamlMappingNode : null;
    }

    /// <summary>Reads a value that an option brings.</summary>
    /// <param name="origin">The option, as messages name it.</param>
    /// <param name="text">YAML.</param>
    internal YamlNode ValueOf(string origin, string text)
    {
        try
        {
            YamlNode value = Load($"value: {text}")!.Children["value"];
            Mark(value, origin);
            return value;
        }
        catch (YamlException e)
        {
            throw new StudyException($"{origin}: not valid YAML: {Reason(text, e)}", e);
        }
    }

    private static string Reason(string text, YamlException e) =>
        IndentedByTab(text) is null ? e.Message.ReplaceLineEndings(" ") : "a tab in the indentation; use spaces";

    // The library reports a tab on the line before it.
    private static int? IndentedByTab(string text)
    {
        int line = Array.FindIndex(text.Split('\n'), row => row[..^row.TrimStart().Length].Contains('\t'));
        return line < 0 ? null : line + 1;
    }

    private YamlScalarNode KeyAt(YamlNode place, string name)
    {
        var key = new YamlScalarNode(name);
        _settings[key] = Place(place);
        return key;
    }

    private void Mark(YamlNode node, string origin)
    {
        foreach (YamlNode part in Below(node))
            _settings.TryAdd(part, origin);
    }

    // A node and all below it, each once: an alias may point back to its own list.
    private static HashSet<YamlNode> Below(YamlNode node)
    {
        var found = new HashSet<YamlNode>(ReferenceEqualityComparer.Instance);
        var open = new Stack<YamlNode>([node]);
        while (open.TryPop(out YamlNode? next))
        {
            if (!found.Add(next))
                continue;
            IEnumerable<YamlNode> children = next switch
            {
                YamlSequenceNode list => list.Children,
                YamlMappingNode mapping => mapping.Children.SelectMany(pair => new[] { pair.Key, pair.Value }),
                _ => [],
            };
            foreach (YamlNode child in children)
                open.Push(child);
        }
        return found;
    }
}
