using YieldLab.Studies.Processes;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Clusters;

/// <summary>A file of a bundle.</summary>
/// <param name="Role">What it is: study, data or process.</param>
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

    /// <summary>Collects the files of a study.</summary>
    /// <exception cref="StudyException">One is named by an absolute path, or cannot be read.</exception>
    public static StudyBundle Of(StudyFile file)
    {
        string card = file.Study.Process.Card;
        List<(string Role, string Path)> named =
        [
            ("study", Path.GetFullPath(file.Path)),
            ("data", Beside(file, "data.file", file.Study.Data.File)),
        ];
        if (ProcessLibrary.IsPath(card))
            named.Add(("process", Beside(file, "process.card", card)));
        string root = CommonFolder([.. named.Select(entry => Path.GetDirectoryName(entry.Path)!)]);
        return new([
            .. named.Select(entry => new BundledFile(
                entry.Role,
                Path.GetRelativePath(root, entry.Path).Replace('\\', '/'),
                UserFile.ReadBytes(entry.Path, "")
            )),
        ]);
    }

    private static string Beside(StudyFile file, string key, string path) =>
        Path.IsPathRooted(path)
            ? throw file.ErrorAt(
                key,
                $"{path} is an absolute path, which a pod does not have; expected one relative to the study, or --study-path"
            )
            : Path.GetFullPath(Path.Combine(file.Folder, path));

    private static string CommonFolder(string[] folders)
    {
        string common = folders[0];
        while (folders.Any(folder => !IsIn(folder, common)))
            common = Path.GetDirectoryName(common)!;
        return common;
    }

    private static bool IsIn(string folder, string parent)
    {
        string relative = Path.GetRelativePath(parent, folder);
        return relative != ".." && !relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
    }
}
