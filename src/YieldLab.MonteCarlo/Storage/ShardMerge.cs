using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>
/// Gathers the dies of shards, and of the run that they extend, in one folder, which is then as if one process had run them
/// all. A merge that is broken off leaves shards and run as they were or further on, and is done by merging again.
/// </summary>
public sealed class ShardMerge : IDisposable
{
    private readonly RunFolder _target;
    private readonly IReadOnlyList<RunFolder> _shards;
    private readonly IReadOnlyList<Source> _sources;
    private readonly RunDescription _description;
    private readonly JsonObject _manifest;

    private ShardMerge(RunFolder target, IReadOnlyList<RunFolder> shards)
    {
        _target = target;
        _shards = shards;
        if (shards.Count == 0)
            throw new IOException(
                $"{target.Path}: no shards are here; expected folders such as {ShardFolders.PathOf("", 0, 4)}"
            );
        _sources =
        [
            .. (target.HasManifest ? new[] { target } : []).Concat(shards).Select(folder => new Source(folder)),
        ];
        foreach (Source source in _sources.Skip(1))
            if (JsonDifference.Of(_sources[0].Identity, source.Identity) is { } difference)
                throw new IOException(
                    $"{source.Folder.Path}: the folder holds another study than {_sources[0].Folder.Path}: {difference}; expected shards of one run"
                );
        RefuseOtherPoints();
        _description = _sources[0].Description with { Points = PointsOf(_sources) };
        Samples = _sources.Max(source => source.Samples);
        _manifest = DescribeAll();
    }

    /// <summary>Dies of each point that were asked for.</summary>
    public long Samples { get; }

    /// <summary>Takes the folders.</summary>
    /// <param name="path">Where the run is to be.</param>
    /// <param name="shards">Folders of the shards.</param>
    /// <exception cref="IOException">One holds another study, or is being written.</exception>
    public static ShardMerge Open(string path, IReadOnlyList<string> shards)
    {
        var taken = new List<RunFolder>();
        try
        {
            var target = RunFolder.Take(path);
            taken.Add(target);
            foreach (string shard in shards)
            {
                using RunFolder _ = RunFolder.Open(shard);
                taken.Add(RunFolder.Take(shard));
            }
            return new(target, taken[1..]);
        }
        catch
        {
            taken.ForEach(folder => folder.Dispose());
            throw;
        }
    }

    /// <summary>Whether all shards of a run, as many as their names tell, have ended with all their dies, and no process
    /// holds one any more.</summary>
    /// <param name="path">Folder of the run.</param>
    public static bool AreComplete(string path)
    {
        // Shards of another division may have been left there.
        return ShardFolders
            .Of(path)
            .GroupBy(shard => shard.Split("-of-")[^1])
            .Any(division => $"{division.Count()}" == division.Key && division.All(IsComplete));

        static bool IsComplete(string shard)
        {
            try
            {
                using (RunFolder folder = RunFolder.Open(shard))
                    if ((string?)folder.ReadManifest()["status"] != "complete")
                        return false;
                // A process that has written that still reads its dies to print them.
                using RunFolder taken = RunFolder.Take(shard);
                return true;
            }
            catch (IOException)
            {
                // It has not begun, or is being written at this moment.
                return false;
            }
        }
    }

    /// <summary>What is missing of the dies that were asked for, in words; null where all are there.</summary>
    public string? Missing()
    {
        foreach (StoredPoint point in _description.Points)
        {
            long next = 0;
            foreach (DieRange dies in Stored(point).OrderBy(dies => dies.First))
            {
                if (dies.First > next)
                    return Text(point, next, dies.First);
                next = Math.Max(next, dies.End);
            }
            if (next < Samples)
                return Text(point, next, Samples);
        }
        return null;

        static string Text(StoredPoint point, long first, long end) =>
            $"dies {first} to {end - 1}{(point.Name.Length == 0 ? "" : $" of {point.Name}")} are missing";
    }

    /// <summary>Writes all dies to the run's folder.</summary>
    /// <exception cref="IOException">It cannot be written, or two shards have different rows of one die.</exception>
    public void Run()
    {
        // Before the first die: a folder that holds dies holds what they are.
        _target.WriteManifest(_manifest);
        long dies = 0;
        foreach (StoredPoint point in _description.Points)
            dies += Gather(point);
        _manifest["status"] = "complete";
        _manifest["dies"] = dies;
        _target.WriteManifest(_manifest);
        _target.Finish(_description.Points.SelectMany(point => _description.Store(_target, point).Files));
    }

    /// <summary>Lets go of the folders.</summary>
    public void Dispose()
    {
        foreach (RunFolder shard in _shards)
            shard.Dispose();
        _target.Dispose();
    }

    private long Gather(StoredPoint point)
    {
        PartStore target = _description.Store(_target, point);
        PartStore[] stores = [.. _sources.Select(source => source.StoreOf(point)).OfType<PartStore>()];
        long dies = 0;
        foreach (long number in stores.SelectMany(store => store.Numbers).Distinct().Order())
        {
            PartRows part = target.Load(number, target.Layout.DiesPerPart);
            int stored = part.Rows.Length;
            foreach (PartStore store in stores)
                Add(store, number, part);
            if (part.Rows.Length > stored)
                target.Write(part);
            dies += part.Rows.Length;
        }
        return dies;
    }

    private static void Add(PartStore store, long number, PartRows into)
    {
        if (!store.Has(number))
            return;
        PartRows from = store.Load(number, into.Dies.Capacity);
        foreach (int row in from.Rows)
        {
            byte[] bytes = RowCodec.Encode(from, row, 1);
            if (into.IsPresent(row) && !bytes.AsSpan().SequenceEqual(RowCodec.Encode(into, row, 1)))
                throw new IOException(
                    $"{store.NameOf(number)}: die {from.FirstDie + row} has two different rows; run the shards again with one version of the program on machines of one kind"
                );
            RowCodec.Decode(bytes, into);
        }
    }

    private void RefuseOtherPoints()
    {
        var first = new Dictionary<string, Source>();
        foreach (Source source in _sources)
        foreach (StoredPoint point in source.Description.Points)
            if (!first.TryAdd(point.Name, source) && !source.HasSame(point, first[point.Name]))
                throw new IOException(
                    $"{source.Folder.Path}: {point.Name} is another point than in {first[point.Name].Folder.Path}; expected shards of one sweep"
                );
    }

    // The description of the run while its dies are gathered.
    private JsonObject DescribeAll()
    {
        var manifest = (JsonObject)_sources.MaxBy(source => source.Samples)!.Manifest.DeepClone();
        manifest["status"] = "running";
        manifest["samples"] = Samples;
        manifest.Remove("first_die");
        manifest[RunDescription.Key] = _description.ToJson();
        if (manifest["points"] is JsonObject points)
            foreach (var (name, about) in _sources.SelectMany(source => source.AboutPoints))
                points.TryAdd(name, about?.DeepClone());
        return manifest;
    }

    private List<DieRange> Stored(StoredPoint point)
    {
        var dies = new List<DieRange>();
        foreach (PartStore store in _sources.Select(source => source.StoreOf(point)).OfType<PartStore>())
            Recovery.Of(store, part => dies.AddRange(part.Runs));
        return dies;
    }

    private static StoredPoint[] PointsOf(IReadOnlyList<Source> sources) =>
        [
            .. sources
                .SelectMany(source => source.Description.Points)
                .DistinctBy(point => point.Name)
                .OrderBy(point => point.Name, StringComparer.Ordinal),
        ];

    private sealed class Source(RunFolder folder)
    {
        public RunFolder Folder { get; } = folder;

        public JsonObject Manifest { get; } = folder.ReadManifest();

        public RunDescription Description { get; } = RunDescription.Read(folder);

        public JsonObject Identity { get; } = folder.Understand(manifest => manifest["identity"]!.AsObject());

        public long Samples { get; } = folder.Understand(manifest => (long)manifest["samples"]!);

        /// <summary>What is told of each point of a sweep.</summary>
        public IEnumerable<KeyValuePair<string, JsonNode?>> AboutPoints => Manifest["points"] as JsonObject ?? [];

        /// <summary>Whether a point of this folder is that of the same name in another.</summary>
        public bool HasSame(StoredPoint point, Source other) =>
            other.Values(point.Name).SequenceEqual(Values(point.Name)) && other.Hash(point.Name) == Hash(point.Name);

        private Dictionary<string, StoredPoint> Points =>
            field ??= Description.Points.ToDictionary(point => point.Name);

        private IEnumerable<object> Values(string point) => Points[point].Swept.Select(value => value.Value);

        private string? Hash(string point) => (string?)(Manifest["points"]?[point] ?? Manifest)["identity_sha256"];

        public PartStore? StoreOf(StoredPoint point) =>
            Points.TryGetValue(point.Name, out StoredPoint? own) ? Description.Store(Folder, own) : null;
    }
}
