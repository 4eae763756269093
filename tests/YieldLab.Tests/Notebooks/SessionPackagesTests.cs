using NuGet.Versioning;
using Xunit;
using YieldLab.Cli.Notebooks;
using YieldLab.Studies;

namespace YieldLab.Tests.Notebooks;

/// <summary>Which version of a package a <c>#r</c> brings, from a cache made by hand.</summary>
public sealed class SessionPackagesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("yieldlab-").FullName;
    private readonly SessionPackages _session;

    public SessionPackagesTests()
    {
        foreach (string version in (string[])["1.0.0", "1.9.0", "1.10.0", "2.0.0-beta", "2.0.0-beta.2"])
            Add("Made", version);
        Add("Top", "1.0.0", ("Left", "1.0.0"), ("Right", "1.0.0"));
        Add("Left", "1.0.0", ("Made", "1.0.0"));
        Add("Right", "1.0.0", ("Made", "[1.5.0, )"));
        _session = new(new(_root));
    }

    // NuGet's order: 1.10 is after 1.9, and a prerelease is before its release.
    [Theory]
    [InlineData("nuget: Made", "Made 1.10.0")]
    [InlineData("nuget:Made,*", "Made 1.10.0")]
    [InlineData("nuget: made, 1.0", "made 1.0.0")]
    [InlineData("nuget: Made, 2.0.0-BETA", "Made 2.0.0-BETA")]
    [InlineData("nuget: Right", "Right 1.0.0, Made 1.9.0")]
    [InlineData("nuget: Top", "Top 1.0.0, Left 1.0.0, Right 1.0.0, Made 1.9.0")]
    public void A_version_is_the_one_that_is_named_or_that_NuGet_would_choose(string reference, string expected)
    {
        IReadOnlyList<Package> found = _session.Find(PackageName.TryParse(reference)!);
        Assert.Equal(
            expected.ToLowerInvariant().Split(", ").Order(),
            found.Select(package => $"{package.Name} {package.Version}".ToLowerInvariant()).Order()
        );
        Assert.All(found, package => Assert.Contains($"{package.Version}".ToLowerInvariant(), package.Assemblies[0]));
    }

    [Theory]
    [InlineData(
        "nuget: Made, 2.0.0",
        "it is not in the NuGet cache (which has 1.0.0, 1.9.0, 1.10.0, 2.0.0-beta, 2.0.0-beta.2), and nothing is downloaded; \"dotnet add package Made --version 2.0.0\" in a project of yours brings it there"
    )]
    [InlineData("nuget: Made, 1.*", "1.* is no version; expected one such as 1.2.3")]
    [InlineData("nuget: SkiaSharp, 0.0.1", "this program has version {0} of it; expected that")]
    public void Any_other_is_refused(string reference, string reason) =>
        Assert.Equal($"#r \"{reference}\": {string.Format(null, reason, Skia)}", Refusal(reference));

    [Fact]
    public void A_session_has_one_version_of_a_package()
    {
        _session.Find(PackageName.TryParse("nuget: Made, 1.0.0")!);
        Assert.Single(_session.Find(PackageName.TryParse("nuget: Made")!));
        Assert.EndsWith("an earlier #r has version 1.0.0 of it; expected that", Refusal("nuget: Made, 1.9.0"));
        Assert.EndsWith("it needs Made (>= 1.5.0), and an earlier #r has version 1.0.0", Refusal("nuget: Right"));
    }

    [Fact]
    public void What_the_program_is_made_of_is_the_programs()
    {
        Package skia = Assert.Single(_session.Find(new("SkiaSharp", Skia)));
        Assert.Equal([typeof(SkiaSharp.SKBitmap).Assembly.Location], skia.Assemblies);
        Add("Draws", "1.0.0", ("SkiaSharp", "1.0.0"));
        Add("Draws", "2.0.0", ("SkiaSharp", "999.0.0"));
        Assert.Contains(skia, _session.Find(new("Draws", new(1, 0, 0))));
        Assert.EndsWith("an earlier #r has version 1.0.0 of it; expected that", Refusal("nuget: Draws, 2.0.0"));
        Assert.EndsWith(
            $"it needs SkiaSharp (>= 999.0.0), and this program has version {Skia}",
            Assert.Throws<StudyException>(() => new SessionPackages(new(_root)).Find(new("Draws", null))).Message
        );
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static NuGetVersion Skia => ProgramPackages.All.Single(package => package.Name == "SkiaSharp").Version;

    private string Refusal(string reference) =>
        Assert.Throws<StudyException>(() => _session.Find(PackageName.TryParse(reference)!)).Message;

    private void Add(string name, string version, params (string Name, string Range)[] needed)
    {
        string folder = Path.Combine(_root, name.ToLowerInvariant(), version);
        string library = Directory.CreateDirectory(Path.Combine(folder, "lib", "net8.0")).FullName;
        File.WriteAllText(Path.Combine(library, $"{name}.dll"), "");
        string all = string.Concat(needed.Select(one => $"<dependency id=\"{one.Name}\" version=\"{one.Range}\" />"));
        File.WriteAllText(
            Path.Combine(folder, $"{name.ToLowerInvariant()}.nuspec"),
            $"<package><metadata><dependencies>{all}</dependencies></metadata></package>"
        );
    }
}
