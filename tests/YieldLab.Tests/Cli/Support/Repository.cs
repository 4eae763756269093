namespace YieldLab.Tests.Cli;

/// <summary>Files of the repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Names of the studies that ship.</summary>
    public static IReadOnlyList<string> StudyNames =>
        [
            .. Directory
                .GetFiles(Path.Combine(Root, "studies"), "*.yaml")
                .Select(Path.GetFileNameWithoutExtension)
                .Order()!,
        ];

    /// <summary>Path of a study that ships.</summary>
    public static string Study(string name) => Path.Combine(Root, "studies", $"{name}.yaml");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "YieldLab.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException("The tests do not stand inside the repository.");
    }
}
