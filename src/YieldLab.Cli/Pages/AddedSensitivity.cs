using System.Text.Json.Nodes;
using YieldLab.Reports.Pages;

namespace YieldLab.Cli.Pages;

/// <summary>The result of <c>yieldlab sensitivity --json</c>.</summary>
internal static class AddedSensitivity
{
    public static IReadOnlyList<Block> Of(JsonObject json, string path, int number) => [];
}
