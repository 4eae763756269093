using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace YieldLab.Cli.Output;

/// <summary>JSON as the commands print it: indented, and no more escaped than it must be.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(JsonNode json) => json.ToJsonString(Options);
}
