using NuGet.Versioning;
using YieldLab.Studies;

namespace YieldLab.Cli.Notebooks;

/// <summary>A package as <c>#r</c> names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; null: any.</param>
internal sealed record PackageName(string Name, NuGetVersion? Version)
{
    private const string Scheme = "nuget:";

    /// <summary>Reads "nuget: NAME, VERSION" or "nuget: NAME"; null where it is something else.</summary>
    /// <exception cref="StudyException">The version is none.</exception>
    public static PackageName? TryParse(string reference)
    {
        if (!reference.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        string[] parts = reference[Scheme.Length..].Split(',', StringSplitOptions.TrimEntries);
        string asked = parts.Length > 1 ? parts[1] : "";
        if (asked is "" or "*")
            return new(parts[0], null);
        return NuGetVersion.TryParse(asked, out NuGetVersion? version)
            ? new(parts[0], version)
            : throw new StudyException($"#r \"{reference}\": {asked} is no version; expected one such as 1.2.3");
    }

    public override string ToString() => Version is null ? $"{Scheme} {Name}" : $"{Scheme} {Name}, {Version}";
}
