using System.Diagnostics;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>C# programs of the documentation, compiled and run as a reader does.</summary>
[Collection("dotnet run")]
public sealed class DocumentedProgramTests
{
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

    [Fact]
    public void A_study_says_what_it_needs_and_leaves_yields_and_pictures()
    {
        using var folder = new StudyFolder();
        var (code, output, error) = Run("study.cs", folder, "missing.yaml", "out");
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("study: missing.yaml", error);
        (code, output, error) = Run("study.cs", folder, StudyFolder.Study, "out", "samples=30");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(" of 30 dies, ", output);
        Assert.StartsWith("<svg", File.ReadAllText(Path.Combine(folder.Root, "out", "yield.svg")));
    }

    private static (int Code, string Output, string Error) Read(StudyFolder folder, params string[] arguments) =>
        Run("read-dies.cs", folder, arguments);

    private static (int Code, string Output, string Error) Run(
        string program,
        StudyFolder folder,
        params string[] arguments
    )
    {
        string path = Path.Combine(Repository.Root, "docs", program);
        var start = new ProcessStartInfo("dotnet", ["run", path, "--", .. arguments])
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
