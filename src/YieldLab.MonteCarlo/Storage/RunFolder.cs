using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>
/// The folder of a run: <c>manifest.json</c>, <c>dies/part-NNNNN.parquet</c> and, where the study asks for it,
/// <c>epochs/part-NNNNN.parquet</c>. Every file is written under a temporary name and renamed when it is complete. A folder
/// that was made for a run is locked until it is disposed of.
/// </summary>
public sealed partial class RunFolder : IDisposable
{
    private const string Manifest = "manifest.json";
    private const string Unfinished = ".tmp";
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Tables = ["dies", "epochs"];

    private readonly RunLock? _lock;

    private RunFolder(string path, RunLock? runLock)
    {
        Path = path;
        _lock = runLock;
    }

    public string Path { get; }

    /// <summary>Parquet files of the table of dies, in order.</summary>
    public IReadOnlyList<string> DieParts => Parts("dies");

    /// <summary>Parquet files of the table of epochs, in order; none where the study did not ask for it.</summary>
    public IReadOnlyList<string> EpochParts => Parts("epochs");

    /// <summary>Makes a folder for a new run, and locks it.</summary>
    /// <param name="path">Where; it must not exist, or be empty.</param>
    /// <param name="overwrite">Deletes what an earlier run wrote at this place, and nothing else.</param>
    /// <exception cref="IOException">Something is there already, or the folder cannot be made. The message says what
    /// to do.</exception>
    public static RunFolder Create(string path, bool overwrite)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new IOException("the run's folder has no name; choose a place with --out");
        if (File.Exists(path))
            throw new IOException(
                $"{path}: a file stands where the run's folder should be; choose another place with --out"
            );
        if (HoldsOtherThings(path))
            throw new IOException($"{path}: the folder is not empty and holds no run; choose another place with --out");
        MakeFolder(path);
        var runLock = RunLock.Take(path);
        try
        {
            if (HoldsRun(path) && !overwrite)
                throw new IOException(
                    $"{path}: the folder holds a run already; keep it and choose another place with --out, or replace it with --overwrite"
                );
            DeleteRun(path);
            return new(path, runLock);
        }
        catch
        {
            runLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens the folder of a run.</summary>
    /// <exception cref="IOException">It is none.</exception>
    public static RunFolder Open(string path) =>
        File.Exists(System.IO.Path.Combine(path, Manifest))
            ? new(path, null)
            : throw new IOException($"{path}: no run is here (there is no {Manifest})");

    /// <summary>Writes the description of the run.</summary>
    public void WriteManifest(JsonObject manifest) =>
        WriteWhole(Manifest, System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString(Indented) + "\n"));

    /// <summary>Reads the description of the run.</summary>
    public JsonObject ReadManifest() =>
        JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(Path, Manifest)))!.AsObject();

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => _lock?.Dispose();

    /// <summary>Writes a part of each table.</summary>
    /// <param name="number">Number of the part.</param>
    /// <param name="dies">Its dies.</param>
    /// <param name="epochs">Their epochs, or null.</param>
    /// <param name="rows">Rows of the dies to write, in order.</param>
    /// <param name="epochsPerDie">Rows of each die in the table of epochs.</param>
    internal void WritePart(long number, RowBlock dies, RowBlock? epochs, IEnumerable<int> rows, int epochsPerDie)
    {
        int[] dieRows = [.. rows];
        string name = $"part-{number:00000}.parquet";
        // The epochs first: dies that are there have all their rows.
        if (epochs is not null)
        {
            int[] epochRows = [.. dieRows.SelectMany(row => Enumerable.Range(row * epochsPerDie, epochsPerDie))];
            WriteWhole(System.IO.Path.Combine("epochs", name), ParquetTable.Encode(epochs, epochRows));
        }
        WriteWhole(System.IO.Path.Combine("dies", name), ParquetTable.Encode(dies, dieRows));
    }

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
        Directory.Exists(path)
        && Directory.EnumerateFileSystemEntries(path).Any(entry => System.IO.Path.GetFileName(entry) != RunLock.Name)
        && !HoldsRun(path);

    // Without a manifest, tables alone are a run: one that was being overwritten when the program was ended.
    private static bool HoldsRun(string path)
    {
        string manifest = System.IO.Path.Combine(path, Manifest);
        return File.Exists(manifest) ? IsOurs(manifest) : Tables.Any(table => PartsOf(path, table).Length > 0);
    }

    // Other programs have files of this name too: the content decides.
    private static bool IsOurs(string manifest)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(manifest)) is JsonObject json
                && json["program"]?.GetValueKind() == JsonValueKind.String
                && json["program"]!.GetValue<string>().StartsWith("yieldlab ", StringComparison.Ordinal);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The manifest comes last: whenever this is broken off, what is left counts as a run.
    private static void DeleteRun(string path)
    {
        foreach (string table in Tables)
        {
            foreach (string part in PartsOf(path, table))
                File.Delete(part);
            string folder = System.IO.Path.Combine(path, table);
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }
        File.Delete(System.IO.Path.Combine(path, Manifest + Unfinished));
        File.Delete(System.IO.Path.Combine(path, Manifest));
    }

    // Parts and what a run that was killed left of one.
    private static string[] PartsOf(string path, string table)
    {
        string folder = System.IO.Path.Combine(path, table);
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder).Where(file => PartName().IsMatch(System.IO.Path.GetFileName(file)))]
            : [];
    }

    [GeneratedRegex(@"^part-[0-9]{5,}\.parquet(\.tmp)?$")]
    private static partial Regex PartName();

    private string[] Parts(string table)
    {
        string folder = System.IO.Path.Combine(Path, table);
        string[] parts = Directory.Exists(folder) ? Directory.GetFiles(folder, "part-*.parquet") : [];
        Array.Sort(parts, StringComparer.Ordinal);
        return parts;
    }

    private void WriteWhole(string name, byte[] content)
    {
        string target = System.IO.Path.Combine(Path, name);
        string temporary = target + Unfinished;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        try
        {
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
            throw new IOException(
                $"{target}: cannot be written ({e.Message.TrimEnd('.')}); parts written before are kept",
                e
            );
        }
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
}
