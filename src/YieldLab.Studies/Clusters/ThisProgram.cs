using System.Reflection;

namespace YieldLab.Studies.Clusters;

/// <summary>How this program is started again on another machine that sees the same files.</summary>
public static class ThisProgram
{
    /// <summary>The words that started this process, without its arguments.</summary>
    public static IReadOnlyList<string> Words => Of(Environment.ProcessPath!, Assembly.GetEntryAssembly()!.Location);

    /// <summary>The words that start a program.</summary>
    /// <param name="process">The file that the process runs: the program's own, or the host of .NET.</param>
    /// <param name="assembly">The program's assembly, which a host has to be told.</param>
    public static IReadOnlyList<string> Of(string process, string assembly) =>
        Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? [process, "exec", assembly]
            : [process];
}
