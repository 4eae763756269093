using System.CommandLine;
using System.Globalization;
using YieldLab.Cli.Output;
using YieldLab.Studies;
using YieldLab.Studies.Clusters;
using YieldLab.Studies.Data;
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
        StudyFile file = Read(parsed);
        if (parsed.GetValue(_options.Slurm))
            Slurm(parsed, file);
        else
            Kubernetes(parsed, file);
        return 0;
    }

    // Whatever is wrong is told here and not, hours later, by every shard.
    private StudyFile Read(ParseResult parsed)
    {
        StudyFile file = Shared.Read(
            parsed.GetRequiredValue(_study),
            parsed.GetValue(_options.Set),
            parsed.GetValue(_options.Samples),
            parsed.GetValue(_options.Seed)
        );
        string[] sweeps = parsed.GetValue(_options.Sweep) ?? [];
        foreach (string sweep in sweeps.Where(sweep => sweep.IndexOf('=') < 1))
            throw new StudyException($"--sweep {sweep}: expected key=VALUES");
        int shards = ShardsOf(parsed);
        if (sweeps.Length == 0 && shards > file.Study.Samples)
            throw new StudyException(
                $"--shards {shards}: the study has {file.Study.Samples} dies; expected at most as many"
            );
        return file;
    }

    private void Slurm(ParseResult parsed, StudyFile file)
    {
        LearningProblem.Read(file.Study, file.Folder);
        string folder = Path.GetFullPath(parsed.GetValue(_options.Folder) ?? Path.Combine("runs", file.Study.Name));
        if (File.Exists(Path.Combine(folder, "manifest.json")))
            throw new StudyException($"{folder}: the folder holds a run already; choose another place with --out");
        string study = Path.GetFullPath(file.Path);
        var scripts = new SlurmScripts(Run(parsed, file, ThisProgram.Words, study, folder), SlurmOptions(parsed));
        if (parsed.GetValue(_options.DryRun))
            Console.Write(SubmissionText.DryRun(scripts));
        else
            Console.Write(SubmissionText.Of(SlurmSubmission.Of(scripts, study), file.Study.Name, ShardsOf(parsed)));
    }

    private void Kubernetes(ParseResult parsed, StudyFile file)
    {
        string? path = parsed.GetValue(_options.StudyPath);
        StudyBundle? bundle = null;
        if (path is null)
        {
            LearningProblem.Read(file.Study, file.Folder);
            bundle = StudyBundle.Of(file);
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
