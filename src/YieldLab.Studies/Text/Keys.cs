using System.Reflection;
using System.Text.Json;
using YieldLab.Circuits.Technology;

namespace YieldLab.Studies.Text;

/// <summary>The keys that a settings type has in a file: one a property, in snake case.</summary>
internal static class Keys
{
    public static IReadOnlyList<PropertyInfo> Of(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.SetMethod is not null)
                .OrderBy(property => property.DeclaringType == type ? 1 : 0),
        ];

    public static string Name(MemberInfo member) => Snake(member.Name);

    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>How a file names a value of an enumeration: weak-inversion.</summary>
    public static string Choice(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    public static string Choice(Enum value) => Choice($"{value}");

    public static bool IsRequired(PropertyInfo property) =>
        property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null;

    public static string Meaning(PropertyInfo property) =>
        property.GetCustomAttribute<ParameterAttribute>()?.Meaning
        ?? property.GetCustomAttribute<MeaningAttribute>()?.Text
        ?? "";

    /// <summary>The type behind a nullable one.</summary>
    public static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>The item type of a list, or null.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : null;

    /// <summary>What is expected of a number: unit, range, example.</summary>
    public static string Expectation(ParameterAttribute parameter)
    {
        string kind = parameter.Unit == "1" ? "a number" : $"a quantity in {parameter.Unit}";
        var limits = new List<string>();
        if (parameter.Min > double.NegativeInfinity)
            limits.Add($"{(parameter.MinExcluded ? "above" : "from")} {Number(parameter.Min, parameter.Unit)}");
        if (parameter.Max < double.PositiveInfinity)
            limits.Add($"up to {Number(parameter.Max, parameter.Unit)}");
        string range = limits.Count == 0 ? "" : " " + string.Join(" ", limits);
        return $"expected {kind}{range}, such as {parameter.Example}";
    }

    private static string Number(double value, string unit) =>
        unit == "1" ? $"{value:g6}" : $"{value:g6} {unit.Replace(" (difference)", "")}";
}
