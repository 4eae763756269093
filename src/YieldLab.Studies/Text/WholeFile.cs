namespace YieldLab.Studies.Text;

/// <summary>Writes a file so that it is, at any moment, what it was or what it is to be.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the file and takes its place at the end. What is no file on a disk (<c>/dev/stdout</c>), and what a
    /// link leads to, is written to as it is.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public static void Write(string path, byte[] content)
    {
        if (IsDevice(path) || new FileInfo(path).LinkTarget is not null)
            File.WriteAllBytes(path, content);
        else
            Replace(Path.GetFullPath(path), content);
    }

    // Of /dev one folder has files.
    private static bool IsDevice(string path)
    {
        string full = Path.GetFullPath(path);
        return !OperatingSystem.IsWindows()
            && full.StartsWith("/dev/", StringComparison.Ordinal)
            && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);
    }

    private static void Replace(string target, byte[] content)
    {
        RefuseProtected(target);
        // A name that no other process has; a file that is there by chance is not ours to delete.
        string temporary = $"{target}.{Environment.ProcessId}.tmp";
        var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
        try
        {
            using (file)
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
