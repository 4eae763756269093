using System.Security.Cryptography;
using System.Text;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>
/// The SHA-256 of every part of a run, in the format of <c>sha256sum</c>: a line a file. A part's line is written before
/// the part takes its place, so a part whose content has none was torn or altered.
/// </summary>
internal sealed class Checksums
{
    /// <summary>Name of the file.</summary>
    public const string Name = "parts.sha256";

    private readonly string _path;
    private readonly Lock _lock = new();

    // While a part is being replaced there is a line for each of its two versions.
    private readonly Dictionary<string, List<string>> _hashes = new(StringComparer.Ordinal);

    /// <summary>Whether there is a record at all: parts without one are not a run's, or somebody has taken it away.</summary>
    public bool Exist => File.Exists(_path);

    /// <summary>Reads what was recorded in a folder; nothing where there is no file.</summary>
    public Checksums(string folder)
    {
        _path = Path.Combine(folder, Name);
        if (File.Exists(_path))
            foreach (string line in File.ReadLines(_path))
                if (line.Split("  ", 2) is [{ Length: 2 * SHA256.HashSizeInBytes } hash, var file])
                    Versions(file).Add(hash);
    }

    /// <summary>Records a file that is about to take its place.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Add(string file, byte[] content)
    {
        string hash = Hash(content);
        lock (_lock)
        {
            using var ledger = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 0);
            // What a full disk cut off stays a line of its own.
            string start = EndsInALine(ledger) ? "" : "\n";
            ledger.Write(Encoding.UTF8.GetBytes($"{start}{hash}  {file}\n"));
            ledger.Flush(flushToDisk: true);
            Versions(file).Add(hash);
        }
    }

    /// <summary>Whether a file's content is one that was recorded for it; it is then the version that counts.</summary>
    public bool Match(string file, Stream content)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        lock (_lock)
        {
            if (!_hashes.TryGetValue(file, out List<string>? hashes) || !hashes.Contains(hash))
                return false;
            _hashes[file] = [hash];
            return true;
        }
    }

    /// <summary>The file as it should be: a line for the last version of each of some files.</summary>
    public byte[] Lines(IEnumerable<string> files)
    {
        lock (_lock)
            return Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{_hashes[file][^1]}  {file}\n")));
    }

    // Leaves the file at its end.
    private static bool EndsInALine(FileStream file)
    {
        if (file.Length == 0)
            return true;
        file.Position = file.Length - 1;
        return file.ReadByte() == '\n';
    }

    private List<string> Versions(string file)
    {
        if (!_hashes.TryGetValue(file, out List<string>? hashes))
            _hashes.Add(file, hashes = []);
        return hashes;
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
