using System.Text.RegularExpressions;

namespace YieldLab.Studies.Clusters;

/// <summary>What a user asks of Slurm for each shard; what is left out is the cluster's default.</summary>
public sealed partial record SlurmOptions
{
    /// <summary>Processors of a shard, and its threads.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>Memory of a shard.</summary>
    public string? Memory
    {
        get;
        init => field = Allowed.Text("--memory", value, MemoryForm(), "a number with K, M, G or T, such as 2G");
    }

    /// <summary>Time limit of a shard, in one of Slurm's forms.</summary>
    public string? Time
    {
        get;
        init =>
            field = Allowed.Text("--time", value, TimeForm(), "minutes, H:MM:SS, D-H or D-H:MM:SS, such as 4:00:00");
    }

    public string? Partition
    {
        get;
        init => field = Allowed.Text("--partition", value, NameForm(), "a name");
    }

    public string? Account
    {
        get;
        init => field = Allowed.Text("--account", value, NameForm(), "a name");
    }

    /// <summary>Most shards that run at the same time.</summary>
    public int? MaxRunning { get; init; }

    /// <summary>Further options of sbatch, each a line of both scripts.</summary>
    public IReadOnlyList<string> Extra
    {
        get;
        init
        {
            foreach (string line in value)
                Allowed.Text("--sbatch", line, OptionForm(), "options of sbatch, such as \"--qos=long\"");
            field = value;
        }
    } = [];

    [GeneratedRegex(@"\A[1-9][0-9]*[KMGT]\z")]
    private static partial Regex MemoryForm();

    // man sbatch: minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes, days-hours:minutes:seconds.
    [GeneratedRegex(@"\A([0-9]+(:[0-9]{1,2}){0,2}|[0-9]+-[0-9]{1,2}(:[0-9]{1,2}){0,2})\z")]
    private static partial Regex TimeForm();

    [GeneratedRegex(@"\A[A-Za-z0-9][-A-Za-z0-9_.,@+]*\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"\A-[^\r\n]+\z")]
    private static partial Regex OptionForm();
}
