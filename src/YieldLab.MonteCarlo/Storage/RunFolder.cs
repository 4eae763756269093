using System.Text.Json;
using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>
/// The folder of a run: <c>manifest.json</c>, <c>dies/part-NNNNN.parquet</c> and, where the study asks for it,
/// <c>epochs/part-NNNNN.parquet</c>. Every file is written under a temporary name and renamed when it is complete.
/// </summary>
public sealed class RunFolder
{
    private const string Manifest = "manifest.json";
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private RunFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Parquet files of the table of dies, in order.</summary>
    public IReadOnlyList<string> DieParts => Parts("dies");

    /// <summary>Parquet files of the table of epochs, in order; none where the study did not ask for it.</summary>
    public IReadOnlyList<string> EpochParts => Parts("epochs");

    /// <summary>Makes a folder for a new run.</summary>
    /// <param name="path">Where; it must not exist, or be empty.</param>
    /// <param name="overwrite">Deletes an earlier run at this place, but never a folder that is none.</param>
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
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            if (!HoldsRun(path))
                throw new IOException(
                    $"{path}: the folder is not empty and holds no run; choose another place with --out"
                );
            if (!overwrite)
                throw new IOException(
                    $"{path}: the folder holds a run already; keep it and choose another place with --out, or replace it with --overwrite"
                );
            Directory.Delete(path, recursive: true);
        }
        try
        {
            Directory.CreateDirectory(path);
            return new(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"{path}: the folder cannot be made ({e.Message.TrimEnd('.')}); choose another place with --out",
                e
            );
        }
    }

    /// <summary>Opens the folder of a run.</summary>
    /// <exception cref="IOException">It is none.</exception>
    public static RunFolder Open(string path) =>
        File.Exists(System.IO.Path.Combine(path, Manifest))
            ? new(path)
            : throw new IOException($"{path}: no run is here (there is no {Manifest})");

    /// <summary>Writes the description of the run.</summary>
    public void WriteManifest(JsonObject manifest) =>
        WriteWhole(Manifest, System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString(Indented) + "\n"));

    /// <summary>Reads the description of the run.</summary>
    public JsonObject ReadManifest() =>
        JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(Path, Manifest)))!.AsObject();

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

    // Other programs have files of this name too, and --overwrite deletes the folder: the content decides.
    private static bool HoldsRun(string path)
    {
        string manifest = System.IO.Path.Combine(path, Manifest);
        try
        {
            return File.Exists(manifest)
                && JsonNode.Parse(File.ReadAllText(manifest)) is JsonObject json
                && json["program"]?.GetValueKind() == JsonValueKind.String
                && json["program"]!.GetValue<string>().StartsWith("yieldlab ", StringComparison.Ordinal);
        }
        catch (JsonException)
        {
            return false;
        }
    }

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
        string temporary = target + ".tmp";
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
