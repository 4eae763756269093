using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

/// <summary>
/// Runs inside the program under test, before its Main: .NET loads it where DOTNET_STARTUP_HOOKS says. It writes down at
/// the end what only the process itself knows. Its name and its lack of a namespace are .NET's.
/// </summary>
internal static class StartupHook
{
    /// <summary>Environment variable with the file to write.</summary>
    public const string Report = "YIELDLAB_TESTS_REPORT";

    public static void Initialize()
    {
        string path = Environment.GetEnvironmentVariable(Report)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllLines(path, Lines());
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
