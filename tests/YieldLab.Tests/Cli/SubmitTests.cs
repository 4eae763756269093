using System.Text.RegularExpressions;
using Xunit;
using YieldLab.Tests.Clusters;

namespace YieldLab.Tests.Cli;

/// <summary><c>yieldlab submit</c> without a cluster: what it prints, what it refuses, and that it leaves nothing behind.</summary>
public class SubmitTests
{
    private static readonly string[] Slurm = ["submit", StudyFolder.Study, "--slurm", "--shards", "4"];
    private static readonly string[] Kubernetes =
    [
        "submit",
        StudyFolder.Study,
        "--kubernetes",
        "--shards",
        "4",
        "--image",
        "yieldlab:1",
        "--claim",
        "runs",
    ];

    // The temporary folder may be reached through a link, which the program's working folder is not.
    [Fact]
    public void A_dry_run_prints_scripts_and_commands_and_writes_nothing()
    {
        using var folder = new StudyFolder();
        string[] options =
        [
            "--samples",
            "20",
            "--seed",
            "3",
            "--set",
            "noise={shot: on}",
            "--sweep",
            "training.l2=[0.1,0.2]",
        ];
        string printed = folder
            .Run([.. Slurm, .. options, "--out", "a b", "--sbatch", "--qos=low", "--dry-run"])
            .Succeeded();
        Assert.Equal([StudyFolder.Data, StudyFolder.Study], Names(folder));
        Assert.Contains("#SBATCH --array=0-3\n", printed);
        Assert.Contains("#SBATCH --qos=low\n", printed);
        Assert.Contains(
            $" exec {CommandLine.Program} run {Inside(folder, StudyFolder.Study)} --out '{Inside(folder, "a b")}' --shards 4 "
                + "--samples 20 --seed 3 --set 'noise={shot: on}' --sweep 'training.l2=[0.1,0.2]' --threads \"$SLURM_CPUS_PER_TASK\"\n",
            printed
        );
        Assert.EndsWith(
            $"""
            ==> commands <==
            sbatch --parsable '{Inside(folder, "a b/submit/shards.sbatch")}'
            sbatch --parsable --dependency=afterok:JOBID --kill-on-invalid-dep=yes '{Inside(
                folder,
                "a b/submit/merge.sbatch"
            )}'
            (JOBID: the number that the first command prints)

            """.ReplaceLineEndings(
                "\n"
            ),
            printed
        );
    }

    // There the program is in /opt/yieldlab and the clone in /shared/chips.
    [Fact]
    public void The_dry_run_of_the_documentation_is_what_its_command_prints()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Paths look otherwise on Windows.");
        string page = File.ReadAllText(System.IO.Path.Combine(Repository.Root, "docs", "clusters.md"))
            .ReplaceLineEndings("\n");
        string command = page.Split("    yieldlab ").First(text => text.StartsWith("submit", StringComparison.Ordinal));
        string[] arguments = command[..command.IndexOf('\n')].Split(' ');
        string printed = CommandLine.Run(Repository.Root, [.. arguments, "--dry-run"]).Succeeded();
        string shown = page.Split("<!-- dry run -->\n```text\n")[1].Split("```")[0];
        Assert.Equal(
            shown,
            Regex
                .Replace(printed, @"\S+ exec \S+/yieldlab\.dll", "/opt/yieldlab/yieldlab")
                .Replace(Repository.Root, "/shared/chips")
        );
    }

    [Fact]
    public void Without_Slurm_it_says_so()
    {
        using var folder = new StudyFolder();
        // The program itself is started by its path.
        var nowhere = new Dictionary<string, string> { ["PATH"] = folder.Root, ["DOTNET_ROOT"] = DotnetRoot };
        CommandLine
            .RunWith(nowhere, folder.Root, Slurm)
            .IsRefusedWith(
                "sbatch is not on the PATH, so this machine submits nothing to Slurm; --dry-run shows the scripts"
            );
    }

    // A site's sbatch may say more than the number, and refuse in several lines.
    [Fact]
    public void What_sbatch_says_is_understood()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Slurm is not on Windows.");
        using var folder = new StudyFolder();
        Sbatch(folder, "echo Welcome to the cluster; echo '12;alpha'; echo sbatch: note >&2");
        string told = CommandLine.RunWith(Path(folder), folder.Root, Slurm).Succeeded();
        Assert.StartsWith("tiny: 4 shards are job 12, their merge is job 12\n", told);
        Assert.Contains("  squeue --jobs=12,12\n", told);

        Sbatch(
            folder,
            "echo 'sbatch: error: no such partition' >&2; echo 'sbatch: error: Batch job submission failed' >&2; exit 1"
        );
        CommandLine
            .RunWith(Path(folder), folder.Root, Slurm)
            .IsRefusedWith("sbatch refuses: no such partition; Batch job submission failed");

        Sbatch(folder, "[ $# = 2 ] && echo 7 && exit; echo 'sbatch: error: Job dependency problem' >&2; exit 1");
        CommandLine
            .RunWith(Path(folder), folder.Root, Slurm)
            .IsRefusedNaming(
                "the shards are job 7, but their merge is not submitted: sbatch refuses: Job dependency problem; submit it with sbatch --parsable --dependency=afterok:7 "
            );
    }

    [Fact]
    public void A_manifest_carries_the_study_or_says_where_it_is()
    {
        using var folder = new StudyFolder();
        Manifest carried = Manifest.Read(folder.Run([.. Kubernetes, "--set", "samples=8"]).Succeeded());
        Assert.Equal(["/study/tiny.yaml", "/study/tiny.csv"], carried.FilesOf(carried.Shards).Keys);
        Assert.Equal(
            File.ReadAllBytes(folder.PathOf(StudyFolder.Data)),
            carried.FilesOf(carried.Merge)["/study/tiny.csv"]
        );
        IList<string> words = carried.Shards.Spec.Template.Spec.Containers[0].Args;
        string[] expected =
        [
            "run",
            "/study/tiny.yaml",
            "--out",
            "/runs/tiny",
            "--shards",
            "4",
            "--set",
            "samples=8",
            "--threads",
            "1",
        ];
        Assert.Equal(expected, words);

        string[] there = ["--study-path", "/runs/in/tiny.yaml", "--out", "here/it", "--out-file", "job.yaml"];
        Assert.Equal("", folder.Run([.. Kubernetes, .. there]).Succeeded());
        Manifest named = Manifest.Read(File.ReadAllText(folder.PathOf("job.yaml")));
        Assert.Null(named.Study);
        Assert.Equal("yieldlab-it-shards", named.Shards.Metadata.Name);
        Assert.Equal(
            ["run", "/runs/in/tiny.yaml", "--out", "/runs/here/it"],
            named.Shards.Spec.Template.Spec.Containers[0].Args.Take(4)
        );
    }

    [Theory]
    [InlineData("expected one of --slurm and --kubernetes (see yieldlab --help)", "--shards", "4")]
    [InlineData(
        "expected one of --slurm and --kubernetes (see yieldlab --help)",
        "--shards",
        "4",
        "--slurm",
        "--kubernetes"
    )]
    [InlineData("Option '--shards' is required. (see yieldlab --help)", "--slurm")]
    [InlineData("--shards: '0' is not allowed; expected 1 to 100000 (see yieldlab --help)", "--slurm", "--shards", "0")]
    [InlineData("--shards 21: the study has 20 dies; expected at most as many", "--slurm", "--shards", "21")]
    [InlineData(
        "--image is an option of --kubernetes (see yieldlab --help)",
        "--slurm",
        "--shards",
        "4",
        "--image",
        "a"
    )]
    [InlineData("--time is an option of --slurm (see yieldlab --help)", "--kubernetes", "--shards", "4", "--time", "1")]
    [InlineData("--kubernetes needs --image (see yieldlab --help)", "--kubernetes", "--shards", "4")]
    [InlineData("--kubernetes needs --claim (see yieldlab --help)", "--kubernetes", "--shards", "4", "--image", "a")]
    public void Mistakes_in_the_arguments_are_refused_in_one_line(string message, params string[] arguments)
    {
        using var folder = new StudyFolder();
        folder.Run(["submit", StudyFolder.Study, .. arguments]).IsRefusedWith(message);
        Assert.Equal([StudyFolder.Data, StudyFolder.Study], Names(folder));
    }

    [Theory]
    [InlineData("--memory", "2Gi", "a number with K, M, G or T, such as 2G")]
    [InlineData("--memory", "2", "a number with K, M, G or T, such as 2G")]
    [InlineData("--time", "4h", "minutes, H:MM:SS, D-H or D-H:MM:SS, such as 4:00:00")]
    [InlineData("--partition", "a b", "a name")]
    [InlineData("--account", "", "a name")]
    [InlineData("--sbatch", "qos=long", "options of sbatch, such as \"--qos=long\"")]
    public void Mistakes_for_Slurm_are_refused_in_one_line(string option, string value, string expected)
    {
        using var folder = new StudyFolder();
        folder.Run([.. Slurm, option, value]).IsRefusedWith($"{option}: '{value}' is not allowed; expected {expected}");
    }

    [Theory]
    [InlineData("--memory", "2", "a number with Mi, Gi, Ti, M, G or T, such as 2Gi")]
    [InlineData("--namespace", "Chips", "the name of a namespace")]
    [InlineData("--study-path", "tiny.yaml", "an absolute path, such as /runs/tiny.yaml")]
    [InlineData("--out", "/runs/a", "a folder on the claim, such as runs/a")]
    [InlineData("--out", "../a", "a folder on the claim, such as runs/a")]
    public void Mistakes_for_Kubernetes_are_refused_in_one_line(string option, string value, string expected)
    {
        using var folder = new StudyFolder();
        folder
            .Run([.. Kubernetes, option, value])
            .IsRefusedWith($"{option}: '{value}' is not allowed; expected {expected}");
    }

    [Fact]
    public void Mistakes_in_study_and_data_are_found_before_anything_is_submitted()
    {
        using var folder = new StudyFolder();
        folder.Run([.. Slurm, "--set", "data.target=clas"]).IsRefusedNaming("tiny.csv:1: there is no column 'clas'");
        folder
            .Run([.. Kubernetes, "--set", "data.target=clas"])
            .IsRefusedNaming("tiny.csv:1: there is no column 'clas'");
        folder.Run("run", StudyFolder.Study, "--quiet").Succeeded();
        folder
            .Run([.. Slurm, "--dry-run", "--set", "training.l2=0.01"])
            .IsRefusedNaming("tiny: the folder holds another study: training.l2 is 0.001 there and 0.01 here");
        folder
            .Run([.. Slurm, "--dry-run", "--set", "stop={width: 5 %}"])
            .IsRefusedNaming("stop: a rule looks at all dies");
        folder.Run([.. Slurm, "--dry-run", "--sweep", "training.l2=[0.1, x]"]).IsRefusedNaming("'x' is not a number");
    }

    // Shards compute what the run has not yet.
    [Fact]
    public void A_run_of_the_same_study_is_extended()
    {
        using var folder = new StudyFolder();
        folder.Run("run", StudyFolder.Study, "--quiet").Succeeded();
        Assert.Contains("--samples 40", folder.Run([.. Slurm, "--dry-run", "--samples", "40"]).Succeeded());
    }

    private static string DotnetRoot => System.IO.Path.GetDirectoryName(Environment.ProcessPath)!;

    private static string Inside(StudyFolder folder, string name) => folder.PathOf(name);

    private static string[] Names(StudyFolder folder) =>
        [.. Directory.GetFileSystemEntries(folder.Root).Select(entry => System.IO.Path.GetFileName(entry)).Order()];

    private static void Sbatch(StudyFolder folder, string script)
    {
        string path = folder.PathOf("sbatch");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    private static Dictionary<string, string> Path(StudyFolder folder) =>
        new() { ["PATH"] = $"{folder.Root}{System.IO.Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}" };
}
