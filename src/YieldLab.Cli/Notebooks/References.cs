using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using YieldLab.Studies;

namespace YieldLab.Cli.Notebooks;

/// <summary>
/// What <c>#r</c> names: an assembly of .NET by its name; a file, relative to the notebook; or a package, "nuget: NAME, VERSION".
/// Packages that this program is made of are the assemblies that it has itself, so that cells and program share their types; any
/// other is taken from the NuGet cache. Nothing is downloaded.
/// </summary>
/// <param name="folder">Folder of the notebook.</param>
/// <param name="loader">Is told of the assemblies that are loaded already.</param>
internal sealed class References(string folder, InteractiveAssemblyLoader loader) : MetadataReferenceResolver
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private readonly Dictionary<string, PortableExecutableReference[]> _found = [];
    private readonly SessionPackages _packages = new(NuGetCache.OfMachine);

    /// <summary>Assemblies of .NET, which need no <c>#r</c>.</summary>
    public static IReadOnlyList<string> OfFramework { get; } =
    [.. Trusted().Where(path => Path.GetDirectoryName(path) == Framework)];

    public override bool ResolveMissingAssemblies => false;

    /// <summary>Finds what a <c>#r</c> names, so that compiling can not fail on it.</summary>
    /// <returns>All that the cell and later ones have to know.</returns>
    /// <exception cref="StudyException">There is no such thing.</exception>
    public IReadOnlyList<MetadataReference> Find(string reference)
    {
        if (!_found.TryGetValue(reference, out var found))
            _found[reference] = found = [.. Paths(reference).Select(path => MetadataReference.CreateFromFile(path))];
        return found;
    }

    // The compiler takes one assembly of a #r, and insists on it where a package has none.
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference,
        string? baseFilePath,
        MetadataReferenceProperties properties
    ) => [_found.GetValueOrDefault(reference, []).FirstOrDefault() ?? MetadataReference.CreateFromFile(OfFramework[0])];

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private IReadOnlyList<string> Paths(string reference)
    {
        if (PackageName.TryParse(reference) is { } package)
            return [.. _packages.Find(package).SelectMany(Assemblies).Distinct()];
        string named = Path.Combine(Framework, $"{reference}.dll");
        string file = Path.GetFullPath(reference, folder);
        return File.Exists(file) ? [file]
            : OfFramework.Contains(named) ? [named]
            : throw new StudyException(
                $"#r \"{reference}\": no such file; expected a path relative to the notebook, or \"nuget: NAME, VERSION\""
            );
    }

    private IReadOnlyList<string> Assemblies(Package package)
    {
        if (!package.IsOwn)
            return package.Assemblies;
        var all = new Dictionary<string, Assembly>();
        foreach (string path in package.Assemblies)
            Gather(Assembly.Load(Path.GetFileNameWithoutExtension(path)), all);
        foreach (Assembly loaded in all.Values)
            loader.RegisterDependency(loaded);
        return [.. all.Values.Select(loaded => loaded.Location)];
    }

    // What it is made of, as far as it is not part of .NET.
    private static void Gather(Assembly assembly, Dictionary<string, Assembly> all)
    {
        if (Path.GetDirectoryName(assembly.Location) == Framework || !all.TryAdd(assembly.FullName!, assembly))
            return;
        foreach (AssemblyName name in assembly.GetReferencedAssemblies())
            Gather(Assembly.Load(name), all);
    }

    private static string[] Trusted() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
}
