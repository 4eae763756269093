using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace YieldLab.Studies.Text;

/// <summary>A YAML file as a tree whose nodes know where they stand.</summary>
public sealed class YamlFile
{
    private readonly Dictionary<YamlNode, string> _settings = new(ReferenceEqualityComparer.Instance);

    private YamlFile(string name, YamlMappingNode root)
    {
        Name = name;
        Root = root;
    }

    /// <summary>How messages name the file.</summary>
    public string Name { get; }

    public YamlMappingNode Root { get; }

    /// <summary>Reads a file.</summary>
    public static YamlFile Read(string path)
    {
        try
        {
            return Parse(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StudyException(
                File.Exists(path) ? $"{path}: cannot be read ({e.Message})" : $"{path}: there is no such file"
            );
        }
    }

    /// <summary>Reads a text.</summary>
    public static YamlFile Parse(string name, string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root
                ? new(name, root)
                : throw new StudyException($"{name}:1:1: expected one YAML document of keys and values");
        }
        catch (YamlException e)
        {
            string reason = e.Message.ReplaceLineEndings(" ");
            throw new StudyException($"{name}:{e.Start.Line}:{e.Start.Column}: not valid YAML: {reason}", e);
        }
    }

    /// <summary>Sets one key, as <c>--set training.epochs=20</c> does.</summary>
    /// <param name="setting">"key=value"; the key's parts are joined by points, the value is YAML.</param>
    public void Set(string setting)
    {
        int equals = setting.IndexOf('=');
        if (equals < 1)
            throw new StudyException($"--set {setting}: expected key=value, such as --set training.epochs=20");
        string[] path = setting[..equals].Trim().Split('.');
        YamlNode value = Parse($"--set {setting}", $"value: {setting[(equals + 1)..]}").Root.Children["value"];
        Mark(value, setting);
        YamlMappingNode parent = Root;
        foreach (string part in path[..^1])
        {
            if (!parent.Children.TryGetValue(part, out YamlNode? child))
            {
                parent.Children[part] = child = new YamlMappingNode();
                Mark(child, setting);
            }
            parent =
                child as YamlMappingNode
                ?? throw new StudyException($"--set {setting}: '{part}' is a value and has no keys below it");
        }
        var key = new YamlScalarNode(path[^1]);
        Mark(key, setting);
        parent.Children.Remove(key);
        parent.Children.Add(key, value);
    }

    /// <summary>An error at a node.</summary>
    public StudyException Error(YamlNode node, string message) =>
        new(
            _settings.TryGetValue(node, out string? setting)
                ? $"--set {setting}: {message}"
                : $"{Name}:{node.Start.Line}:{node.Start.Column}: {message}"
        );

    private void Mark(YamlNode node, string setting)
    {
        foreach (YamlNode part in node.AllNodes)
            _settings.TryAdd(part, setting);
    }
}
