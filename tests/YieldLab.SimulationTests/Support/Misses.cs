using MathNet.Numerics.Distributions;

namespace YieldLab.SimulationTests;

/// <summary>How often something of a known probability may be seen before that probability is disbelieved.</summary>
internal static class Misses
{
    /// <summary>The number that so many independent trials exceed with a probability below 1e-9: the hundred comparisons of
    /// a class together fail by chance less than once in 1e7.</summary>
    public static int Most(int trials, double probability)
    {
        int most = (int)(trials * probability);
        while (1 - Binomial.CDF(probability, trials, most) > 1e-9)
            most++;
        return most;
    }
}
