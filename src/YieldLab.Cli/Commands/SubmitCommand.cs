using System.CommandLine;
using System.Globalization;
using YieldLab.Cli.Output;
using YieldLab.Statistics;
using YieldLab.Studies;
using YieldLab.Studies.Clusters;
using YieldLab.Studies.Data;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab submit</c>: a study in shards on a cluster.</summary>
internal sealed class SubmitCommand
{
    private readonly Argument<string> _study = Shared.Study();
    private readonly SubmitOptions _options = new();

    public static Command Create()
    {
        var submit = new SubmitCommand();
        var command = new Command("submit", "Run a study in shards on a cluster: Slurm or Kubernetes")
        {
            submit._study,
        };
        foreach (Option option in submit._options.All)
            command.Add(option);
        command.Validators.Add(submit._options.Check);
        command.SetAction(submit.Act);
        return command;
    }

    private int Act(ParseResult parsed)
    {
        StudySweep sweep = Read(parsed);
        if (parsed.GetValue(_options.Slurm))
            Slurm(parsed, sweep);
        else
            Kubernetes(parsed, sweep);
        return 0;
    }

    // Whatever is wrong is told here and not, hours later, by every shard.
    private StudySweep Read(ParseResult parsed)
    {
        StudySweep sweep = StudySweep.Read(
            parsed.GetRequiredValue(_study),
            Shared.Changes(
                parsed.GetValue(_options.Set),
                parsed.GetValue(_options.Samples),
                parsed.GetValue(_options.Seed)
            ),
            [.. (parsed.GetValue(_options.Sweep) ?? []).Select(StudyChange.Sweep)]
        );
        int shards = ShardsOf(parsed);
        if (shards > sweep.Base.Study.Samples)
            throw new StudyException(
                $"--shards {shards}: the study has {Counted.Dies(sweep.Base.Study.Samples)}; expected at most as many"
            );
        ShardOption.RefuseStop(sweep.Base);
        return sweep;
    }

    private void Slurm(ParseResult parsed, StudySweep sweep)
    {
        StudyFile file = sweep.Base;
        string folder = Path.GetFullPath(parsed.GetValue(_options.Folder) ?? Path.Combine("runs", file.Study.Name));
        StudyRun.CheckShards(StudyPlan.Of(sweep, Environment.ProcessorCount), folder);
        string study = Path.GetFullPath(file.Path);
        var scripts = new SlurmScripts(Run(parsed, file, ThisProgram.Words, study, folder), SlurmOptions(parsed));
        if (parsed.GetValue(_options.DryRun))
            Console.Write(SubmissionText.DryRun(scripts));
        else
            Console.Write(SubmissionText.Of(SlurmSubmission.Of(scripts, study), file.Study.Name, ShardsOf(parsed)));
    }

    private void Kubernetes(ParseResult parsed, StudySweep sweep)
    {
        StudyFile file = sweep.Base;
        string? path = parsed.GetValue(_options.StudyPath);
        StudyBundle? bundle = null;
        if (path is null)
        {
            StudyPlan.Of(sweep, Environment.ProcessorCount);
            bundle = StudyBundle.Of(sweep);
            path = $"{KubernetesManifest.StudyFolder}/{bundle.Study}";
        }
        else if (!path.StartsWith('/'))
        {
            throw new StudyException(
                $"--study-path: '{path}' is not allowed; expected an absolute path, such as {KubernetesManifest.ClaimFolder}/{file.Study.Name}.yaml"
            );
        }
        string folder = $"{KubernetesManifest.ClaimFolder}/{FolderOnClaim(parsed, file)}";
        var manifest = new KubernetesManifest(Run(parsed, file, [], path, folder), KubernetesOptions(parsed), bundle);
        if (parsed.GetValue(_options.OutFile) is { } output)
            UserFile.WriteText(output, manifest.Text, file.Path);
        else
            Console.Write(manifest.Text);
    }

    private string FolderOnClaim(ParseResult parsed, StudyFile file)
    {
        string folder = parsed.GetValue(_options.Folder) ?? file.Study.Name;
        return folder.Length > 0 && folder.Split('/').All(part => part is not ("" or "." or ".."))
            ? folder
            : throw new StudyException(
                $"--out: '{folder}' is not allowed; expected a folder on the claim, such as runs/a"
            );
    }

    private ClusterRun Run(
        ParseResult parsed,
        StudyFile file,
        IReadOnlyList<string> program,
        string study,
        string folder
    ) => new(file.Study.Name, program, study, folder, ShardsOf(parsed), Changes(parsed));

    private int ShardsOf(ParseResult parsed) => parsed.GetRequiredValue(_options.Shards)!.Value;

    // As they were given: the shards read them again.
    private string[] Changes(ParseResult parsed) =>
        [
            .. Number(_options.Samples, parsed.GetValue(_options.Samples)),
            .. Number(_options.Seed, parsed.GetValue(_options.Seed)),
            .. (parsed.GetValue(_options.Set) ?? []).SelectMany(set => new[] { _options.Set.Name, set }),
            .. (parsed.GetValue(_options.Sweep) ?? []).SelectMany(sweep => new[] { _options.Sweep.Name, sweep }),
        ];

    private static string[] Number(Option option, long? value) =>
        value is { } number ? [option.Name, number.ToString(CultureInfo.InvariantCulture)] : [];

    private SlurmOptions SlurmOptions(ParseResult parsed) =>
        new()
        {
            Cpus = parsed.GetValue(_options.Cpus) ?? 1,
            Memory = parsed.GetValue(_options.Memory),
            Time = parsed.GetValue(_options.Time),
            Partition = parsed.GetValue(_options.Partition),
            Account = parsed.GetValue(_options.Account),
            MaxRunning = parsed.GetValue(_options.MaxRunning),
            Extra = parsed.GetValue(_options.Sbatch) ?? [],
        };

    private KubernetesOptions KubernetesOptions(ParseResult parsed) =>
        new()
        {
            Image = parsed.GetRequiredValue(_options.Image)!,
            Claim = parsed.GetRequiredValue(_options.Claim)!,
            Namespace = parsed.GetValue(_options.Namespace),
            Cpus = parsed.GetValue(_options.Cpus) ?? 1,
            Memory = parsed.GetValue(_options.Memory),
            MaxRunning = parsed.GetValue(_options.MaxRunning),
        };
}
