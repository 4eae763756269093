using System.Security.Cryptography;
using Xunit;

namespace YieldLab.SimulationTests;

/// <summary>All files of a run's folder by their relative names, each with the SHA-256 of its bytes.</summary>
internal static class RunFiles
{
    /// <summary>Reads a folder.</summary>
    public static SortedDictionary<string, string> Of(string folder) =>
        new(
            Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .ToDictionary(
                    file => Path.GetRelativePath(folder, file).Replace('\\', '/'),
                    file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))
                ),
            StringComparer.Ordinal
        );

    /// <summary>Holds where two runs left the same files with the same bytes: parts, checksums, description.</summary>
    public static void AssertSame(string expected, string actual) => Assert.Equal(Of(expected), Of(actual));

    /// <summary>Holds where every part is what its line of <c>parts.sha256</c> says, one line a part.</summary>
    public static void AssertIntact(string folder)
    {
        SortedDictionary<string, string> files = Of(folder);
        var sums = File.ReadLines(Path.Combine(folder, "parts.sha256")).Select(line => line.Split("  ", 2));
        var parts = files.Where(file => file.Key.EndsWith(".parquet", StringComparison.Ordinal));
        Assert.Equal(parts.Select(part => (part.Key, part.Value)), sums.Select(sum => (sum[1], sum[0])).Order());
    }

    /// <summary>Copies a folder with all that is in it.</summary>
    public static void Copy(string folder, string to)
    {
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
