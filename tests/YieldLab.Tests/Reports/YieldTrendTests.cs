using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports;
using YieldLab.Reports.Yields;
using YieldLab.Statistics.Estimation;
using YieldLab.Tests.Cli;
using YieldLab.Tests.Pages;

namespace YieldLab.Tests.Reports;

/// <summary>Yields of groups of dies against the dies counted one by one.</summary>
public sealed class YieldTrendTests(StoredReports reports) : IClassFixture<StoredReports>
{
    [Fact]
    public void Groups_hold_neighbours_and_are_counted_as_by_hand()
    {
        reports.Html(StoredReports.Run);
        string folder = reports.Folder.PathOf(StoredReports.Run);
        StoredPointDies point = StoredPointDies.Open(folder);
        Column by = point.Run.Description.Dies.Single(column => column.Name == "temperature_c");
        IReadOnlyList<YieldTrend> groups = YieldTrend.Of(point, by, YieldConfidence.Of(point.Run, new()));
        double[] kelvin = DieRows.Reals(folder, "temperature_c");
        bool[] passed = DieRows.Truths(folder, "pass");
        int[] order = [.. Enumerable.Range(0, kelvin.Length).OrderBy(die => kelvin[die])];
        Assert.Equal(StoredReports.Dies / 50, groups.Count);
        Assert.Contains(groups, group => group.Yield.Unknown > 0);
        foreach (var (place, group) in groups.Index())
        {
            int[] dies = order[(50 * place)..(50 * (place + 1))];
            long good = dies.Count(die => passed[die]);
            Assert.Equal((good, 50), (group.Yield.Passed, group.Yield.Total));
            Assert.InRange(group.At, kelvin[dies[24]], kelvin[dies[25]]);
            Assert.Equal(WilsonInterval.Of(good, 50, 0.95).Lower, group.Yield.Interval.Lower);
            Assert.Equal(WilsonInterval.Of(good + group.Yield.Unknown, 50, 0.95).Upper, group.Yield.Interval.Upper);
        }
    }
}
