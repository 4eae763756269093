using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>A run of the program that was looked at from inside.</summary>
/// <param name="Has">Instruction sets by name, and whether the process had them.</param>
/// <param name="PeakBytes">Largest working set.</param>
internal sealed record Inspected(IReadOnlyDictionary<string, bool> Has, long PeakBytes)
{
    /// <summary>Runs the program to a successful end.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="switches">Environment variables to set.</param>
    public static Inspected Run(
        StudyFolder folder,
        IReadOnlyDictionary<string, string> switches,
        params string[] arguments
    )
    {
        string report = folder.PathOf("report.txt");
        File.Delete(report);
        var environment = new Dictionary<string, string>(switches)
        {
            ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
            [StartupHook.Report] = report,
        };
        CommandLine.RunWith(environment, folder.Root, arguments).Succeeded();
        var facts = File.ReadLines(report).Select(line => line.Split(' ')).ToDictionary(p => p[0], p => p[1]);
        return new(
            facts.Where(fact => fact.Key != "peak").ToDictionary(fact => fact.Key, fact => bool.Parse(fact.Value)),
            long.Parse(facts["peak"])
        );
    }
}
