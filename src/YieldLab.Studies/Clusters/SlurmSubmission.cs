using YieldLab.Studies.Text;

namespace YieldLab.Studies.Clusters;

/// <summary>A run that Slurm has in its queue.</summary>
/// <param name="Scripts">Its scripts.</param>
/// <param name="ShardsJob">Number of the job array.</param>
/// <param name="MergeJob">Number of the merge.</param>
public sealed record SlurmSubmission(SlurmScripts Scripts, string ShardsJob, string MergeJob)
{
    /// <summary>Writes the scripts and submits both.</summary>
    /// <param name="scripts">The scripts.</param>
    /// <param name="study">Study file, which is not overwritten.</param>
    /// <exception cref="StudyException">A script cannot be written, or sbatch refuses.</exception>
    public static SlurmSubmission Of(SlurmScripts scripts, string study)
    {
        Write(scripts, study);
        string shards = Sbatch.Submit(scripts.SubmitShards);
        return new(scripts, shards, SubmitMerge(scripts, shards));
    }

    private static void Write(SlurmScripts scripts, string study)
    {
        try
        {
            Directory.CreateDirectory(scripts.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StudyException(
                $"{scripts.Folder}: the folder cannot be made ({e.Message.TrimEnd('.')}); choose another place with --out",
                e
            );
        }
        foreach (BatchScript script in new[] { scripts.Shards, scripts.Merge })
            UserFile.WriteText(script.Path, script.Text, study);
    }

    private static string SubmitMerge(SlurmScripts scripts, string shards)
    {
        try
        {
            return Sbatch.Submit(scripts.SubmitMerge(shards));
        }
        catch (StudyException e)
        {
            throw new StudyException(
                $"the shards are job {shards}, but their merge is not submitted: {e.Message}; submit it with {ShellText.Line(scripts.SubmitMerge(shards))}",
                e
            );
        }
    }
}
