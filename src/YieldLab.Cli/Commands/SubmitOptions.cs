using System.CommandLine;
using System.CommandLine.Parsing;

namespace YieldLab.Cli.Commands;

/// <summary>The options of <c>yieldlab submit</c>: those of the run, those of both clusters, and those of one.</summary>
internal sealed class SubmitOptions
{
    public Option<bool> Slurm { get; } = new("--slurm") { Description = "Submit to Slurm: a job array and a merge" };

    public Option<bool> Kubernetes { get; } =
        new("--kubernetes") { Description = "Print a manifest for Kubernetes: an Indexed Job and a merge" };

    public Option<int?> Shards { get; } = Required(Count("--shards", "N", "Number of shards", ShardOption.MostShards));
    public Option<string?> Folder { get; } =
        Text("--out", "DIR", "Data folder (default: runs/NAME; with --kubernetes NAME, a folder on the claim)");

    public Option<long?> Samples { get; } = Shared.Samples();
    public Option<long?> Seed { get; } = Shared.Seed();
    public Option<string[]> Set { get; } = Shared.Set();
    public Option<string[]> Sweep { get; } = Shared.Sweep();

    public Option<int?> Cpus { get; } = Count("--cpus", "C", "Processors and threads of a shard (default: 1)", 1024);
    public Option<string?> Memory { get; } =
        Text("--memory", "SIZE", "Memory of a shard: 2G (Slurm), 2Gi (Kubernetes)");
    public Option<int?> MaxRunning { get; } =
        Count("--max-running", "M", "Most shards that run at the same time (default: all)", ShardOption.MostShards);

    public Option<string?> Time { get; } = Text("--time", "TIME", "Slurm: time limit of a shard, such as 4:00:00");
    public Option<string?> Partition { get; } = Text("--partition", "P", "Slurm: partition");
    public Option<string?> Account { get; } = Text("--account", "A", "Slurm: account");
    public Option<string[]> Sbatch { get; } =
        Repeated("--sbatch", "OPTIONS", "Slurm: more options of sbatch, such as \"--qos=long\"; may be repeated");
    public Option<bool> DryRun { get; } =
        new("--dry-run") { Description = "Slurm: print scripts and commands; write and submit nothing" };

    public Option<string?> Image { get; } = Text("--image", "IMAGE", "Kubernetes: image whose entry point is yieldlab");
    public Option<string?> Claim { get; } =
        Text("--claim", "PVC", "Kubernetes: PersistentVolumeClaim for the data folder");
    public Option<string?> Namespace { get; } = Text("--namespace", "NS", "Kubernetes: namespace");
    public Option<string?> StudyPath { get; } =
        Text("--study-path", "PATH", "Kubernetes: where the study is in the container, instead of in a ConfigMap");
    public Option<string?> OutFile { get; } =
        Text("--out-file", "FILE", "Kubernetes: file for the manifest (default: standard output)");

    /// <summary>All of them, as the help lists them.</summary>
    public IEnumerable<Option> All =>
        [
            Slurm,
            Kubernetes,
            Shards,
            Folder,
            Samples,
            Seed,
            Set,
            Sweep,
            Cpus,
            Memory,
            MaxRunning,
            .. OfSlurm,
            .. OfKubernetes,
        ];

    /// <summary>Refuses options that do not fit together.</summary>
    public void Check(CommandResult given)
    {
        bool slurm = given.GetValue(Slurm);
        if (slurm == given.GetValue(Kubernetes))
            given.AddError("expected one of --slurm and --kubernetes");
        else if ((slurm ? OfKubernetes : OfSlurm).FirstOrDefault(Given) is { } stray)
            given.AddError($"{stray.Name} is an option of {(slurm ? Kubernetes : Slurm).Name}");
        else if (!slurm && new Option[] { Image, Claim }.FirstOrDefault(option => !Given(option)) is { } missing)
            given.AddError($"{Kubernetes.Name} needs {missing.Name}");

        bool Given(Option option) => given.GetResult(option) is { Implicit: false };
    }

    private IEnumerable<Option> OfSlurm => [Time, Partition, Account, Sbatch, DryRun];

    private IEnumerable<Option> OfKubernetes => [Image, Claim, Namespace, StudyPath, OutFile];

    private static Option<int?> Count(string name, string letter, string description, int most) =>
        Shared.Number<int?>(name, letter, description, text => Shared.Count(text, most), $"1 to {most}");

    private static Option<int?> Required(Option<int?> option)
    {
        option.Required = true;
        return option;
    }

    private static Option<string?> Text(string name, string placeholder, string description) =>
        new(name) { Description = description, HelpName = placeholder };

    private static Option<string[]> Repeated(string name, string placeholder, string description) =>
        new(name)
        {
            Description = description,
            HelpName = placeholder,
            Arity = ArgumentArity.OneOrMore,
        };
}
