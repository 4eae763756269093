using System.Reflection;
using YamlDotNet.RepresentationModel;
using YieldLab.Circuits.Technology;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>The keys of a study and, below process.override, of its card: which of them a sweep may vary.</summary>
internal static class SweepKeys
{
    private const string SameColumns = "all points have the same columns";
    private const string SameDies = "all points have the same dies";

    // Sections as well as single keys, with what is below them.
    private static readonly Dictionary<string, string> Fixed = new()
    {
        ["name"] = "it changes no result",
        ["description"] = "it changes no result",
        ["cost"] = "it changes no die",
        ["seed"] = SameDies,
        ["samples"] = SameDies,
        ["sampling"] = SameDies,
        ["stop"] = SameDies,
        ["task"] = SameColumns,
        ["data.target"] = SameColumns,
        ["hold"] = SameColumns,
        ["output"] = SameColumns,
        ["specs"] = "all points have the same specifications",
        ["sweep"] = "a sweep has no sweep",
    };

    private static readonly Dictionary<string, PropertyInfo> All = Below(typeof(Study), "")
        .ToDictionary(entry => entry.Key, entry => entry.Property);

    /// <summary>The keys that have one value, and neither keys below them nor a list.</summary>
    public static IReadOnlyList<string> Scalars { get; } =
    [.. All.Where(entry => IsScalar(entry.Value)).Select(entry => entry.Key)];

    /// <summary>Those of them that can be swept.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Scalars.Where(key => Reason(key) is null)];

    /// <summary>The property behind a key, whether or not it can be swept; null where there is none.</summary>
    public static PropertyInfo? Known(string key) => All.GetValueOrDefault(key);

    /// <summary>The property behind a key.</summary>
    /// <param name="key">Its path.</param>
    /// <param name="refuse">Makes an error at the key as a whole.</param>
    /// <param name="unknown">Makes an error where the key stands.</param>
    public static PropertyInfo Find(
        string key,
        Func<string, StudyException> refuse,
        Func<string, StudyException> unknown
    )
    {
        if (Reason(key) is { } reason)
            throw refuse($"cannot be swept: {reason}");
        if (!All.TryGetValue(key, out PropertyInfo? property))
            throw unknown($"unknown key '{key}'{Hint(key)}");
        if (Keys.ItemOf(property.PropertyType) is not null)
            throw refuse(
                $"cannot be swept: it is a list{(key == "temperature.values" ? ", unlike temperature.value" : "")}"
            );
        if (!IsScalar(property))
            throw refuse($"is a section; expected one of its keys, such as {Names.First(name => IsBelow(name, key))}");
        return property;
    }

    private static bool IsScalar(PropertyInfo property) => YamlBinder.IsScalar(Keys.Plain(property.PropertyType));

    private static string? Reason(string key) => Fixed.FirstOrDefault(entry => IsBelow(key, entry.Key)).Value;

    private static bool IsBelow(string key, string section) =>
        key == section || key.StartsWith(section + ".", StringComparison.Ordinal);

    // Somebody may know a key and not its section.
    private static string Hint(string key) =>
        Names.FirstOrDefault(name => name.EndsWith("." + key, StringComparison.Ordinal)) is { } whole
            ? $"; did you mean '{whole}'?"
            : NearestName.Hint(key, Names);

    private static IEnumerable<(string Key, PropertyInfo Property)> Below(Type type, string path)
    {
        foreach (PropertyInfo property in Keys.Of(type))
        {
            string key = path + Keys.Name(property);
            yield return (key, property);
            Type section = Keys.Plain(property.PropertyType);
            if (section == typeof(YamlMappingNode))
                section = typeof(ProcessCard);
            if (section == typeof(SweepSettings) || Keys.ItemOf(section) is not null || YamlBinder.IsScalar(section))
                continue;
            foreach (var below in Below(section, key + "."))
                yield return below;
        }
    }
}
