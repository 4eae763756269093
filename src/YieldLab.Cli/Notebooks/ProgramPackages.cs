using System.Text.Json.Nodes;
using NuGet.Versioning;

namespace YieldLab.Cli.Notebooks;

/// <summary>Packages that this program is made of, as its <c>.deps.json</c> lists them. Of these a process can have no other
/// version.</summary>
internal static class ProgramPackages
{
    public static IReadOnlyList<Package> All { get; } = [.. Read()];

    private static IEnumerable<Package> Read()
    {
        string folder = AppContext.BaseDirectory;
        string? list = ((string?)AppContext.GetData("APP_CONTEXT_DEPS_FILES"))
            ?.Split(';')
            .FirstOrDefault(path => path.StartsWith(folder, StringComparison.Ordinal));
        if (list is null)
            yield break;
        JsonNode root = JsonNode.Parse(File.ReadAllText(list))!;
        string target = (string)root["runtimeTarget"]!["name"]!;
        foreach (var (entry, content) in root["targets"]![target]!.AsObject())
        {
            string[] parts = entry.Split('/');
            var files = content!
                ["runtime"]
                ?.AsObject()
                .Select(file => Path.Combine(folder, Path.GetFileName(file.Key)));
            yield return new(parts[0], NuGetVersion.Parse(parts[1]), true, [.. (files ?? []).Where(File.Exists)]);
        }
    }
}
