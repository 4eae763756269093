using YamlDotNet.RepresentationModel;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Shipped;

/// <summary>A study that is part of the program, for a folder that has none: a start for one's own.</summary>
/// <param name="Name">Of the study; its file is NAME.yaml.</param>
/// <param name="Description">What it does, in a line.</param>
/// <param name="Data">The data set that it reads, relative to its folder.</param>
public sealed record ShippedStudy(string Name, string Description, string Data)
{
    private const string Resources = "studies/";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<ShippedStudy> All { get; } =
    [
        .. typeof(ShippedStudy)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Resources, StringComparison.Ordinal) && Path.GetExtension(name) == ".yaml")
            .Order(StringComparer.Ordinal)
            .Select(name => Of(Path.GetFileNameWithoutExtension(name))),
    ];

    /// <summary>The one of a name.</summary>
    /// <exception cref="StudyException">There is none.</exception>
    public static ShippedStudy Named(string name) =>
        All.FirstOrDefault(study => study.Name == name)
        ?? throw new StudyException(
            $"the program has no study '{name}'{NearestName.Hint(name, All.Select(study => study.Name))}"
        );

    /// <summary>The study's file, in the folder of <see cref="WriteTo"/>.</summary>
    public string File => $"{Name}.yaml";

    /// <summary>What is written, relative to a folder: the study, its data, where all data sets come from with their licences,
    /// and the schema that editors read.</summary>
    public IReadOnlyList<string> Files => [File, Data, "data/README.md", "yieldlab.schema.json"];

    /// <summary>Writes the study and what it needs. Files that are there with the same content stay; if another one has a name
    /// that is needed, nothing is written.</summary>
    /// <param name="folder">Where to; made where it is absent.</param>
    /// <exception cref="StudyException">A file is in the way, or one cannot be written.</exception>
    public void WriteTo(string folder)
    {
        var missing = Files.Where(file => !IsThere(file, Path.Combine(folder, file))).ToList();
        foreach (string file in missing)
            UserFile.WriteBytes(Path.Combine(folder, file), Bytes(file));
    }

    private static bool IsThere(string file, string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (System.IO.File.Exists(folder))
            throw new StudyException($"{folder} is a file; expected a folder: --out DIR");
        if (!Path.Exists(path))
            return false;
        return UserFile.ReadBytes(path, "").AsSpan().SequenceEqual(Bytes(file))
            ? true
            : throw new StudyException(
                $"{path} is there already and is another file; expected a folder without it: --out DIR"
            );
    }

    private static ShippedStudy Of(string name)
    {
        YamlMappingNode study = YamlFile.Parse(name, System.Text.Encoding.UTF8.GetString(Bytes($"{name}.yaml"))).Root;
        return new(name, $"{study["description"]}", $"{study["data"]["file"]}");
    }

    private static byte[] Bytes(string file)
    {
        using Stream stream = typeof(ShippedStudy).Assembly.GetManifestResourceStream(Resources + file)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
