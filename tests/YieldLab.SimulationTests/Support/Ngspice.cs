using Xunit;
using YieldLab.Studies.Dies;

namespace YieldLab.SimulationTests.Support;

/// <summary>Tests that need ngspice: skipped without it, but where it has to be there, as in CI, its absence fails.</summary>
internal static class Ngspice
{
    private const string Required = "YIELDLAB_REQUIRE_NGSPICE";

    public static void Need()
    {
        if (Environment.GetEnvironmentVariable(Required) == "1")
            Assert.True(SpiceRun.IsInstalled, $"{Required}=1, but {SpiceRun.NotInstalled}");
        else
            Assert.SkipUnless(SpiceRun.IsInstalled, SpiceRun.NotInstalled);
    }
}
