namespace YieldLab.Studies.Text;

/// <summary>Writes a file so that it is, at any moment, what it was or what it is to be.</summary>
internal static class WholeFile
{
    private const string Unfinished = ".tmp";

    /// <summary>Writes beside the file and takes its place at the end. What is no file on a disk (<c>/dev/stdout</c>) is written
    /// to as it is.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public static void Write(string path, byte[] content)
    {
        // Where a link leads, so that it stays a link.
        var named = new FileInfo(path);
        string target = named.LinkTarget is null ? named.FullName : named.ResolveLinkTarget(true)!.FullName;
        if (IsDevice(path) || IsDevice(target))
            File.WriteAllBytes(path, content);
        else
            Replace(target, content);
    }

    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);

    private static void Replace(string target, byte[] content)
    {
        string temporary = target + Unfinished;
        RefuseProtected(target);
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    // Taking the place of a file needs no right to write to it.
    private static void RefuseProtected(string target)
    {
        if (File.Exists(target))
            File.Open(target, FileMode.Open, FileAccess.Write).Dispose();
    }

    private static void TryDelete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here says more.
        }
    }
}
