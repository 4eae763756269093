namespace YieldLab.MonteCarlo.Storage;

/// <summary>
/// Holds a folder for one run: a file that is open, and that no one else may open, as long as the run writes. The system
/// lets go of it when a process ends in whatever way, so a file that was left behind locks nothing.
/// </summary>
internal sealed class RunLock : IDisposable
{
    public const string Name = "run.lock";

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the folder.</summary>
    /// <exception cref="IOException">Another run has it, or no file can be written there. The message says what to do.
    /// </exception>
    public static RunLock Take(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            return new(new(path, Options));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                IsHeld(path)
                    ? $"{folder}: another run is writing here; wait for its end, or choose another place with --out"
                    : $"{path}: cannot be written ({e.Message.TrimEnd('.')}); choose another place with --out",
                e
            );
        }
    }

    public void Dispose() => _file.Dispose();

    // A file that was left behind where nothing can be written is held by nobody: it can be read.
    private static bool IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException e)
        {
            return e.GetType() == typeof(IOException);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FileStreamOptions Options =>
        new()
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
        };
}
