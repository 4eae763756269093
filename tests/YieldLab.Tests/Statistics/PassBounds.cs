using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

/// <summary>For each number of dies, the fewest and the most passes with which an interval holds p. A simulation then asks
/// integers instead of solving for intervals, and a sum over the walk's paths needs no simulation at all.</summary>
internal sealed class PassBounds
{
    private readonly double _p;
    private readonly int[] _fewest;
    private readonly int[] _most;

    /// <param name="p">The pass probability.</param>
    /// <param name="dies">The largest number of dies.</param>
    /// <param name="interval">Of passed and total; both ends rise with the passes and fall with the failures.</param>
    public PassBounds(double p, int dies, Func<long, long, ProportionInterval> interval)
    {
        _p = p;
        _fewest = new int[dies + 1];
        _most = new int[dies + 1];
        for (int n = 1; n <= dies; n++)
        {
            _fewest[n] = _fewest[n - 1];
            while (interval(_fewest[n], n).Upper < p)
                _fewest[n]++;
            _most[n] = _most[n - 1] + 1;
            while (interval(_most[n], n).Lower > p)
                _most[n]--;
        }
    }

    /// <summary>Whether the interval of so many passes of n dies holds p.</summary>
    public bool Hold(int passed, int n) => _fewest[n] <= passed && passed <= _most[n];

    /// <summary>
    /// The probability that the interval after any one of the dies misses p: the sum over all series of dies that miss it for
    /// the first time there. Not a simulation; rounding adds less than 1e-16 a die.
    /// </summary>
    public double ProbabilityOfEverMissing()
    {
        double missed = 0;
        double[] before = [1];
        for (int n = 1; n < _most.Length; n++)
        {
            double[] after = new double[n + 1];
            for (int passed = n == 1 ? 0 : _fewest[n - 1]; passed <= _most[n - 1]; passed++)
            {
                Arrive(passed, (1 - _p) * before[passed]);
                Arrive(passed + 1, _p * before[passed]);
            }
            before = after;

            void Arrive(int passed, double probability)
            {
                if (Hold(passed, n))
                    after[passed] += probability;
                else
                    missed += probability;
            }
        }
        return missed;
    }
}
