using YieldLab.Studies.Processes;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Clusters;

/// <summary>A file of a bundle.</summary>
/// <param name="Role">What it is: study, data, process or table.</param>
/// <param name="Path">Where it stands in the bundle, parts separated by slashes.</param>
/// <param name="Content">Its bytes.</param>
public sealed record BundledFile(string Role, string Path, byte[] Content);

/// <summary>A study with the files that it names, each at the place where the study looks for it: what a machine needs that
/// has none of them.</summary>
/// <param name="Files">The files; the study is the first.</param>
public sealed record StudyBundle(IReadOnlyList<BundledFile> Files)
{
    /// <summary>Where the study stands in the bundle.</summary>
    public string Study => Files[0].Path;

    /// <summary>Bytes of all files.</summary>
    public long Size => Files.Sum(file => (long)file.Content.Length);

    /// <summary>Collects the files of a study and of all points of its sweep.</summary>
    /// <exception cref="StudyException">One is named by an absolute path, or cannot be read.</exception>
    public static StudyBundle Of(StudySweep sweep)
    {
        StudyFile file = sweep.Base;
        (string Role, string Path)[] named =
        [
            ("study", Path.GetFileName(file.Path)),
            .. sweep.Points.Select(point => point.File).Append(file).SelectMany(Named).Distinct(),
        ];
        string root = file.Folder;
        for (int i = named.Max(entry => Climb(entry.Path)); i > 0; i--)
            root =
                Path.GetDirectoryName(root)
                ?? throw new StudyException(
                    $"{file.Path}: its data or card is above the root of the file system; expected a path below it, or --study-path"
                );
        return new([.. named.Select(entry => Bundled(entry.Role, Path.Combine(file.Folder, entry.Path), root))]);
    }

    private static IEnumerable<(string Role, string Path)> Named(StudyFile file)
    {
        Study study = file.Study;
        yield return ("data", Beside(file, "data.file", study.Data.File));
        if (ProcessLibrary.IsPath(study.Process.Card))
            yield return ("process", Beside(file, "process.card", study.Process.Card));
        if (study.Sampling.Table is { } table)
            yield return ("table", Beside(file, "sampling.table", table));
    }

    private static BundledFile Bundled(string role, string path, string root) =>
        new(role, Path.GetRelativePath(root, path).Replace('\\', '/'), UserFile.ReadBytes(path, ""));

    private static string Beside(StudyFile file, string key, string path) =>
        Path.IsPathRooted(path)
            ? throw file.ErrorAt(
                key,
                $"{path} is an absolute path, which a pod does not have; expected one relative to the study, or --study-path"
            )
            : path;

    // How many folders above the study a path passes through: ../../a/x is two up, even where it comes down the same way.
    private static int Climb(string path)
    {
        int depth = 0;
        int highest = 0;
        foreach (string part in path.Split('/', Path.DirectorySeparatorChar))
        {
            depth += part switch
            {
                ".." => -1,
                "." or "" => 0,
                _ => 1,
            };
            highest = Math.Min(highest, depth);
        }
        return -highest;
    }
}
