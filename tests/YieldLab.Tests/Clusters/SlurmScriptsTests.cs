using Xunit;
using YieldLab.Studies;
using YieldLab.Studies.Clusters;

namespace YieldLab.Tests.Clusters;

/// <summary>The scripts to the letter; that Slurm and bash read them as meant is tested on a Slurm.</summary>
public class SlurmScriptsTests
{
    private static readonly ClusterRun Run = new(
        "tiny",
        ["/opt/yieldlab"],
        "/data/a/tiny.yaml",
        "/data/a/runs/tiny",
        4,
        ["--set", "noise={shot: on}"]
    );

    private static readonly SlurmOptions Options = new()
    {
        Cpus = 2,
        Memory = "2G",
        Time = "4:00:00",
        Partition = "long",
        Account = "chips",
        MaxRunning = 3,
        Extra = ["--qos=low --nice=5", "-C avx512"],
    };

    [Fact]
    public void Shards_are_a_job_array_that_resumes()
    {
        SkipOnWindows();
        Assert.Equal(
            """
            #!/bin/bash
            # Study tiny in 4 shards: task I of the array computes shard I. Written by yieldlab submit.
            # A shard that is run again resumes:
            # sbatch --array=I /data/a/runs/tiny/submit/shards.sbatch
            #SBATCH --job-name=yieldlab-tiny
            #SBATCH --array=0-3%3
            #SBATCH --cpus-per-task=2
            #SBATCH --output=/data/a/runs/tiny/submit/shard-%a.log
            #SBATCH --ntasks=1
            #SBATCH --mem=2G
            #SBATCH --time=4:00:00
            #SBATCH --partition=long
            #SBATCH --account=chips
            #SBATCH --requeue
            #SBATCH --open-mode=append
            #SBATCH --qos=low --nice=5
            #SBATCH -C avx512

            # exec: what ends a job early (scancel, preemption, the time limit) is told to the program, which keeps what it has.
            exec /opt/yieldlab run /data/a/tiny.yaml --out /data/a/runs/tiny --shards 4 --set 'noise={shot: on}' --threads "$SLURM_CPUS_PER_TASK"

            """.ReplaceLineEndings("\n"),
            new SlurmScripts(Run, Options).Shards.Text
        );
    }

    [Fact]
    public void The_merge_is_one_processor_and_what_is_not_asked_for_is_left_to_the_cluster()
    {
        SkipOnWindows();
        Assert.Equal(
            """
            #!/bin/bash
            # Gathers the shards of study tiny when all are complete. Written by yieldlab submit.
            #SBATCH --job-name=yieldlab-tiny-merge
            #SBATCH --cpus-per-task=1
            #SBATCH --output=/data/a/runs/tiny/submit/merge.log
            #SBATCH --ntasks=1
            #SBATCH --requeue
            #SBATCH --open-mode=append

            # exec: what ends a job early (scancel, preemption, the time limit) is told to the program, which keeps what it has.
            exec /opt/yieldlab merge /data/a/runs/tiny

            """.ReplaceLineEndings("\n"),
            new SlurmScripts(Run, new()).Merge.Text
        );
    }

    [Fact]
    public void The_merge_waits_for_the_whole_array_and_leaves_the_queue_where_that_is_in_vain()
    {
        SkipOnWindows();
        var scripts = new SlurmScripts(Run, new());
        Assert.Equal(["sbatch", "--parsable", "/data/a/runs/tiny/submit/shards.sbatch"], scripts.SubmitShards);
        Assert.Equal(
            [
                "sbatch",
                "--parsable",
                "--dependency=afterok:12",
                "--kill-on-invalid-dep=yes",
                "/data/a/runs/tiny/submit/merge.sbatch",
            ],
            scripts.SubmitMerge("12")
        );
    }

    [Theory]
    [InlineData("/a/back\\slash")]
    [InlineData("/a/line\nbreak")]
    public void A_folder_that_no_log_can_be_in_is_refused(string folder) =>
        Assert.Equal(
            $"{folder}: Slurm writes no logs to a path with a backslash or a line break; choose another place with --out",
            Assert.Throws<StudyException>(() => new SlurmScripts(Run with { Folder = folder }, new())).Message
        );

    // Every form that man sbatch lists.
    [Theory]
    [InlineData("30")]
    [InlineData("30:00")]
    [InlineData("4:00:00")]
    [InlineData("2-12")]
    [InlineData("2-12:30")]
    [InlineData("2-12:30:00")]
    public void Time_limits_are_those_of_Slurm(string time) =>
        Assert.Equal(time, new SlurmOptions { Time = time }.Time);

    private static void SkipOnWindows() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Slurm is not on Windows, and paths there look otherwise.");
}
