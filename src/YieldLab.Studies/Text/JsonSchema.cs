using System.Reflection;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;
using YieldLab.Circuits.Technology;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Text;

/// <summary>The JSON Schema of study files, made from the declarations that read them, for editors that complete and
/// check YAML.</summary>
public static class JsonSchema
{
    private const string QuantityPattern = @"^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*\S+.*$";
    private const string SpecPattern = @"^\s*[a-z][a-z0-9_]*\s*(>=|<=|>|<)\s*[-+0-9.eE]+\s*%?\s*$";

    /// <summary>The schema of a study.</summary>
    public static JsonObject OfStudy()
    {
        JsonObject schema = Settings(typeof(Study), allRequired: true);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", "YieldLab study");
        return schema;
    }

    /// <summary>The schema of a settings type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="allRequired">Whether keys that a whole file needs are needed.</param>
    internal static JsonObject Settings(Type type, bool allRequired)
    {
        var properties = Keys.Of(type);
        bool positional = type.GetConstructor([]) is null;
        var required = properties.Where(property => allRequired && (positional || Keys.IsRequired(property)));
        return new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. required.Select(property => JsonValue.Create(Keys.Name(property)))]),
            ["properties"] = new JsonObject(
                properties.Select(property =>
                    KeyValuePair.Create(Keys.Name(property), (JsonNode?)Property(property, allRequired))
                )
            ),
        };
    }

    private static JsonObject Property(PropertyInfo property, bool allRequired)
    {
        var parameter = property.GetCustomAttribute<ParameterAttribute>();
        JsonObject schema = Value(property.PropertyType, parameter, allRequired);
        string description = Keys.Meaning(property);
        if (parameter is not null)
            description += $"; {Keys.Expectation(parameter)}";
        if (description.Length > 0)
            schema["description"] = description;
        return schema;
    }

    private static JsonObject Value(Type type, ParameterAttribute? parameter, bool allRequired)
    {
        type = Keys.Plain(type);
        if (type == typeof(SweepSettings))
            return SweepSchema.OfSection();
        if (type == typeof(YamlMappingNode))
            return Settings(typeof(ProcessCard), allRequired: false);
        if (Keys.ItemOf(type) is { } item)
            // A list is given as a whole, in an override too.
            return new() { ["type"] = "array", ["items"] = Value(item, parameter, allRequired: true) };
        if (type == typeof(Correlation))
            return Settings(typeof(YamlBinder.CorrelationEntry), allRequired: true);
        if (type == typeof(string))
            return new() { ["type"] = "string" };
        if (type == typeof(Spec))
            return new() { ["type"] = "string", ["pattern"] = SpecPattern };
        if (type == typeof(bool))
            return new() { ["enum"] = new JsonArray(true, false, "on", "off") };
        if (type.IsEnum)
            return new()
            {
                ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => JsonValue.Create(Keys.Choice(name)))]),
            };
        return type.IsPrimitive ? Number(type, parameter!) : Settings(type, allRequired);
    }

    private static JsonObject Number(Type type, ParameterAttribute parameter)
    {
        var quantity = new JsonObject { ["type"] = "string", ["pattern"] = QuantityPattern };
        if (parameter.Unit != "1")
            return quantity;
        var number = new JsonObject { ["type"] = type == typeof(double) ? "number" : "integer" };
        if (parameter.Min > double.NegativeInfinity)
            number[parameter.MinExcluded ? "exclusiveMinimum" : "minimum"] = parameter.Min;
        if (parameter.Max < double.PositiveInfinity)
            number["maximum"] = parameter.Max;
        return type == typeof(double) ? new() { ["anyOf"] = new JsonArray(number, quantity) } : number;
    }
}
