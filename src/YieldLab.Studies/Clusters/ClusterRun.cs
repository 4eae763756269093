namespace YieldLab.Studies.Clusters;

/// <summary>What a cluster is asked to run: a study in shards, and the merge of them. Paths are those of the machines that
/// run it.</summary>
/// <param name="Name">Name of the study.</param>
/// <param name="Program">The words that start this program; none where an image starts it.</param>
/// <param name="Study">Study file.</param>
/// <param name="Folder">Data folder.</param>
/// <param name="Shards">Number of shards.</param>
/// <param name="Options">Options of <c>run</c> that change the study, as the user gave them.</param>
public sealed record ClusterRun(
    string Name,
    IReadOnlyList<string> Program,
    string Study,
    string Folder,
    int Shards,
    IReadOnlyList<string> Options
)
{
    /// <summary>The words of one shard, which learns its index from the cluster's environment.</summary>
    public IReadOnlyList<string> RunWords =>
        [.. Program, "run", Study, "--out", Folder, "--shards", FormattableString.Invariant($"{Shards}"), .. Options];

    /// <summary>The words of the merge.</summary>
    public IReadOnlyList<string> MergeWords => [.. Program, "merge", Folder];
}
