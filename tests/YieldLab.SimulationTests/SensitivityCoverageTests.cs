using Xunit;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Tests.Statistics;

namespace YieldLab.SimulationTests;

/// <summary>How often the intervals of group indices hold the truth, and whether the errors are the scatter, on functions
/// whose indices are known.</summary>
public sealed class SensitivityCoverageTests(ITestOutputHelper output)
{
    private const int Repeats = 2000;

    // Below the confidence by what the documentation admits at so many rows, and no more than the misses of chance: less
    // than once in 1e9 for each of the comparisons here (Misses).
    [Theory]
    [InlineData("Ishigami", 64, 0.03, 0.90, 0.95, 0.99)]
    [InlineData("GInPairs", 64, 0.02, 0.90, 0.95, 0.99)]
    [InlineData("Sum", 64, 0.02, 0.90, 0.95, 0.99)]
    [InlineData("NormalProduct", 64, 0.04, 0.90, 0.95, 0.99)]
    [InlineData("Pass", 64, 0.02, 0.90, 0.95, 0.99)]
    [InlineData("Ishigami", 512, 0.01, 0.95)]
    [InlineData("Pass", 512, 0.01, 0.95)]
    public void Intervals_cover_and_errors_are_the_scatter(
        string name,
        int rows,
        double admitted,
        params double[] confidences
    )
    {
        SensitivityFunction function = (SensitivityFunction)
            typeof(SensitivityFunctions).GetProperty(name)!.GetValue(null)!;
        double[] truths = [.. function.First, .. function.Total, function.First.Sum()];
        SensitivityIndex[][][] found =
        [
            .. Enumerable
                .Range(0, Repeats)
                .AsParallel()
                .AsOrdered()
                .Select(number => Indices(function, number, rows, confidences)),
        ];
        for (int index = 0; index < truths.Length; index++)
        {
            string what = $"{name} {rows} {Name(index, function.Groups.Length)} = {truths[index]:0.0000}:";
            int[] misses = [.. confidences.Select((_, c) => found.Count(one => !Holds(one[c][index], truths[index])))];
            double scatter = Scatter(found.Select(one => one[0][index].Value));
            double error = Math.Sqrt(found.Average(one => one[0][index].Error * one[0][index].Error));
            string message =
                $"{what} {string.Join(" ", misses.Select(m => $"{100 - 100.0 * m / Repeats:0.0}"))} error/scatter {error / scatter:0.00}";
            output.WriteLine(message);
            for (int c = 0; c < confidences.Length; c++)
                Assert.True(misses[c] <= Misses.Most(Repeats, 1 - confidences[c] + admitted), message);
            // An index whose rows are rare has an error that is 0 in many samples; its interval is judged alone.
            if (name != "Pass")
                Assert.InRange(error / scatter, 0.75, 1.25);
        }
    }

    private static SensitivityIndex[][] Indices(
        SensitivityFunction function,
        int number,
        int rows,
        double[] confidences
    )
    {
        var (a, b, ab, ba) = function.Rows((ulong)number, rows);
        // None of 64 dies may fail: there is nothing to split, and nothing wrong is said.
        return
        [
            .. confidences.Select(confidence =>
                Indices(GroupSobol.Of(a, b, ab, ba, confidence), function.Groups.Length)
            ),
        ];
    }

    private static SensitivityIndex[] Indices(GroupSobol? found, int groups) =>
        found is null
            ? [.. Enumerable.Repeat(new SensitivityIndex(0, 0, 0, 1), 2 * groups + 1)]
            :
            [
                .. found.Groups.Select(group => group.First),
                .. found.Groups.Select(group => group.Total),
                found.Additive,
            ];

    private static bool Holds(SensitivityIndex index, double truth) =>
        index.Lower <= truth + 1e-12 && truth <= index.Upper + 1e-12;

    private static string Name(int index, int groups) =>
        index == 2 * groups ? "sum"
        : index < groups ? $"S{index}"
        : $"T{index - groups}";

    private static double Scatter(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        return Math.Sqrt(all.Average(v => (v - mean) * (v - mean)));
    }
}
