using MathNet.Numerics.Distributions;

namespace YieldLab.Statistics.Estimation;

/// <summary>
/// The mean of a metric over a design that was randomised several times, independently and with equally many dies: the mean
/// of the replicates' means, and Student's t with one degree of freedom less than replicates (A. B. Owen, Monte Carlo theory,
/// methods and examples, 2013, chapter 17: randomized quasi-Monte Carlo).
/// </summary>
/// <remarks>Exact where the replicates' means are normal. They nearly are where many dies count about equally; where a few
/// far out decide, as in the mean of a lognormal metric over strata, 95 % intervals of 8 replicates hold 86 % of the time.
/// Replicates that agree to the last digit give an interval of no width.</remarks>
/// <param name="Value">Mean over the replicates, in the metric's unit.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
public sealed record ReplicatedMean(double Value, double Error, double Lower, double Upper)
{
    /// <summary>The mean and its interval.</summary>
    /// <param name="replicateMeans">The metric's mean in each of at least two replicates, finite.</param>
    /// <param name="confidence">For example 0.95.</param>
    public static ReplicatedMean Of(IReadOnlyList<double> replicateMeans, double confidence = 0.95)
    {
        int count = replicateMeans.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2, nameof(replicateMeans));
        if (!replicateMeans.All(double.IsFinite))
            throw new ArgumentException("A replicate has no finite mean.", nameof(replicateMeans));
        Guard.Confidence(confidence);
        // The first is taken off before sums are formed, so that equal means give no error at all.
        double first = replicateMeans[0];
        double offset = replicateMeans.Average(value => value - first);
        double squares = replicateMeans.Sum(value => (value - first - offset) * (value - first - offset));
        double error = Math.Sqrt(squares / (count * (count - 1.0)));
        double half = StudentT.InvCDF(0, 1, count - 1, 0.5 + confidence / 2) * error;
        double mean = first + offset;
        return new(mean, error, mean - half, mean + half);
    }
}
