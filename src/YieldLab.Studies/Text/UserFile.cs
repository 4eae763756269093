using System.Text;

namespace YieldLab.Studies.Text;

/// <summary>Reads and writes files that a user named; whatever prevents it is told in one line. A file that cannot be written is left
/// as it was.</summary>
public static class UserFile
{
    /// <summary>The text of a file.</summary>
    /// <exception cref="StudyException">It cannot be read.</exception>
    public static string ReadText(string path) => Read(path, File.ReadAllText);

    /// <summary>The bytes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hint">What to say beside a file that is not there.</param>
    /// <exception cref="StudyException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path, string hint) => Read(path, File.ReadAllBytes, hint);

    /// <summary>Writes a text, in the place of a file that may be there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">What it will hold.</param>
    /// <param name="source">The file that the text was made of, which is not overwritten.</param>
    /// <exception cref="StudyException">It cannot be written.</exception>
    public static void WriteText(string path, string text, string source)
    {
        if (path.Length > 0 && Path.GetFullPath(path) == Path.GetFullPath(source))
            throw new StudyException($"{path} is the file that was read; expected another name for the output");
        Write(path, () => WholeFile.Write(path, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Writes bytes, in the place of a file that may be there, and makes its folder where that is absent.</summary>
    /// <exception cref="StudyException">It cannot be written.</exception>
    public static void WriteBytes(string path, byte[] bytes) =>
        Write(
            path,
            () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                WholeFile.Write(path, bytes);
            }
        );

    private static void Write(string path, Action write)
    {
        RefuseFolder(path);
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StudyException($"{Name(path)}: cannot be written ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static T Read<T>(string path, Func<string, T> read, string hint = "")
    {
        RefuseFolder(path);
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StudyException(
                Path.Exists(path)
                    ? $"{path}: cannot be read ({e.Message.TrimEnd('.')})"
                    : $"{Name(path)}: there is no such file{hint}",
                e
            );
        }
    }

    // The system says of a folder that access to it is denied.
    private static void RefuseFolder(string path)
    {
        if (Directory.Exists(path))
            throw new StudyException($"{path} is a folder; expected a file");
    }

    private static string Name(string path) => path.Length == 0 ? "''" : path;
}
