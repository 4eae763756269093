using System.Text.Json.Nodes;
using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Tests.MonteCarlo;

/// <summary>A run's folder in a temporary place that is written in shares, with descriptions as a study leaves them.</summary>
internal sealed class TemporaryShards : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("yieldlab-");

    /// <summary>Folder of the run.</summary>
    public string Target => Path.Combine(_parent.FullName, "run");

    public IReadOnlyList<string> Shards => ShardFolders.Of(Target);

    /// <summary>Dies of each point that all shares together are to have.</summary>
    public required long Samples { get; init; }

    /// <summary>Every file of the run by its relative name, those of shards left out.</summary>
    public string[] Files =>
        [
            .. Directory
                .GetFiles(Target, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Target, file).Replace('\\', '/'))
                .Where(file => !file.StartsWith("shards/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    public string Shard(int index, int count) => ShardFolders.PathOf(Target, index, count);

    /// <summary>Runs all shares of some dies.</summary>
    public void RunShards(DieRange dies, int count, params IReadOnlyList<RunPoint> points)
    {
        for (int i = 0; i < count; i++)
            Run(Shard(i, count), dies.Shard(i, count), points.Count == 0 ? [RunPoint.Only(new FakeModel())] : points);
    }

    /// <summary>Runs dies in one of the folders.</summary>
    /// <param name="folder">Which.</param>
    /// <param name="dies">Which dies.</param>
    /// <param name="points">All points.</param>
    /// <param name="change">Changes the description.</param>
    public void Run(string folder, DieRange dies, IReadOnlyList<RunPoint> points, Action<JsonObject>? change = null)
    {
        using var taken = RunFolder.Take(folder);
        JsonObject manifest = Manifest(points);
        change?.Invoke(manifest);
        taken.WriteManifest(manifest);
        new Runner(points, TemporaryRun.Specs, taken, new(dies)).Run(2, TestContext.Current.CancellationToken);
    }

    /// <summary>Merges the shards below the folder.</summary>
    public void Merge()
    {
        using var merge = ShardMerge.Open(Target, Shards);
        Assert.Null(merge.Missing());
        merge.Run();
    }

    /// <summary>What a merge of the shards below the folder would not find.</summary>
    public string? Missing()
    {
        using var merge = ShardMerge.Open(Target, Shards);
        return merge.Missing();
    }

    /// <summary>Why the shards below the folder cannot be merged.</summary>
    public string Refusal() =>
        Assert
            .Throws<IOException>(() =>
            {
                using var merge = ShardMerge.Open(Target, Shards);
                Assert.Null(merge.Missing());
                merge.Run();
            })
            .Message.Replace(_parent.FullName + Path.DirectorySeparatorChar, "");

    public byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Target, file));

    /// <summary>The description of a run as far as a merge reads it.</summary>
    public JsonObject Manifest(IReadOnlyList<RunPoint> points)
    {
        var manifest = new JsonObject
        {
            ["program"] = "yieldlab 0",
            ["status"] = "complete",
            ["samples"] = Samples,
            ["first_die"] = 1,
            ["study"] = new JsonObject { ["name"] = "fake" },
            ["estimate"] = new EstimateRule.Fixed().ToJson(),
            ["identity"] = new JsonObject
            {
                ["seed"] = 1,
                ["training"] = new JsonObject { ["l2"] = 0.5 },
            },
            [RunDescription.Key] = RunDescription.Of(points, TemporaryRun.Specs).ToJson(),
        };
        if (points[0].Swept.Count == 0)
            manifest["ideal"] = new JsonObject { ["value"] = 1 };
        else
            manifest["points"] = new JsonObject(
                points.Select(point => KeyValuePair.Create(point.Name, (JsonNode?)About(point)))
            );
        return manifest;
    }

    public void Dispose() => _parent.Delete(recursive: true);

    private static JsonObject About(RunPoint point) =>
        new()
        {
            ["identity_sha256"] = $"that of {point.Swept[0].Value}",
            ["ideal"] = new JsonObject { ["value"] = 1 },
        };
}
