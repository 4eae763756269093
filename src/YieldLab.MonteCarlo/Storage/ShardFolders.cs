using System.Text.RegularExpressions;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>Where the shards of a run are: each a run of its own in a folder of the run's folder.</summary>
public static partial class ShardFolders
{
    internal const string Name = "shards";

    /// <summary>Where a shard of the run in a folder is written.</summary>
    /// <param name="run">Folder of the run.</param>
    /// <param name="index">Which shard, from 0.</param>
    /// <param name="count">Number of shards.</param>
    public static string PathOf(string run, int index, int count) => Path.Combine(run, Name, $"{index}-of-{count}");

    /// <summary>Folders of shards that were written to the folder of a run, by name.</summary>
    public static IReadOnlyList<string> Of(string run)
    {
        string folder = Path.Combine(run, Name);
        return Directory.Exists(folder)
            ?
            [
                .. Directory
                    .GetDirectories(folder)
                    .Where(shard => ShardName().IsMatch(Path.GetFileName(shard)))
                    .Order(StringComparer.Ordinal),
            ]
            : [];
    }

    /// <summary>Whether a merge was broken off when it had all dies of the shards and deleted them.</summary>
    public static bool AreMerged(string run)
    {
        if (!Directory.Exists(Path.Combine(run, Name)) || !RunFolder.IsComplete(run))
            return false;
        long samples = (long)RunFolder.DescriptionOf(run)!["samples"]!;
        return Of(run)
            .All(shard =>
                RunFolder.DescriptionOf(shard) is { } description
                    ? (long)description["samples"]! <= samples
                    : !Directory.EnumerateFileSystemEntries(shard).Any()
            );
    }

    [GeneratedRegex(@"^[0-9]+-of-[0-9]+$")]
    private static partial Regex ShardName();
}
