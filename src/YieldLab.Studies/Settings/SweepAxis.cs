using System.Reflection;
using YamlDotNet.RepresentationModel;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>A value of a swept key.</summary>
/// <param name="Value">A double in the key's unit, or a text.</param>
/// <param name="Node">The value as a file has it; mistakes that it leads to are reported where it comes from.</param>
/// <param name="Place">How such messages begin.</param>
internal sealed record SweptValue(object Value, YamlScalarNode Node, string Place)
{
    /// <summary>A value of a key.</summary>
    /// <param name="value">A double in the key's unit, or a text.</param>
    /// <param name="text">As a file has it.</param>
    /// <param name="file">The file.</param>
    /// <param name="place">Where it comes from.</param>
    /// <param name="path">How messages name it.</param>
    public static SweptValue At(object value, string text, YamlFile file, YamlNode place, string path) =>
        new(value, file.ValueFrom(text, place, path), $"{file.Place(place)}: {path}: ");
}

/// <summary>A key of a sweep with its values, each of them in range by itself.</summary>
/// <param name="Entry">Where it stands.</param>
/// <param name="Type">The setting behind it.</param>
/// <param name="Values">In order.</param>
internal sealed record SweepAxis(SweepEntry Entry, SweptType Type, IReadOnlyList<SweptValue> Values)
{
    /// <summary>Reads the values of a key.</summary>
    public static SweepAxis Read(YamlFile file, SweepEntry entry)
    {
        PropertyInfo property = SweepKeys.Find(
            entry.Key,
            message => file.Error(entry.Place, entry.Path, message),
            message => file.Error(entry.Place, entry.Section, message)
        );
        var type = new SweptType(property);
        return new(
            entry,
            type,
            entry.Values switch
            {
                YamlSequenceNode { Children.Count: > 0 } list => OfList(file, entry, list, type),
                YamlMappingNode range when type.IsNumber => OfRange(file, entry, range, type),
                YamlSequenceNode => throw file.Error(
                    entry.Values,
                    entry.Path,
                    "is an empty list; expected at least one value"
                ),
                _ => throw file.Error(entry.Values, entry.Path, type.Expectation),
            }
        );
    }

    private static SweptValue[] OfList(YamlFile file, SweepEntry entry, YamlSequenceNode list, SweptType type)
    {
        var binder = new YamlBinder(file);
        return [.. list.Children.Select((item, i) => Value(item, $"{entry.Path}[{i}]"))];

        SweptValue Value(YamlNode item, string path)
        {
            object value = type.Stored(binder.Bind(item, path, type.Property)!);
            return SweptValue.At(value, ((YamlScalarNode)item).Value!, file, item, path);
        }
    }

    private static SweptValue[] OfRange(YamlFile file, SweepEntry entry, YamlMappingNode range, SweptType type)
    {
        double[] numbers = SweepNumbers.Of(file, range, entry.Path, type);
        return [.. numbers.Select(number => SweptValue.At(number, type.Text(number), file, range, entry.Path))];
    }
}
