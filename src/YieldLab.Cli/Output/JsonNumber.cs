using System.Text.Json.Nodes;

namespace YieldLab.Cli.Output;

/// <summary>Numbers of JSON, which has no NaN and no infinity.</summary>
internal static class JsonNumber
{
    /// <summary>The number; null where it does not exist or is infinite.</summary>
    public static JsonNode? Of(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    /// <summary>The value of a metric; "never" where it is infinite.</summary>
    public static JsonNode? OfMetric(double value) => double.IsPositiveInfinity(value) ? "never" : Of(value);
}
