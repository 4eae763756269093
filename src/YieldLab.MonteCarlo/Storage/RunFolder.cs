using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>
/// The folder of a run: <c>manifest.json</c>, <c>dies/part-NNNNN.parquet</c> and, where the study asks for it,
/// <c>epochs/part-NNNNN.parquet</c>, of a sweep in a folder <c>point=NNNNN</c> for each point; <c>parts.sha256</c>; while a
/// run writes, and after it was killed, <c>journal/</c>; and the folders of its shards below <c>shards/</c>. Every part is
/// written under a temporary name and renamed when it is complete. A folder that was taken is locked until it is disposed
/// of.
/// </summary>
public sealed partial class RunFolder : IDisposable
{
    internal const string Dies = "dies";
    internal const string Epochs = "epochs";
    internal const string Journal = "journal";
    private const string Shards = ShardFolders.Name;

    /// <summary>Folder for the scripts that submit a run to a cluster; a run leaves it alone.</summary>
    public const string Submission = "submit";

    private const string Manifest = "manifest.json";
    private const string Unfinished = ".tmp";
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Tables = [Dies, Epochs, Journal];

    private readonly RunLock? _lock;

    private RunFolder(string path, RunLock? runLock)
    {
        Path = path;
        _lock = runLock;
        Checksums = new(path);
    }

    public string Path { get; }

    /// <summary>Parquet files of the table of dies, point by point and in order.</summary>
    public IReadOnlyList<string> DieParts => PartsOf(Dies);

    /// <summary>Parquet files of the table of epochs, in order; none where the study did not ask for it.</summary>
    public IReadOnlyList<string> EpochParts => PartsOf(Epochs);

    /// <summary>Whether a run wrote here before.</summary>
    public bool HoldsRun => Holds(Path);

    /// <summary>Whether that run can be gone on with: its description is here.</summary>
    public bool HasManifest => IsRun(Path);

    internal Checksums Checksums { get; private set; }

    /// <summary>What somebody reads in the manifest.</summary>
    /// <exception cref="IOException">It was changed so that it cannot be understood.</exception>
    public T Understand<T>(Func<JsonObject, T> read)
    {
        try
        {
            return read(ReadManifest());
        }
        catch (Exception e)
            when (e
                    is NullReferenceException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
                        or KeyNotFoundException
            )
        {
            throw new IOException(
                $"{System.IO.Path.Combine(Path, Manifest)}: not a description that this version of the program wrote; run the study again with --overwrite",
                e
            );
        }
    }

    /// <summary>Makes a folder for a run, or opens that of an earlier one, and locks it.</summary>
    /// <param name="path">Where; it must not exist, be empty, or hold a run.</param>
    /// <exception cref="IOException">Something else is there, another run is writing there, or the folder cannot be made.
    /// The message says what to do.</exception>
    public static RunFolder Take(string path)
    {
        CheckPlace(path);
        MakeFolder(path);
        return new(path, RunLock.Take(path));
    }

    /// <summary>Whether a folder may become that of a run.</summary>
    /// <exception cref="IOException">Something else is there.</exception>
    public static void CheckPlace(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new IOException("the run's folder has no name; choose a place with --out");
        if (File.Exists(path))
            throw new IOException(
                $"{path}: a file stands where the run's folder should be; choose another place with --out"
            );
        if (HoldsOtherThings(path))
            throw new IOException($"{path}: the folder is not empty and holds no run; choose another place with --out");
    }

    /// <summary>Takes a folder for a new run.</summary>
    /// <param name="path">Where.</param>
    /// <param name="overwrite">Deletes what an earlier run wrote at this place, and nothing else.</param>
    /// <exception cref="IOException">As of <see cref="Take"/>, or a run is there that may not be overwritten.</exception>
    public static RunFolder Create(string path, bool overwrite)
    {
        RunFolder folder = Take(path);
        try
        {
            if (folder.HoldsRun && !overwrite)
                throw new IOException(
                    $"{path}: the folder holds a run already; keep it and choose another place with --out, or replace it with --overwrite"
                );
            folder.Clear();
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Whether a folder holds the description of a run.</summary>
    public static bool IsRun(string path) => File.Exists(System.IO.Path.Combine(path, Manifest));

    /// <summary>Whether a run is here that has all its dies.</summary>
    public static bool IsComplete(string path) =>
        DescriptionOf(path) is { } run && (string?)run["status"] == "complete";

    /// <summary>Opens the folder of a run.</summary>
    /// <exception cref="IOException">It is none.</exception>
    public static RunFolder Open(string path) =>
        IsRun(path) ? new(path, null)
        : ShardFolders.Of(path).Count > 0
            ? throw new IOException(
                $"{path}: shards of a run are stored here; gather them first with yieldlab merge {path}"
            )
        : throw new IOException($"{path}: no run is here (there is no {Manifest})");

    /// <summary>Deletes what a run wrote here, and the folders of its shards; no other file.</summary>
    /// <exception cref="IOException">A shard is being written.</exception>
    public void Clear()
    {
        DeleteShards(ShardFolders.Of(Path));
        // The manifest comes last: whenever this is broken off, what is left counts as a run.
        DeleteParts();
        Delete(Path, Manifest);
    }

    /// <summary>Deletes the folders of shards.</summary>
    /// <param name="shards">Which, of those in this folder.</param>
    /// <exception cref="IOException">One is being written.</exception>
    public void DeleteShards(IReadOnlyList<string> shards)
    {
        foreach (string path in shards)
        {
            using (RunFolder shard = Take(path))
                shard.DeleteParts();
            // After the lock, so that a shard without a description that is not empty has not been merged.
            Delete(path, Manifest);
            DeleteEmpty(path);
        }
        DeleteEmpty(System.IO.Path.Combine(Path, Shards));
    }

    private void DeleteParts()
    {
        foreach (string table in Tables)
        {
            foreach (string part in FilesOf(Path, table))
                File.Delete(part);
            DeleteEmpty(System.IO.Path.Combine(Path, table));
        }
        Delete(Path, Checksums.Name);
        Checksums = new(Path);
    }

    private static void Delete(string path, string name)
    {
        File.Delete(System.IO.Path.Combine(path, name + Unfinished));
        File.Delete(System.IO.Path.Combine(path, name));
    }

    /// <summary>Writes the description of the run.</summary>
    public void WriteManifest(JsonObject manifest) =>
        WriteWhole(Manifest, System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString(Indented) + "\n"));

    /// <summary>Reads the description of the run.</summary>
    /// <exception cref="IOException">It is none, or one of an earlier version of the program.</exception>
    public JsonObject ReadManifest()
    {
        string path = System.IO.Path.Combine(Path, Manifest);
        return Parse(path) ?? throw new IOException($"{path}: no description of a run; the file was altered");
    }

    /// <summary>Leaves the folder of a run that has ended: the checksums of its parts and of no other file, and no empty
    /// folder.</summary>
    /// <param name="parts">Its parts.</param>
    internal void Finish(IEnumerable<string> parts)
    {
        DeleteEmpty(System.IO.Path.Combine(Path, Journal));
        if (parts.Any())
            WriteWhole(Checksums.Name, Checksums.Lines(parts));
    }

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => _lock?.Dispose();

    /// <summary>Writes a file of the run.</summary>
    /// <param name="name">Its path below the folder.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="IOException">It cannot be written; nothing else is touched.</exception>
    internal void WriteWhole(string name, byte[] content)
    {
        string target = System.IO.Path.Combine(Path, name);
        string temporary = target + Unfinished;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw Unwritable(target, e);
        }
    }

    /// <summary>The error of a file that cannot be written.</summary>
    internal static IOException Unwritable(string target, Exception e) =>
        new($"{target}: cannot be written ({e.Message.TrimEnd('.')}); dies stored before are kept", e);

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"{path}: the folder cannot be made ({e.Message.TrimEnd('.')}); choose another place with --out",
                e
            );
        }
    }

    private static bool HoldsOtherThings(string path) =>
        Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).All(IsOfABeginning) && !Holds(path);

    // What a run or a merge leaves that was killed before it had written a description or a part.
    private static bool IsOfABeginning(string entry) =>
        System.IO.Path.GetFileName(entry) switch
        {
            RunLock.Name or Shards or Submission => true,
            Manifest + Unfinished or Checksums.Name or Checksums.Name + Unfinished => true,
            Dies or Epochs or Journal => Directory.Exists(entry)
                && !Directory.EnumerateFiles(entry, "*", SearchOption.AllDirectories).Any(),
            _ => false,
        };

    // Without a manifest, tables alone are a run: one that was being overwritten when the program was ended.
    private static bool Holds(string path)
    {
        string manifest = System.IO.Path.Combine(path, Manifest);
        return File.Exists(manifest)
            ? Parse(manifest) is not null
            : Tables.Any(table => FilesOf(path, table).Length > 0);
    }

    /// <summary>The description in a folder; null where there is none of a run.</summary>
    internal static JsonObject? DescriptionOf(string path)
    {
        string manifest = System.IO.Path.Combine(path, Manifest);
        return File.Exists(manifest) ? Parse(manifest) : null;
    }

    // Other programs have files of this name too: the content decides.
    private static JsonObject? Parse(string manifest)
    {
        try
        {
            return
                JsonNode.Parse(File.ReadAllText(manifest)) is JsonObject json
                && json["program"]?.GetValueKind() == JsonValueKind.String
                && json["program"]!.GetValue<string>().StartsWith("yieldlab ", StringComparison.Ordinal)
                ? json
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Parts and journals of all points, and what a run that was killed left of one.
    private static string[] FilesOf(string path, string table)
    {
        string folder = System.IO.Path.Combine(path, table);
        return Directory.Exists(folder)
            ?
            [
                .. new[] { folder }
                    .Concat(
                        Directory.GetDirectories(folder).Where(f => PointName().IsMatch(System.IO.Path.GetFileName(f)))
                    )
                    .SelectMany(Directory.GetFiles)
                    .Where(file => PartName().IsMatch(System.IO.Path.GetFileName(file))),
            ]
            : [];
    }

    private string[] PartsOf(string table)
    {
        string[] parts = [.. FilesOf(Path, table).Where(file => file.EndsWith(".parquet", StringComparison.Ordinal))];
        Array.Sort(parts, StringComparer.Ordinal);
        return parts;
    }

    private static void DeleteEmpty(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string point in Directory.GetDirectories(folder))
            if (PointName().IsMatch(System.IO.Path.GetFileName(point)))
                DeleteEmpty(point);
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here says more.
        }
    }

    [GeneratedRegex(@"^part-[0-9]{5,}\.(parquet|log)(\.tmp)?$")]
    private static partial Regex PartName();

    [GeneratedRegex(@"^point=[0-9]{5,}$")]
    private static partial Regex PointName();
}
