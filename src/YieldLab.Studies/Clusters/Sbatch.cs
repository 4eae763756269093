using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace YieldLab.Studies.Clusters;

/// <summary>Hands jobs to Slurm.</summary>
public static partial class Sbatch
{
    public const string NotInstalled =
        "sbatch is not on the PATH, so this machine submits nothing to Slurm; --dry-run shows the scripts";

    /// <summary>Submits a job.</summary>
    /// <param name="command">The words of <c>sbatch --parsable ...</c>.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="StudyException">sbatch is not there, or refuses; the message holds its own.</exception>
    public static string Submit(IReadOnlyList<string> command)
    {
        using Process process = Start(command);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && Job(output) is { } job
            ? job
            : throw new StudyException($"sbatch refuses: {Complaint(errors.Result + output)}");
    }

    private static Process Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            Process process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new StudyException(NotInstalled, e);
        }
    }

    // "12" or "12;cluster", the last line where a site's own sbatch says more.
    private static string? Job(string output) =>
        output
            .Split('\n')
            .Select(line => Answer().Match(line.Trim()))
            .LastOrDefault(match => match.Success)
            ?.Groups[1]
            .Value;

    // "sbatch: error: Batch job submission failed: ..." on several lines.
    private static string Complaint(string text)
    {
        IEnumerable<string> lines = text.Split('\n').Select(line => Prefix().Replace(line.Trim(), ""));
        string told = string.Join("; ", lines.Where(line => line.Length > 0));
        return told.Length > 0 ? told : "it gave no reason";
    }

    [GeneratedRegex(@"\A([0-9]+)(;.*)?\z")]
    private static partial Regex Answer();

    [GeneratedRegex(@"\A(sbatch: )?(error: |fatal: )?")]
    private static partial Regex Prefix();
}
