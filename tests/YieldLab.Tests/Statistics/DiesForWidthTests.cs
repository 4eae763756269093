using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class DiesForWidthTests
{
    public static TheoryData<ProportionMethod> Methods => [.. ProportionMethods.All];

    // The promise: at that number, whichever way the expected passes are rounded, the interval is narrow enough. And no
    // smaller number keeps it, but for the last whole die that fails: all of them are tried.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Width_is_reached_and_one_die_less_does_not_reach_it(ProportionMethod method)
    {
        foreach (double passes in new[] { 0, 0.03, 0.5, 0.606, 0.904, 0.99, 1 })
        foreach (double half in new[] { 0.02, 0.05 })
        {
            long dies = DiesForWidth.Of(method, passes, half)!.Value;
            Assert.True(Widest(method, passes, dies) <= half, $"{method} {passes} {half}: {dies}");
            Assert.True(dies == 1 || Widest(method, passes, dies - 1) > half);
            long first = 1;
            while (Widest(method, passes, first) > half)
                first++;
            double failing = Math.Max(0.01, Math.Min(passes, 1 - passes));
            Assert.InRange(dies, first, first + 1 / failing);
        }
    }

    // By hand: z^2 p (1 - p)/w^2 = 1.959964^2 * 0.25/0.01^2 = 9603.6 for Wald; Wilson's is narrower by z^2 dies.
    [Fact]
    public void Number_at_one_half_is_the_known_one()
    {
        Assert.InRange(DiesForWidth.Of(ProportionMethod.Wilson, 0.5, 0.01)!.Value, 9599, 9602);
        Assert.InRange(DiesForWidth.Of(ProportionMethod.ClopperPearson, 0.5, 0.01)!.Value, 9690, 9710);
    }

    // Where every die passes the z formula says none at all. Wilson: z^2/(n + z^2) = 2 w; Clopper-Pearson:
    // 1 - (alpha/2)^(1/n) = 2 w.
    [Fact]
    public void Numbers_where_every_die_passes_are_closed_forms()
    {
        double square = 1.959963984540054 * 1.959963984540054;
        Assert.Equal((long)Math.Ceiling(square / 0.02 - square), DiesForWidth.Of(ProportionMethod.Wilson, 1, 0.01));
        Assert.Equal(
            (long)Math.Ceiling(Math.Log(0.025) / Math.Log(0.98)),
            DiesForWidth.Of(ProportionMethod.ClopperPearson, 1, 0.01)
        );
    }

    [Fact]
    public void Dies_without_a_result_keep_the_interval_open()
    {
        Assert.Null(DiesForWidth.Of(ProportionMethod.Wilson, 0.9, 0.01, 0.95, 0.02));
        long closed = DiesForWidth.Of(ProportionMethod.Wilson, 0.9, 0.01)!.Value;
        long open = DiesForWidth.Of(ProportionMethod.Wilson, 0.9, 0.01, 0.95, 0.01)!.Value;
        Assert.True(open > 3 * closed, $"{open}, {closed}");
        double Half(double passed, double unknown) =>
            (WilsonInterval.Of(passed + unknown, open).Upper - WilsonInterval.Of(passed, open).Lower) / 2;
        Assert.True(Half(Math.Floor(0.9 * open), Math.Ceiling(0.01 * open)) <= 0.01);
    }

    [Fact]
    public void Too_narrow_a_width_has_no_number_and_impossible_arguments_are_refused()
    {
        Assert.Null(DiesForWidth.Of(ProportionMethod.Wilson, 0.5, 1e-6));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiesForWidth.Of(ProportionMethod.Wilson, 1.1, 0.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiesForWidth.Of(ProportionMethod.Wilson, 0.9, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            DiesForWidth.Of(ProportionMethod.Wilson, 0.9, 0.01, 0.95, 0.2)
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => DiesForWidth.Of(ProportionMethod.Wilson, 0.9, 0.01, 1));
    }

    private static double Widest(ProportionMethod method, double passes, long dies) =>
        new[] { Math.Floor(passes * dies), Math.Ceiling(passes * dies) }.Max(passed =>
            method.Interval(passed, dies, 0.95).Width / 2
        );
}
