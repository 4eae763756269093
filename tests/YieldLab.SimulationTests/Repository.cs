namespace YieldLab.SimulationTests;

/// <summary>Where the project's files are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "YieldLab.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
