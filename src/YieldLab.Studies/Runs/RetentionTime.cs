using YieldLab.Statistics.Numerics;

namespace YieldLab.Studies.Runs;

/// <summary>
/// How long dies keep a specification while their weights leak. A metric need not fall steadily: what counts is the first
/// of 97 times from 1 us to 1e6 s, eight a decade, at which it fails. Between that time and the one before, halving on a
/// finer grid of 256 times a decade finds where it fails.
/// </summary>
public static class RetentionTime
{
    private const int FirstDecade = -6;
    private const int LastDecade = 6;
    private const int PerDecade = 256;
    private const int Stride = PerDecade / 8;
    private const int Unknown = -1;

    /// <summary>The fine grid in seconds; powers of ten are exact.</summary>
    private static readonly double[] Times =
    [
        .. Enumerable.Range(0, (LastDecade - FirstDecade) * PerDecade + 1).Select(TimeAt),
    ];

    /// <summary>For each die the longest time in seconds of the fine grid up to which it keeps the specification (it
    /// fails 0.9 % later): 0 if less than 1 us, NaN if more than 1e6 s.</summary>
    /// <param name="failsAtOnce">For each die whether it fails without being held.</param>
    /// <param name="failsAfter">For a time above 0 of each die, whether it fails then.</param>
    public static double[] Find(bool[] failsAtOnce, Func<double[], bool[]> failsAfter)
    {
        int[] failed = Scan(failsAtOnce, failsAfter);
        int[] kept = Refine(failed, failsAfter);
        return
        [
            .. failed.Select(
                (index, die) =>
                    failsAtOnce[die] || index == 0 ? 0
                    : index == Unknown ? double.NaN
                    : Times[kept[die]]
            ),
        ];
    }

    // For each die the first point of the coarse grid at which it fails.
    private static int[] Scan(bool[] failsAtOnce, Func<double[], bool[]> failsAfter)
    {
        int[] failed = [.. failsAtOnce.Select(fails => fails ? 0 : Unknown)];
        double[] times = new double[failed.Length];
        for (int index = 0; index < Times.Length && failed.Contains(Unknown); index += Stride)
        {
            Array.Fill(times, Times[index]);
            bool[] fails = failsAfter(times);
            for (int die = 0; die < failed.Length; die++)
                if (failed[die] == Unknown && fails[die])
                    failed[die] = index;
        }
        return failed;
    }

    // The last point of the fine grid before a failure within the stride; without meaning for a die that has no stride.
    private static int[] Refine(int[] failed, Func<double[], bool[]> failsAfter)
    {
        int[] kept = [.. failed.Select(index => Math.Max(index - Stride, 0))];
        if (!failed.Any(index => index > 0))
            return kept;
        for (int step = Stride / 2; step > 0; step /= 2)
        {
            bool[] fails = failsAfter([.. kept.Select(index => Times[index + step])]);
            for (int die = 0; die < kept.Length; die++)
                if (!fails[die])
                    kept[die] += step;
        }
        return kept;
    }

    private static double TimeAt(int index)
    {
        var (decade, part) = Math.DivRem(index, PerDecade);
        double fraction = part == 0 ? 1 : Elementary.Pow(10, (double)part / PerDecade);
        double power = double.Parse($"1e{decade + FirstDecade}", System.Globalization.CultureInfo.InvariantCulture);
        return fraction * power;
    }
}
