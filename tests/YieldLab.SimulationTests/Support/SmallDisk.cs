using System.Diagnostics;
using Xunit;

namespace YieldLab.SimulationTests.Support;

/// <summary>
/// A file system of a few KiB in memory, mounted at a folder; only root may mount. Tests are skipped without, but where it
/// has to be there, as in CI, its absence fails.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Required = "YIELDLAB_REQUIRE_TMPFS";

    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Mounts a file system at a new folder.</summary>
    public static SmallDisk Mount(string folder, int kibibytes)
    {
        Directory.CreateDirectory(folder);
        string? refusal = Run("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", folder);
        if (Environment.GetEnvironmentVariable(Required) == "1")
            Assert.True(refusal is null, $"{Required}=1, but {refusal}");
        else
            Assert.SkipUnless(refusal is null, $"No file system can be mounted: {refusal}");
        return new(folder);
    }

    /// <summary>Changes what it is mounted with: <c>size=64m</c>, or <c>ro</c> for reading only.</summary>
    public void Remount(string option) => Assert.Null(Run("mount", "-o", $"remount,{option}", _folder));

    public void Dispose() => Run("umount", _folder);

    // What the command said where it failed.
    private static string? Run(string command, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
            return "this is not Linux";
        using Process process = Process.Start(
            new ProcessStartInfo(command, arguments) { RedirectStandardError = true }
        )!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error.Trim();
    }
}
