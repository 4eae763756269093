using NuGet.Versioning;
using YieldLab.Studies;

namespace YieldLab.Cli.Notebooks;

/// <summary>The packages of a session: one version of each. What this program is made of is there from the beginning.</summary>
/// <param name="cache">Where all others are taken from.</param>
internal sealed class SessionPackages(NuGetCache cache)
{
    private const string Own = "YieldLab.";

    private readonly Dictionary<string, Package> _packages = ProgramPackages.All.ToDictionary(
        package => package.Name,
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>A package and those that it needs.</summary>
    /// <exception cref="StudyException">One is not there, or only in another version.</exception>
    public IReadOnlyList<Package> Find(PackageName asked)
    {
        if (_packages.TryGetValue(asked.Name, out Package? there))
            return asked.Version is null || asked.Version == there.Version
                ? [there]
                : throw new StudyException(
                    $"#r \"{asked}\": {there.Owner} has version {there.Version} of it; expected that"
                );
        if (asked.Name.StartsWith(Own, StringComparison.OrdinalIgnoreCase))
            throw new StudyException($"#r \"{asked}\": this program has no package of that name");
        IReadOnlyList<Package> all = Gather(asked);
        foreach (Package package in all)
            _packages.TryAdd(package.Name, package);
        return all;
    }

    // Of each package the lowest version that all others allow, as NuGet has it.
    private List<Package> Gather(PackageName asked)
    {
        var chosen = new Dictionary<string, Package>(StringComparer.OrdinalIgnoreCase);
        var open = new Queue<(string Name, VersionRange Range)>();
        Take(cache.Find(asked));
        while (open.TryDequeue(out var needed))
        {
            Package? there = _packages.GetValueOrDefault(needed.Name) ?? chosen.GetValueOrDefault(needed.Name);
            if (there is not null && needed.Range.Satisfies(there.Version))
                chosen[needed.Name] = there;
            else if (_packages.ContainsKey(needed.Name))
                throw new StudyException(
                    $"#r \"{asked}\": it needs {needed.Name} {needed.Range.PrettyPrint()}, and {there!.Owner} has version {there.Version}"
                );
            else
                Take(Higher(asked, needed.Name, needed.Range, there));
        }
        return [.. chosen.Values];

        void Take(Package package)
        {
            chosen[package.Name] = package;
            foreach (var needed in cache.NeededBy(package))
                open.Enqueue(needed);
        }
    }

    private Package Higher(PackageName asked, string name, VersionRange range, Package? there)
    {
        Package found = cache.Find(asked, name, range);
        return there is null || found.Version > there.Version
            ? found
            : throw new StudyException(
                $"#r \"{asked}\": it needs {name} {range.PrettyPrint()} in one place and {there.Version} in another"
            );
    }
}
