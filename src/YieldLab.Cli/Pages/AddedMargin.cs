using System.Text.Json.Nodes;
using YieldLab.Reports.Pages;

namespace YieldLab.Cli.Pages;

/// <summary>The result of <c>yieldlab margin --json</c>.</summary>
internal static class AddedMargin
{
    public static IReadOnlyList<Block> Of(JsonObject json, string path, int number) => [];
}
