using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using YieldLab.Tests.Cli;

/// <summary>
/// Runs inside the program under test, before its Main: .NET loads it where DOTNET_STARTUP_HOOKS says. It makes the process a
/// <see cref="WarmProgram"/> or, where a report is asked for, writes down at the end what only the process itself knows. Its
/// name and its lack of a namespace are .NET's.
/// </summary>
internal static class StartupHook
{
    /// <summary>Environment variable with the file of the report.</summary>
    public const string Report = "YIELDLAB_TESTS_REPORT";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Report) is { } path)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllLines(path, Lines());
        else
            WarmProgram.Serve();
    }

    private static string[] Lines() =>
        [
            $"vector128 {Vector128.IsHardwareAccelerated}",
            $"vector256 {Vector256.IsHardwareAccelerated}",
            $"vector512 {Vector512.IsHardwareAccelerated}",
            $"avx2 {Avx2.IsSupported}",
            $"fma {Fma.IsSupported}",
            string.Create(CultureInfo.InvariantCulture, $"peak {Process.GetCurrentProcess().PeakWorkingSet64}"),
        ];
}
