namespace YieldLab.Studies.Clusters;

/// <summary>A batch script.</summary>
/// <param name="Path">Where it is written.</param>
/// <param name="Text">What it holds.</param>
public sealed record BatchScript(string Path, string Text);

/// <summary>
/// The two batch scripts of a run on Slurm: an array of one task for each shard, and the merge, which starts when all of
/// them have succeeded. Logs are beside the scripts, and a task that runs again adds to its own.
/// </summary>
public sealed class SlurmScripts
{
    private readonly ClusterRun _run;
    private readonly SlurmOptions _options;

    /// <summary>Makes the scripts.</summary>
    /// <param name="run">What to run.</param>
    /// <param name="options">What to ask of Slurm.</param>
    /// <exception cref="StudyException">Slurm cannot write a log into the folder.</exception>
    public SlurmScripts(ClusterRun run, SlurmOptions options)
    {
        // A backslash in the name of a log switches off its patterns (man sbatch, filename pattern); a directive is one line.
        if (run.Folder.IndexOfAny(['\\', '\n', '\r']) >= 0)
            throw new StudyException(
                $"{run.Folder}: Slurm writes no logs to a path with a backslash or a line break; choose another place with --out"
            );
        _run = run;
        _options = options;
        Folder = Path.Combine(run.Folder, "submit");
        Shards = new(ShardsPath, ShardsText());
        Merge = new(Path.Combine(Folder, "merge.sbatch"), MergeText());
    }

    /// <summary>Where scripts and logs are.</summary>
    public string Folder { get; }

    private string ShardsPath => Path.Combine(Folder, "shards.sbatch");

    /// <summary>The job array.</summary>
    public BatchScript Shards { get; }

    /// <summary>The merge.</summary>
    public BatchScript Merge { get; }

    /// <summary>The log of a shard.</summary>
    /// <param name="index">Its index, or what stands for one.</param>
    public string ShardLog(string index) => Path.Combine(Folder, $"shard-{index}.log");

    /// <summary>The log of the merge, which holds the result.</summary>
    public string MergeLog => Path.Combine(Folder, "merge.log");

    /// <summary>The words that submit all shards.</summary>
    public IReadOnlyList<string> SubmitShards => ["sbatch", "--parsable", Shards.Path];

    /// <summary>The words that submit one shard again.</summary>
    /// <param name="index">Its index, or what stands for one.</param>
    public IReadOnlyList<string> ResubmitShard(string index) => ["sbatch", $"--array={index}", ShardsPath];

    /// <summary>The words that submit the merge.</summary>
    /// <param name="job">The job of the shards. Where one of them fails, the merge is taken out of the queue.</param>
    public IReadOnlyList<string> SubmitMerge(string job) =>
        ["sbatch", "--parsable", $"--dependency=afterok:{job}", "--kill-on-invalid-dep=yes", Merge.Path];

    private string ShardsText()
    {
        string atOnce = _options.MaxRunning is { } most ? FormattableString.Invariant($"%{most}") : "";
        return Script(
            [
                $"# Study {_run.Name} in {_run.Shards} shards: task I of the array computes shard I. Written by yieldlab submit.",
                "# A shard that is run again resumes:",
                $"# {ShellText.Line(ResubmitShard("I"))}",
            ],
            [
                $"--job-name=yieldlab-{_run.Name}",
                FormattableString.Invariant($"--array=0-{_run.Shards - 1}{atOnce}"),
                FormattableString.Invariant($"--cpus-per-task={_options.Cpus}"),
                $"--output={Log("shard-%a.log")}",
            ],
            $"{ShellText.Line(_run.RunWords)} --threads \"$SLURM_CPUS_PER_TASK\""
        );
    }

    private string MergeText() =>
        Script(
            [$"# Gathers the shards of study {_run.Name} when all are complete. Written by yieldlab submit."],
            [$"--job-name=yieldlab-{_run.Name}-merge", "--cpus-per-task=1", $"--output={Log("merge.log")}"],
            ShellText.Line(_run.MergeWords)
        );

    private string Script(string[] comments, string[] own, string command)
    {
        string[] lines =
        [
            "#!/bin/bash",
            .. comments,
            .. own.Concat(Common).Select(option => $"#SBATCH {option}"),
            "",
            "# exec: what ends a job early (scancel, preemption, the time limit) is told to the program, which keeps what it has.",
            $"exec {command}",
            "",
        ];
        return string.Join('\n', lines);
    }

    private IEnumerable<string> Common =>
        [
            "--ntasks=1",
            .. Given("mem", _options.Memory),
            .. Given("time", _options.Time),
            .. Given("partition", _options.Partition),
            .. Given("account", _options.Account),
            "--requeue",
            "--open-mode=append",
            .. _options.Extra,
        ];

    private static string[] Given(string option, string? value) => value is null ? [] : [$"--{option}={value}"];

    // In the name of a log % begins a pattern, and %% is a per cent sign. sbatch reads quotes and backslashes in a directive,
    // but nothing else that a shell would.
    private string Log(string name)
    {
        string path = Path.Combine(Folder.Replace("%", "%%"), name);
        return ShellText.Quote(path) == path ? path : $"\"{path.Replace("\"", "\\\"")}\"";
    }
}
