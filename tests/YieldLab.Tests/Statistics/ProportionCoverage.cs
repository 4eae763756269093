using MathNet.Numerics;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

/// <summary>
/// How often an interval of a proportion holds it, by sums over the binomial distribution and not by drawing. The coverage is a
/// continuous function of p between the ends of the n + 1 intervals and jumps at each of them; between two jumps it has no
/// minimum inside where it is lowest, so that its lowest value is next to an end. All of them are asked.
/// </summary>
internal sealed class ProportionCoverage
{
    private readonly int _total;
    private readonly double[] _lower;
    private readonly double[] _upper;

    public ProportionCoverage(ProportionMethod method, int total, double confidence)
    {
        _total = total;
        ProportionInterval[] intervals = new ProportionInterval[total + 1];
        Parallel.For(0, total + 1, passed => intervals[passed] = method.Interval(passed, total, confidence));
        _lower = Array.ConvertAll(intervals, interval => interval.Lower);
        _upper = Array.ConvertAll(intervals, interval => interval.Upper);
    }

    /// <summary>The probability of holding p: of the passes from the first whose upper end is not below p to the last whose
    /// lower end is not above it.</summary>
    public double At(double p)
    {
        int first = First(_upper, end => end >= p);
        int beyond = First(_lower, end => end > p);
        return AtLeast(first, p) - AtLeast(beyond, p);
    }

    /// <summary>The lowest coverage over all p from a probability to 1 less it, and where it is.</summary>
    public (double Coverage, double P) Lowest(double from)
    {
        double[] ends =
        [
            .. _upper.Where(end => end < 1).Select(end => end * (1 + 1e-9)),
            .. _lower.Where(end => end > 0).Select(end => end * (1 - 1e-9)),
            .. Enumerable.Range(1, 1999).Select(i => i / 2000.0),
        ];
        return ends.AsParallel().Where(p => p >= from && p <= 1 - from && p > 0 && p < 1).Select(p => (At(p), p)).Min();
    }

    /// <summary>The mean over equally spaced p between two of them.</summary>
    public double Mean(double from, double to) =>
        Enumerable.Range(0, 2000).AsParallel().AsOrdered().Select(i => At(from + (i + 0.5) / 2000 * (to - from))).Sum()
        / 2000;

    private double AtLeast(int passed, double p) =>
        passed <= 0 ? 1
        : passed > _total ? 0
        : SpecialFunctions.BetaRegularized(passed, _total - passed + 1, p);

    private static int First(double[] ascending, Predicate<double> holds)
    {
        int low = 0;
        int high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (holds(ascending[middle]))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
