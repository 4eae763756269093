using YieldLab.Statistics;
using YieldLab.Studies.Clusters;

namespace YieldLab.Cli.Output;

/// <summary>What a user is told of a run on Slurm.</summary>
internal static class SubmissionText
{
    // Stands for the number that Slurm gives the shards.
    private const string Job = "JOBID";

    /// <summary>What was submitted, how to watch it, and what to do where a shard fails.</summary>
    public static string Of(SlurmSubmission submission, string study, int shards)
    {
        SlurmScripts scripts = submission.Scripts;
        return Lines(
            $"{study}: {Counted.Of(shards, "shard is", "shards are")} job {submission.ShardsJob}, their merge is job {submission.MergeJob}",
            "",
            "watch:",
            $"  squeue --jobs={submission.ShardsJob},{submission.MergeJob}",
            $"  tail {ShellText.Quote(scripts.ShardLog("0"))}",
            "result, when the merge is done:",
            $"  cat {ShellText.Quote(scripts.MergeLog)}",
            "if shard I fails, the merge is taken out of the queue; the shard's log says why, and run again it resumes:",
            $"  {ShellText.Line(scripts.ResubmitShard("I"))}",
            $"  {ShellText.Line(scripts.SubmitMerge(Job))}",
            $"  ({Job}: the number that the first command prints)"
        );
    }

    /// <summary>The scripts and the commands that submit them.</summary>
    public static string DryRun(SlurmScripts scripts) =>
        Lines(
            $"==> {scripts.Shards.Path} <==",
            scripts.Shards.Text,
            $"==> {scripts.Merge.Path} <==",
            scripts.Merge.Text,
            "==> commands <==",
            ShellText.Line(scripts.SubmitShards),
            ShellText.Line(scripts.SubmitMerge(Job)),
            $"({Job}: the number that the first command prints)"
        );

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + "\n"));
}
