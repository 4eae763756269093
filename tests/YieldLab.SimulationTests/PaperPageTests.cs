using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>The tables of docs/paper.md are what docs/paper.cs prints.</summary>
[Collection("dotnet run")]
public sealed class PaperPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "paper.md"));

    // A quick run prints some rows of each table, with the dies and the seed of the full run: the same digits.
    [Fact]
    public void Page_has_every_line_that_a_quick_run_prints()
    {
        string[] lines = QuickRun().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Contains(line.TrimEnd('\r'), Page));
        string[] numbers = [.. Page.Select(TableNumber).OfType<string>().Distinct()];
        Assert.NotEmpty(numbers);
        Assert.Equal(numbers, lines.Select(TableNumber).OfType<string>().Distinct());
    }

    private static string? TableNumber(string line) =>
        Regex.Match(line, @"^\*\*(Table \d+)[.,] ") is { Success: true } match ? match.Groups[1].Value : null;

    private static string QuickRun()
    {
        var start = new ProcessStartInfo("dotnet", ["run", "-c", "Release", "docs/paper.cs", "--", "--quick"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
