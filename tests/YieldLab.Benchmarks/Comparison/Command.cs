using System.ComponentModel;
using System.Diagnostics;

namespace YieldLab.Benchmarks.Comparison;

/// <summary>Runs a program and returns the lines that it prints.</summary>
internal static class Command
{
    /// <exception cref="PeerMissingException">The program is not there or fails.</exception>
    public static string[] Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Start(start);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new PeerMissingException($"{program} fails: {FirstLine(errors.Result)}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new PeerMissingException($"{start.FileName} is not installed");
        }
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}

/// <summary>A peer cannot run on this machine.</summary>
internal sealed class PeerMissingException(string message) : Exception(message);
