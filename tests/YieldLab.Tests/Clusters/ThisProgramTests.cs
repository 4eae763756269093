using Xunit;
using YieldLab.Studies.Clusters;

namespace YieldLab.Tests.Clusters;

public class ThisProgramTests
{
    [Fact]
    public void A_program_of_its_own_is_started_by_its_path() =>
        Assert.Equal(["/opt/yieldlab"], ThisProgram.Of("/opt/yieldlab", "/opt/yieldlab.dll"));

    [Fact]
    public void A_program_that_a_host_runs_is_started_through_the_host() =>
        Assert.Equal(
            ["/usr/share/dotnet/dotnet", "exec", "/opt/yieldlab.dll"],
            ThisProgram.Of("/usr/share/dotnet/dotnet", "/opt/yieldlab.dll")
        );
}
