using System.Security.Cryptography;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>
/// Which dies the folder of a run has, finished and not to be computed again, at whatever moment its process was killed:
/// those of its parts, and those of whole records of its journals. A record is a length of 4 bytes, the SHA-256 of its rows,
/// and these; rows begin with the index of the first die (8 bytes) and the number of dies (4 bytes).
/// </summary>
internal static class KeptDies
{
    private const int Head = 32;

    public static int CountIn(string folder) => In(folder).Count;

    public static SortedSet<long> In(string folder)
    {
        string[] journals = JournalsOf(folder);
        SortedSet<long> dies = [.. journals.SelectMany(InJournal)];
        if (File.Exists(Path.Combine(folder, "manifest.json")))
            dies.UnionWith(DieRows.Integers(folder, DieTable.Die));
        return dies;
    }

    private static string[] JournalsOf(string folder)
    {
        string journal = Path.Combine(folder, "journal");
        return Directory.Exists(journal) ? Directory.GetFiles(journal) : [];
    }

    private static IEnumerable<long> InJournal(string path)
    {
        byte[] journal = Read(path);
        int place = Head;
        while (place + 4 + Head <= journal.Length)
        {
            int length = BitConverter.ToInt32(journal, place);
            int first = place + 4 + Head;
            place = first + length;
            if (place > journal.Length)
                yield break;
            byte[] hash = SHA256.HashData(journal.AsSpan(first, length));
            if (!hash.AsSpan().SequenceEqual(journal.AsSpan(first - Head, Head)))
                yield break;
            long die = BitConverter.ToInt64(journal, first);
            for (int i = 0; i < BitConverter.ToInt32(journal, first + 8); i++)
                yield return die + i;
        }
    }

    // It may be growing, or be deleted at this moment.
    private static byte[] Read(string path)
    {
        try
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }
}
