using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using YieldLab.Statistics.Comparison;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

/// <summary>The probability that an interval of a difference of shares holds it, as a sum over what can be seen: no
/// sampling. What is left out at the edges has a probability below 1e-12.</summary>
internal static class DifferenceCoverage
{
    /// <summary>Shares of dies that change sides, and what part of them one way.</summary>
    public static IReadOnlyList<(double OnlyFirst, double OnlySecond)> Changes { get; } =
    [
        .. from changed in new[] { 0.001, 0.003, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 0.9, 1 }
        from part in new[] { 0, 0.1, 0.25, 0.4, 0.5, 0.75, 1 }
        select (changed * part, changed * (1 - part)),
    ];

    /// <summary>Of dies in pairs.</summary>
    public static double Paired(int dies, double onlyFirst, double onlySecond, double confidence)
    {
        double difference = onlySecond - onlyFirst;
        ProportionInterval[] intervals = Intervals(dies, confidence);
        double coverage = 0;
        var (first, firstOver) = Window(dies, onlyFirst);
        var (second, secondOver) = Window(dies, onlySecond);
        for (int a = first; a <= firstOver; a++)
        for (int b = second; b <= secondOver && a + b <= dies; b++)
        {
            Difference found = PairedProportions.Between(
                (double)a / dies,
                intervals[a],
                (double)b / dies,
                intervals[b]
            );
            if (found.Lower - 1e-12 <= difference && difference <= found.Upper + 1e-12)
                coverage += Trinomial(dies, (a, onlyFirst), (b, onlySecond));
        }
        return coverage;
    }

    /// <summary>Of two independent samples.</summary>
    public static double Independent((int Dies, double Yield) first, (int Dies, double Yield) second, double confidence)
    {
        double difference = second.Yield - first.Yield;
        ProportionInterval[] intervals = Intervals(first.Dies, confidence);
        ProportionInterval[] others = Intervals(second.Dies, confidence);
        double coverage = 0;
        var (a0, a1) = Window(first.Dies, first.Yield);
        var (b0, b1) = Window(second.Dies, second.Yield);
        for (int a = a0; a <= a1; a++)
        for (int b = b0; b <= b1; b++)
        {
            Difference found = ShareDifference.Of(
                (double)a / first.Dies,
                intervals[a],
                (double)b / second.Dies,
                others[b]
            );
            if (found.Lower - 1e-12 <= difference && difference <= found.Upper + 1e-12)
                coverage += Binomial.PMF(first.Yield, first.Dies, a) * Binomial.PMF(second.Yield, second.Dies, b);
        }
        return coverage;
    }

    private static readonly Dictionary<(int, double), ProportionInterval[]> Known = [];

    private static ProportionInterval[] Intervals(int dies, double confidence)
    {
        lock (Known)
            return Known.TryGetValue((dies, confidence), out var known)
                ? known
                : Known[(dies, confidence)] = [
                    .. Enumerable.Range(0, dies + 1).Select(i => ClopperPearsonInterval.Of(i, dies, confidence)),
                ];
    }

    // Beyond 8 standard deviations and 40 counts a binomial has less than 1e-13.
    private static (int, int) Window(int dies, double share)
    {
        double half = 8 * Math.Sqrt(dies * share * (1 - share)) + 40;
        return ((int)Math.Max(0, dies * share - half), (int)Math.Min(dies, dies * share + half));
    }

    private static double Trinomial(int dies, (int Count, double Share) a, (int Count, double Share) b)
    {
        int rest = dies - a.Count - b.Count;
        double log =
            SpecialFunctions.FactorialLn(dies)
            - SpecialFunctions.FactorialLn(a.Count)
            - SpecialFunctions.FactorialLn(b.Count)
            - SpecialFunctions.FactorialLn(rest);
        return Math.Exp(log + Log(a.Count, a.Share) + Log(b.Count, b.Share) + Log(rest, 1 - a.Share - b.Share));
    }

    private static double Log(int count, double share) =>
        count == 0 ? 0
        : share <= 1e-15 ? double.NegativeInfinity
        : count * Math.Log(share);
}
