using System.CommandLine;
using System.Globalization;
using YieldLab.Studies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Cli.Commands;

/// <summary>Which share of a run this process computes: said outright, or by a cluster manager to each of its tasks.</summary>
internal sealed class ShardOption
{
    /// <summary>The most that Kubernetes gives an Indexed Job without further limits; Slurm's own limit is the cluster's.
    /// </summary>
    public const int MostShards = 100_000;

    // Slurm's job arrays and Kubernetes' indexed jobs.
    private static readonly string[] Variables = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"];

    public Option<Shard?> Shard { get; } =
        Shared.Number<Shard?>(
            "--shard",
            "i/N",
            "Compute share i (from 0) of N of the dies, in a folder of its own below the data folder; see merge",
            Parse,
            "i/N with i from 0 to N-1, such as 0/4"
        );

    public Option<int?> Shards { get; } =
        Shared.Number<int?>(
            "--shards",
            "N",
            $"The same with i from {string.Join(" or ", Variables)}, as a cluster manager sets it",
            text => Shared.Count(text, MostShards),
            $"1 to {MostShards}"
        );

    /// <summary>The share, or null where the process computes all.</summary>
    public Shard? Value(ParseResult parsed)
    {
        if (parsed.GetValue(Shard) is { } shard)
            return parsed.GetValue(Shards) is null
                ? shard
                : throw new StudyException("--shard and --shards are both given; expected one of them");
        return parsed.GetValue(Shards) is { } count ? FromEnvironment(count) : null;
    }

    /// <summary>Refuses shards of a study that may end before it has all dies.</summary>
    public static void RefuseStop(StudyFile file)
    {
        if (file.Study.Stop is not null)
            throw new StudyException(
                $"{file.Path}: stop: a rule looks at all dies in their order, and a shard has only some; their merge needs all of them; expected no stop with shards"
            );
    }

    private static Shard FromEnvironment(int count)
    {
        string? variable = Variables.FirstOrDefault(name =>
            Environment.GetEnvironmentVariable(name) is { Length: > 0 }
        );
        if (variable is null)
            throw new StudyException(
                $"--shards {count}: neither {string.Join(" nor ", Variables)} is set; expected a task of a cluster manager, or --shard i/{count}"
            );
        string text = Environment.GetEnvironmentVariable(variable)!;
        return Parse($"{text}/{count}")
            ?? throw new StudyException($"--shards {count}: {variable} is '{text}'; expected 0 to {count - 1}");
    }

    private static Shard? Parse(string text) =>
        text.Split('/') is [var index, var count]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
        && Shared.Count(count, MostShards) is { } n
        && i < n
            ? new(i, n)
            : null;
}
