using System.Reflection;
using System.Xml.Linq;
using NuGet.Versioning;
using YieldLab.Studies;

namespace YieldLab.Cli.Notebooks;

/// <summary>Packages that some restore has brought to a machine.</summary>
/// <param name="root">Folder of the cache.</param>
internal sealed class NuGetCache(string root)
{
    // Best first, for a program of .NET 10.
    private static readonly string[] Targets =
    [
        .. Enumerable.Range(5, 6).Reverse().Select(version => $"net{version}.0"),
        "netcoreapp3.1",
        "netstandard2.1",
        "netstandard2.0",
        "netstandard1.6",
        "netstandard1.3",
    ];

    public static NuGetCache OfMachine =>
        new(
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")
        );

    /// <summary>The version that a <c>#r</c> names; where it names none, the highest that is no prerelease.</summary>
    /// <exception cref="StudyException">It is not there.</exception>
    public Package Find(PackageName asked)
    {
        NuGetVersion? version = asked.Version is null
            ? Versions(asked.Name).Where(there => !there.IsPrerelease).Max()
            : Versions(asked.Name).FirstOrDefault(there => there == asked.Version);
        return Get(asked.Name, version ?? throw Missing(asked, "it", asked.Name));
    }

    /// <summary>The lowest version of a range.</summary>
    /// <param name="asked">What needs it.</param>
    /// <param name="name">Name of the package.</param>
    /// <param name="range">What it may be.</param>
    /// <exception cref="StudyException">There is none.</exception>
    public Package Find(PackageName asked, string name, VersionRange range) =>
        Get(name, range.FindBestMatch(Versions(name)) ?? throw Missing(asked, $"{name} {range.PrettyPrint()}", name));

    /// <summary>What a package names as needed, for the best framework that it names.</summary>
    public IEnumerable<(string Name, VersionRange Range)> NeededBy(Package package)
    {
        string nuspec = Path.Combine(
            Folder(package.Name, package.Version),
            $"{package.Name.ToLowerInvariant()}.nuspec"
        );
        if (!File.Exists(nuspec))
            return [];
        XElement[] all = [.. XDocument.Load(nuspec).Descendants()];
        XElement[] groups = [.. all.Where(element => element.Name.LocalName == "group" && Target(element) >= 0)];
        IEnumerable<XElement> elements =
            groups.MinBy(Target)?.Elements() ?? all.Where(element => element.Parent?.Name.LocalName == "dependencies");
        return elements
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => ((string)element.Attribute("id")!, Range((string?)element.Attribute("version"))));
    }

    private static VersionRange Range(string? text) =>
        text is not null && VersionRange.TryParse(text, out VersionRange? range) ? range : VersionRange.All;

    private IEnumerable<NuGetVersion> Versions(string name)
    {
        string all = Path.Combine(root, name.ToLowerInvariant());
        string[] folders = Directory.Exists(all) ? Directory.GetDirectories(all) : [];
        foreach (string folder in folders)
            if (NuGetVersion.TryParse(Path.GetFileName(folder), out NuGetVersion? version))
                yield return version;
    }

    private string Folder(string name, NuGetVersion version) =>
        Path.Combine(root, name.ToLowerInvariant(), version.ToNormalizedString().ToLowerInvariant());

    private StudyException Missing(PackageName asked, string what, string name)
    {
        string others = string.Join(", ", Versions(name).Order());
        string version = asked.Version is null ? "" : $" --version {asked.Version}";
        return new(
            $"#r \"{asked}\": {what} is not in the NuGet cache{(others.Length > 0 ? $" (which has {others})" : "")}, and nothing is downloaded; \"dotnet add package {asked.Name}{version}\" in a project of yours brings it there"
        );
    }

    private Package Get(string name, NuGetVersion version)
    {
        string libraries = Path.Combine(Folder(name, version), "lib");
        string? best = Targets.Select(target => Path.Combine(libraries, target)).FirstOrDefault(Directory.Exists);
        string[] files = best is null ? [] : Directory.GetFiles(best, "*.dll");
        return new(name, version, false, [.. files.Where(file => !IsOfFramework(file))]);
    }

    // What .NET has itself is taken from there, as the SDK does.
    private static bool IsOfFramework(string file)
    {
        string own = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, Path.GetFileName(file));
        if (!File.Exists(own))
            return false;
        return Version(file) <= Version(own)
            ? true
            : throw new StudyException(
                $"{Path.GetFileName(file)} of the NuGet cache has version {Version(file)}, and .NET has {Version(own)} of it; expected no later one"
            );
    }

    private static Version Version(string file) => AssemblyName.GetAssemblyName(file).Version!;

    // ".NETStandard2.0" in an old nuspec is netstandard2.0.
    private static int Target(XElement group) =>
        Array.IndexOf(Targets, ((string?)group.Attribute("targetFramework") ?? "").TrimStart('.').ToLowerInvariant());
}
