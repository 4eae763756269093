using System.Xml.Linq;
using YieldLab.Studies;

namespace YieldLab.Cli.Notebooks;

/// <summary>Packages that some restore has brought to this machine.</summary>
internal static class NuGetCache
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

    private static string Root =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Assemblies of a package and of those that it needs.</summary>
    /// <exception cref="StudyException">One is not there.</exception>
    public static IReadOnlyList<string> Assemblies(PackageName package)
    {
        var found = new Dictionary<string, string[]>();
        Gather(package, package, exact: package.Version is not null, found);
        return [.. found.Values.SelectMany(paths => paths)];
    }

    private static void Gather(PackageName asked, PackageName package, bool exact, Dictionary<string, string[]> found)
    {
        string name = package.Name.ToLowerInvariant();
        if (found.ContainsKey(name))
            return;
        string folder = Folder(asked, package, exact);
        found[name] = Libraries(folder);
        foreach (PackageName needed in Needed(Path.Combine(folder, $"{name}.nuspec")))
            Gather(asked, needed, exact: false, found);
    }

    private static string Folder(PackageName asked, PackageName package, bool exact)
    {
        string all = Path.Combine(Root, package.Name.ToLowerInvariant());
        string[] versions = Directory.Exists(all) ? [.. Directory.GetDirectories(all).Select(Path.GetFileName)!] : [];
        string? version = exact
            ? versions.FirstOrDefault(there => there == package.Version!.ToLowerInvariant())
            : versions.Where(there => Number(there) >= Number(package.Version)).MinBy(Number);
        return version is not null
            ? Path.Combine(all, version)
            : throw new StudyException(
                $"#r \"{asked}\": {(package == asked ? "it" : package)} is not in the NuGet cache, and nothing is downloaded; \"dotnet add package {asked.Name}\" in a project of yours brings it there"
            );
    }

    private static Version Number(string? text) =>
        Version.TryParse(text?.Split('-')[0], out Version? version) ? version : new Version(0, 0);

    private static string[] Libraries(string folder)
    {
        string libraries = Path.Combine(folder, "lib");
        return Targets.Select(target => Path.Combine(libraries, target)).FirstOrDefault(Directory.Exists) is { } best
            ? Directory.GetFiles(best, "*.dll")
            : [];
    }

    private static IEnumerable<PackageName> Needed(string nuspec)
    {
        if (!File.Exists(nuspec))
            return [];
        XElement[] all = [.. XDocument.Load(nuspec).Descendants()];
        XElement[] groups = [.. all.Where(element => element.Name.LocalName == "group" && Target(element) >= 0)];
        IEnumerable<XElement> elements =
            groups.MinBy(Target)?.Elements() ?? all.Where(element => element.Parent?.Name.LocalName == "dependencies");
        return elements
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => new PackageName(
                (string)element.Attribute("id")!,
                ((string?)element.Attribute("version"))?.Trim('[', ']', '(', ')').Split(',')[0]
            ));
    }

    // ".NETStandard2.0" in an old nuspec is netstandard2.0.
    private static int Target(XElement group) =>
        Array.IndexOf(Targets, ((string?)group.Attribute("targetFramework") ?? "").TrimStart('.').ToLowerInvariant());
}
