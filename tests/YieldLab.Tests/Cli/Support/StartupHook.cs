using YieldLab.Tests.Cli;

/// <summary>Where the runtime enters a <see cref="WarmProgram"/>; its name and place are the runtime's.</summary>
internal static class StartupHook
{
    public static void Initialize() => WarmProgram.Serve();
}
