using System.Diagnostics;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>The C# program of the documentation, compiled and run as a reader does.</summary>
[Collection("dotnet run")]
public sealed class DocumentedProgramTests
{
    private static readonly string Program = Path.Combine(Repository.Root, "docs", "read-dies.cs");

    [Fact]
    public void Reading_dies_says_what_it_needs_and_what_it_found()
    {
        using var folder = new StudyFolder();
        folder.Run("run", StudyFolder.Study, "--quiet").Succeeded();
        Assert.Equal((1, "", "read-dies: expected the folder of a run, such as runs/quickstart"), Read(folder));
        Assert.Equal((1, "", "read-dies: data: no run is here (there is no manifest.json)"), Read(folder, "data"));
        var (code, output, error) = Read(folder, Path.Combine("runs", "tiny"));
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("20 dies, 20 of them trained ", output);
    }

    private static (int Code, string Output, string Error) Read(StudyFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["run", Program, "--", .. arguments])
        {
            WorkingDirectory = folder.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult().Trim());
    }
}
