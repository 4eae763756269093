using System.Text.RegularExpressions;
using Xunit;
using YieldLab.SimulationTests.Support;
using YieldLab.Studies.Clusters;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary><c>submit --slurm</c> on a Slurm of the tests' own: what comes out of the cluster is what one process gives.</summary>
public sealed class SlurmTests(SlurmCluster slurm) : IClassFixture<SlurmCluster>
{
    // What shells, sbatch and patterns of log names read in their own ways.
    private const string Awkward = "it's $HOME \"x\" `y` 5% #c";

    [Fact]
    public void Four_shards_and_their_merge_give_the_bits_of_a_direct_run()
    {
        slurm.Need();
        using var folder = new StudyFolder();
        string[] changes = ["--samples", "200", "--set", "temperature={from: -20 C, to: \"60 C\"}"];
        var (shards, merge, _) = Submit(folder, Awkward, changes);
        slurm.WaitFor(shards, merge);
        Assert.Equal("COMPLETED", slurm.StateOf(merge));
        AssertSameAsDirect(folder, Awkward, ["dies", "epochs"], changes);
    }

    [Fact]
    public void A_shard_that_was_cancelled_in_the_middle_and_submitted_again_gives_the_bits_of_a_direct_run()
    {
        slurm.Need();
        using var folder = new StudyFolder();
        // Some seconds a shard.
        string[] changes = ["--samples", "16000", "--set", "training.epochs=1000", "--set", "output={}"];
        var (shards, merge, told) = Submit(folder, "it's cut", changes);
        string cut = folder.PathOf("it's cut/shards/1-of-4");
        slurm.WaitUntil(() => File.Exists(Path.Combine(cut, "manifest.json")), "shard 1 to begin");
        slurm.Ask("scancel", $"{shards}_1");
        slurm.WaitFor(shards, merge);
        Assert.Equal("CANCELLED", slurm.StateOf($"{shards}_1"));
        Assert.Equal("CANCELLED", slurm.StateOf(merge));
        folder.Run("merge", "it's cut").IsRefusedNaming("1");

        // As submit says, word for word.
        string[] commands =
        [
            .. told.Split('\n')
                .Select(line => line.Trim())
                .Where(line => line.StartsWith("sbatch ", StringComparison.Ordinal)),
        ];
        string again = Resubmitted(Shell(commands[0].Replace("--array=I", "--array=1")));
        string last = Shell(commands[1].Replace("JOBID", again));
        slurm.WaitFor(again, last);
        Assert.Equal("COMPLETED", slurm.StateOf(last));
        AssertSameAsDirect(folder, "it's cut", ["dies"], changes);
    }

    // Each task appends its arguments to a file of its own, each with a byte 0 behind it, and its processors.
    [Fact]
    public void Each_task_starts_the_program_with_the_very_words_that_were_meant()
    {
        slurm.Need();
        using var folder = new StudyFolder();
        ClusterRun run = Stub(
            folder,
            """printf '%s\0' "$SLURM_ARRAY_TASK_ID" "$@" >> said-$SLURM_ARRAY_TASK_ID""",
            ["--set", $"a='\\ {Awkward}\n;b=\\", "--sweep", "*?[x]~&|<>!{}"]
        );
        var scripts = new SlurmScripts(run, new() { Cpus = 2, MaxRunning = 2 });
        SlurmSubmission submitted = Submit(scripts, folder);
        slurm.WaitFor(submitted.ShardsJob, submitted.MergeJob);
        foreach (string task in new[] { "0", "1", "2" })
            Assert.Equal(
                [task, .. run.RunWords.Skip(1), "--threads", "2"],
                File.ReadAllText(folder.PathOf($"said-{task}")).TrimEnd('\0').Split('\0')
            );
        Assert.Equal(
            ["", .. run.MergeWords.Skip(1)],
            File.ReadAllText(folder.PathOf("said-")).TrimEnd('\0').Split('\0')
        );
    }

    [Fact]
    public void The_merge_does_not_run_when_a_shard_fails_and_does_when_the_shard_was_run_again()
    {
        slurm.Need();
        using var folder = new StudyFolder();
        ClusterRun run = Stub(
            folder,
            """
            echo "$1 $SLURM_ARRAY_TASK_ID"
            [ "$SLURM_ARRAY_TASK_ID" != 2 ] || [ -e mended ]
            """,
            []
        );
        var scripts = new SlurmScripts(run, new());
        SlurmSubmission submitted = Submit(scripts, folder);
        slurm.WaitFor(submitted.ShardsJob, submitted.MergeJob);
        Assert.Equal("COMPLETED", slurm.StateOf($"{submitted.ShardsJob}_1"));
        Assert.Equal("FAILED", slurm.StateOf($"{submitted.ShardsJob}_2"));
        Assert.Equal("CANCELLED", slurm.StateOf(submitted.MergeJob));
        Assert.False(File.Exists(scripts.MergeLog));

        folder.Write("mended", "");
        string again = Resubmitted(Ask(scripts.ResubmitShard("2")));
        string merge = Ask(scripts.SubmitMerge(again));
        slurm.WaitFor(again, merge);
        Assert.Equal("merge \n", File.ReadAllText(scripts.MergeLog));
        // Both attempts are in the shard's log.
        Assert.Equal("run 2\nrun 2\n", File.ReadAllText(scripts.ShardLog("2")));
    }

    // Preempted, or its node lost: the task starts anew as the same task, having been told to stop.
    [Fact]
    public void A_task_that_Slurm_puts_back_into_the_queue_hears_it_and_runs_again()
    {
        slurm.Need();
        using var folder = new StudyFolder();
        ClusterRun run = Stub(
            folder,
            """
            [ "$1" = run ] && [ "${SLURM_RESTART_COUNT:-0}" = 0 ] || exec echo "$1 again"
            trap 'echo stopped; exit 130' TERM
            echo begun
            for i in $(seq 600); do sleep 0.1; done
            """,
            []
        ) with
        {
            Shards = 1,
        };
        var scripts = new SlurmScripts(run, new());
        SlurmSubmission submitted = Submit(scripts, folder);
        string log = scripts.ShardLog("0");
        slurm.WaitUntil(() => File.Exists(log) && File.ReadAllText(log).Contains("begun"), "the task to begin");
        slurm.Ask("scontrol", "requeue", $"{submitted.ShardsJob}_0");
        slurm.WaitUntil(() => File.ReadAllText(log).Contains("stopped"), "the task to stop");
        // Slurm keeps a job back for two minutes that was put back into the queue. Its node refuses one that begins in the
        // second in which it was killed ("already killed, do not launch").
        slurm.WaitUntil(() => slurm.StateOf($"{submitted.ShardsJob}_0") == "PENDING", "the task to be in the queue");
        slurm.Ask("scontrol", "update", $"jobid={submitted.ShardsJob}_0", "starttime=now+3seconds");
        // A task on its way back into the queue may be missing from the list of those that are left.
        slurm.WaitUntil(() => File.ReadAllText(log).Contains("run again"), "the task to run again");
        slurm.WaitFor(submitted.ShardsJob, submitted.MergeJob);
        Assert.EndsWith("run again\n", File.ReadAllText(log));
        Assert.Equal("merge again\n", File.ReadAllText(scripts.MergeLog));
    }

    [Fact]
    public void What_sbatch_refuses_is_told_in_one_line()
    {
        slurm.Need();
        using var folder = new StudyFolder();
        string[] submit = ["submit", StudyFolder.Study, "--slurm", "--shards", "4", "--partition", "nowhere"];
        CommandLine
            .RunWith(slurm.Environment, folder.Root, submit)
            .IsRefusedNaming("sbatch refuses: ", "invalid partition specified: nowhere");
    }

    private (string Shards, string Merge, string Told) Submit(StudyFolder folder, string place, string[] changes)
    {
        string[] submit = ["submit", StudyFolder.Study, "--slurm", "--shards", "4", "--out", place, .. changes];
        string told = CommandLine.RunWith(slurm.Environment, folder.Root, submit).Succeeded();
        Match jobs = Regex.Match(told, "4 shards are job ([0-9]+), their merge is job ([0-9]+)");
        Assert.True(jobs.Success, told);
        return (jobs.Groups[1].Value, jobs.Groups[2].Value, told);
    }

    private static void AssertSameAsDirect(StudyFolder folder, string merged, string[] tables, string[] changes)
    {
        folder.Run(["run", StudyFolder.Study, "--out", "direct", "--quiet", .. changes]).Succeeded();
        foreach (string table in tables)
            Assert.Equal(
                StoredTable.Read(folder.PathOf("direct"), table).Hash(),
                StoredTable.Read(folder.PathOf(merged), table).Hash()
            );
    }

    // A program of three shards that does what a test needs. Its name has no space: proctrack/linuxproc, which finds processes
    // to signal in /proc/PID/stat, reads none behind such a name.
    private static ClusterRun Stub(StudyFolder folder, string script, string[] options)
    {
        string program = Path.Combine(Directory.CreateDirectory(folder.PathOf($"{Awkward} bin")).FullName, "stub.sh");
        File.WriteAllText(
            program,
            $"#!/bin/bash\ncd {ShellText.Quote(folder.Root)}\n{script.ReplaceLineEndings("\n")}\n"
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        return new("tiny", [program], folder.PathOf(StudyFolder.Study), folder.PathOf(Awkward), 3, options);
    }

    // sbatch takes Slurm's place from the environment, which belongs to all tests of this process: hence through the commands.
    private SlurmSubmission Submit(SlurmScripts scripts, StudyFolder folder)
    {
        Directory.CreateDirectory(scripts.Folder);
        File.WriteAllText(scripts.Shards.Path, scripts.Shards.Text);
        File.WriteAllText(scripts.Merge.Path, scripts.Merge.Text);
        string shards = Ask(scripts.SubmitShards);
        return new(scripts, shards, Ask(scripts.SubmitMerge(shards)));
    }

    // "Submitted batch job 12"
    private static string Resubmitted(string told) => told.Split(' ')[^1];

    private string Shell(string line) => slurm.Ask("bash", "-c", line);

    private string Ask(IReadOnlyList<string> words) => slurm.Ask(words[0], [.. words.Skip(1)]);
}
