using System.Security.Cryptography;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>
/// The dies of a part that is not complete, batch by batch as they are finished, so that a process that is killed loses
/// only what it was computing. A record is its length, its SHA-256 and its rows; what a torn record holds is not used.
/// </summary>
internal sealed class PartJournal(string path, TableLayout layout) : IDisposable
{
    private readonly Lock _lock = new();
    private FileStream? _file;

    /// <summary>Adds rows of a part. Any thread may.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Append(PartRows part, int firstRow, int count)
    {
        byte[] rows = RowCodec.Encode(part, firstRow, count);
        byte[] record = [.. BitConverter.GetBytes(rows.Length), .. SHA256.HashData(rows), .. rows];
        try
        {
            lock (_lock)
            {
                _file ??= Create();
                // One write, and no buffer of our own: what was written outlives the process.
                _file.Write(record);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RunFolder.Unwritable(path, e);
        }
    }

    /// <summary>Puts the rows of a journal into a part.</summary>
    public static void Replay(string path, PartRows into)
    {
        using FileStream file = File.OpenRead(path);
        byte[] header = new byte[SHA256.HashSizeInBytes];
        if (!TryRead(file, header) || !header.AsSpan().SequenceEqual(RowCodec.Fingerprint(into.Layout)))
            return;
        while (ReadRecord(file) is { } rows)
            RowCodec.Decode(rows, into);
    }

    /// <summary>Closes the journal and deletes it, if anything was written.</summary>
    public void Delete()
    {
        Dispose();
        if (File.Exists(path))
            File.Delete(path);
    }

    public void Dispose() => _file?.Dispose();

    private FileStream Create()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(RowCodec.Fingerprint(layout));
        return file;
    }

    // Null at the end, or where the writer was killed or the disk was full.
    private static byte[]? ReadRecord(FileStream file)
    {
        byte[] length = new byte[sizeof(int)];
        byte[] hash = new byte[SHA256.HashSizeInBytes];
        if (!TryRead(file, length) || !TryRead(file, hash))
            return null;
        int count = BitConverter.ToInt32(length);
        if (count < 0 || count > file.Length - file.Position)
            return null;
        byte[] rows = new byte[count];
        return TryRead(file, rows) && SHA256.HashData(rows).AsSpan().SequenceEqual(hash) ? rows : null;
    }

    private static bool TryRead(FileStream file, byte[] into) =>
        file.ReadAtLeast(into, into.Length, false) == into.Length;
}
