using NuGet.Versioning;

namespace YieldLab.Cli.Notebooks;

/// <summary>A package that cells can use.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="IsOwn">Whether this program is made of it; else it is of the NuGet cache.</param>
/// <param name="Assemblies">Paths of its assemblies.</param>
internal sealed record Package(string Name, NuGetVersion Version, bool IsOwn, IReadOnlyList<string> Assemblies)
{
    public string Owner => IsOwn ? "this program" : "an earlier #r";
}
