using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using YamlDotNet.RepresentationModel;
using YieldLab.Circuits.Technology;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Studies.Text;

/// <summary>
/// Makes settings out of a YAML tree by their declarations: properties in snake case, units and ranges of
/// <see cref="ParameterAttribute"/>. Strict: an unknown key, a missing one, a wrong unit or a value out of range is an
/// error at its place.
/// </summary>
/// <param name="file">The file that the tree is of.</param>
/// <param name="bound">What was made of nodes before, by their paths, to be taken again where many trees share most of
/// their nodes; null where there is one tree.</param>
internal sealed class YamlBinder(YamlFile file, Dictionary<YamlNode, (string Path, object? Value)>? bound = null)
{
    /// <summary>Where each bound key stands, by its path.</summary>
    public Dictionary<string, YamlNode> Places { get; } = [];

    public T Bind<T>(YamlNode node, string path = "") => (T)Value(node, path, typeof(T), null)!;

    /// <summary>The value of a settings type's property.</summary>
    public object? Bind(YamlNode node, string path, PropertyInfo property) =>
        Value(node, path, property.PropertyType, property.GetCustomAttribute<ParameterAttribute>());

    private object? Value(YamlNode node, string path, Type type, ParameterAttribute? parameter)
    {
        Places[path] = node;
        if (bound is null)
            return Made(node, path, type, parameter);
        if (!bound.TryGetValue(node, out var known) || known.Path != path)
            bound[node] = known = (path, Made(node, path, type, parameter));
        return known.Value;
    }

    private object? Made(YamlNode node, string path, Type type, ParameterAttribute? parameter)
    {
        type = Keys.Plain(type);
        if (typeof(YamlNode).IsAssignableFrom(type))
            return node is YamlMappingNode ? node : throw file.Error(node, path, "expected keys and values");
        if (Keys.ItemOf(type) is { } item)
            return List(node, path, item, parameter);
        if (type == typeof(Correlation))
            return Correlation(node, path);
        if (IsScalar(type))
            return Scalar(Text(node, path), node, path, type, parameter);
        return Settings(node, path, type);
    }

    private object Settings(YamlNode node, string path, Type type)
    {
        if (node is not YamlMappingNode mapping)
            throw file.Error(node, path, $"expected keys and values: {Join(Keys.Of(type).Select(Keys.Name))}");
        var properties = Keys.Of(type);
        RefuseUnknownKeys(mapping, path, [.. properties.Select(Keys.Name)]);
        object settings = type.GetConstructor([]) is null
            ? RuntimeHelpers.GetUninitializedObject(type)
            : Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in properties)
        {
            string key = Keys.Name(property);
            string keyPath = path.Length == 0 ? key : $"{path}.{key}";
            if (mapping.Children.TryGetValue(key, out YamlNode? value))
                property.SetValue(settings, Bind(value, keyPath, property));
            else if (Keys.IsRequired(property) || type.GetConstructor([]) is null)
                throw file.Error(mapping, path, $"missing key '{key}'{Describe(property)}");
        }
        return settings;
    }

    private void RefuseUnknownKeys(YamlMappingNode mapping, string path, string[] known)
    {
        foreach (YamlNode key in mapping.Children.Keys)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            if (!known.Contains(name))
                throw file.Error(key, path, $"unknown key '{name}'{NearestName.Hint(name, known)}");
        }
    }

    private IList List(YamlNode node, string path, Type item, ParameterAttribute? parameter)
    {
        if (node is not YamlSequenceNode sequence)
            throw file.Error(
                node,
                path,
                $"expected a list{(parameter is null ? "" : $", such as [{parameter.Example}]")}"
            );
        Array values = Array.CreateInstance(item, sequence.Children.Count);
        for (int i = 0; i < values.Length; i++)
            values.SetValue(Value(sequence.Children[i], $"{path}[{i}]", item, parameter), i);
        return values;
    }

    private Correlation Correlation(YamlNode node, string path)
    {
        var entry = Bind<CorrelationEntry>(node, path);
        return entry.Between is [var first, var second]
            ? new(first, second, entry.Value)
            : throw file.Error(node, path, "expected two shifts under 'between'");
    }

    private object Scalar(string text, YamlNode node, string path, Type type, ParameterAttribute? parameter)
    {
        if (type == typeof(string))
            return text;
        if (type == typeof(bool))
            return text.ToLowerInvariant() switch
            {
                "true" or "on" or "yes" => true,
                "false" or "off" or "no" => false,
                _ => throw file.Error(node, path, $"'{text}' is neither on nor off"),
            };
        if (type == typeof(Spec))
            return Spec.TryParse(text)
                ?? throw file.Error(
                    node,
                    path,
                    $"'{text}' is not a specification; expected METRIC >= NUMBER (or >, <=, <), such as accuracy >= 0.9 or accuracy >= 90 %"
                );
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().FirstOrDefault(value => Keys.Choice($"{value}") == text)
                ?? throw file.Error(
                    node,
                    path,
                    $"unknown value '{text}'{NearestName.Hint(text, Enum.GetNames(type).Select(Keys.Choice))}"
                );
        return Number(text, node, path, type, parameter!);
    }

    private object Number(string text, YamlNode node, string path, Type type, ParameterAttribute parameter)
    {
        if (!Quantity.TryParse(text, parameter.Unit, out double value, out string? problem))
            throw file.Error(node, path, $"{problem}; {Keys.Expectation(parameter)}");
        if (!parameter.Allows(value))
            throw file.Error(node, path, $"'{text}' is out of range; {Keys.Expectation(parameter)}");
        if (type == typeof(double))
            return value;
        return value == Math.Floor(value)
            ? Convert.ChangeType((decimal)value, type)
            : throw file.Error(node, path, $"'{text}' is not a whole number; {Keys.Expectation(parameter)}");
    }

    private string Text(YamlNode node, string path) =>
        node is YamlScalarNode { Value: { } text }
            ? text
            : throw file.Error(
                node,
                path,
                $"expected one value, not {(node is YamlSequenceNode ? "a list" : "keys and values")}"
            );

    /// <summary>Whether a type (not a nullable one) is written as one value.</summary>
    public static bool IsScalar(Type type) =>
        type == typeof(string) || type == typeof(Spec) || type.IsEnum || type.IsPrimitive;

    private static string Describe(PropertyInfo property)
    {
        string meaning = Keys.Meaning(property);
        string example = property.GetCustomAttribute<ParameterAttribute>()?.Example ?? "";
        return (meaning, example) switch
        {
            ("", _) => "",
            (_, "") => $" ({meaning})",
            _ => $" ({meaning}; such as {example})",
        };
    }

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);

    /// <summary>A correlation as it stands in a file.</summary>
    internal sealed record CorrelationEntry
    {
        [Meaning("The two shifts")]
        public required IReadOnlyList<GlobalShift> Between { get; init; }

        [Parameter("1", "Correlation coefficient", Min = -1, Max = 1, Example = "-0.5")]
        public required double Value { get; init; }
    }
}
