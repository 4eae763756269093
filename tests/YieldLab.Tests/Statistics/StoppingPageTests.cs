using System.Globalization;
using MathNet.Numerics;
using Xunit;
using YieldLab.Statistics.Estimation;
using YieldLab.Tests.Cli;

namespace YieldLab.Tests.Statistics;

/// <summary>The tables of docs/stopping.md are what the code gives.</summary>
public class StoppingPageTests
{
    private static readonly double[] Yields = [0.5, 0.9, 0.95, 0.99, 0.999, 1];

    [Fact]
    public void Widths_are_those_of_the_page() =>
        AssertOnPage(
            new[] { 100, 1000, 10_000, 100_000 }.SelectMany(dies =>
                Yields.Where(p => p * dies % 1 == 0).Select(p => WidthRow((long)(p * dies), dies))
            )
        );

    [Fact]
    public void Dies_to_a_width_are_those_of_the_page() =>
        AssertOnPage(
            new[] { (0.5, 0.10), (0.9, 0.04), (0.95, 0.02), (0.99, 0.02), (0.99, 0.01), (0.999, 0.002) }.Select(given =>
                DiesRow(given.Item1, given.Item2)
            )
        );

    private static string WidthRow(long passed, long total)
    {
        double wilson = WilsonInterval.Of(passed, total).Width;
        double sequence = ConfidenceSequence.At(passed, total, 0.95).Width;
        // The other way to compute it agrees, so that it can be trusted for other mixing densities.
        Assert.Equal(sequence, Width(passed, total, 0.5), 1e-6 * sequence);
        return Row(
            $"| {total:#,0} | {100.0 * passed / total} % | {100 * wilson:0.000} % | {100 * sequence:0.000} % | {sequence / wilson:0.00} | {Width(passed, total, 1) / wilson:0.00} | {Width(passed, total, 0.25) / wilson:0.00} |"
        );
    }

    private static string DiesRow(double p, double width)
    {
        long fixedSize = FirstLook(n => WilsonInterval.Of((long)Math.Round(p * n), n).Width <= width);
        long sequence = FirstLook(n => ConfidenceSequence.At((long)Math.Round(p * n), n, 0.95).Width <= width);
        return Row(
            $"| {100 * p} % | {100 * width:0.#} % | {fixedSize:#,0} | {sequence:#,0} | {(double)sequence / fixedSize:0.0} |"
        );
    }

    private static long FirstLook(Func<long, bool> enough)
    {
        long n = StopRule.NextLook(0);
        while (!enough(n))
            n = StopRule.NextLook(n);
        return n;
    }

    private static string Row(FormattableString row) => row.ToString(CultureInfo.InvariantCulture);

    // Of the mixture by Beta(a, a), with library functions.
    private static double Width(long passed, long total, double a) =>
        1 - LowerEnd(total - passed, passed, a) - LowerEnd(passed, total - passed, a);

    private static double LowerEnd(double passed, double failed, double a)
    {
        if (passed == 0)
            return 0;
        double mixture = LogBeta(passed + a, failed + a) - LogBeta(a, a);
        double below = 0;
        double above = Math.Min(passed / (passed + failed), 1 - 1e-15);
        for (int i = 0; i < 60; i++)
        {
            double p = (below + above) / 2;
            if (mixture - passed * Math.Log(p) - failed * Math.Log(1 - p) > Math.Log(20))
                below = p;
            else
                above = p;
        }
        return below;
    }

    private static double LogBeta(double a, double b) =>
        SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);

    private static void AssertOnPage(IEnumerable<string> rows)
    {
        string[] page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "stopping.md"));
        Assert.All(rows, row => Assert.Contains(row, page));
    }
}
