using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Reports.WorstDies;

/// <summary>The worst dies of a metric: those at its quantiles, its statistical corners, and those that failed.</summary>
/// <param name="Stored">The point.</param>
/// <param name="Dies">Its dies that have the metric.</param>
/// <param name="Bad">Sides that a specification of the metric forbids; none where no specification names it.</param>
/// <param name="Quantiles">In the order in which they were asked for.</param>
/// <param name="Corners">1, 2 and 3 standard deviations on each side.</param>
/// <param name="Failures">Failed dies, the most frequent reason first.</param>
/// <param name="Confidence">Of the intervals of the corners' quantiles.</param>
public sealed record WorstReport(
    StoredPointDies Stored,
    MetricDies Dies,
    IReadOnlyList<Side> Bad,
    IReadOnlyList<QuantileDies> Quantiles,
    IReadOnlyList<SigmaCorner> Corners,
    IReadOnlyList<FailedDies> Failures,
    double Confidence
)
{
    /// <summary>Quantile on a bad side where none is asked for.</summary>
    public const double UsualShare = 0.01;

    private const int MostSigmas = 3;

    /// <summary>Finds them.</summary>
    /// <param name="stored">The dies.</param>
    /// <param name="metric">One of their metrics.</param>
    /// <param name="probabilities">Of the quantiles; none for 1 % on each bad side (99 % where large values are bad).
    /// </param>
    /// <param name="count">Dies at each quantile and of each reason of failure.</param>
    /// <param name="both">Whether both sides are bad, whatever the specifications say.</param>
    /// <param name="confidence">Of the intervals.</param>
    /// <param name="shared">What all cells of each die share, where it was read for another metric; null: read it.</param>
    /// <exception cref="IOException">No die has the metric.</exception>
    public static WorstReport Of(
        StoredPointDies stored,
        Column metric,
        IReadOnlyList<double> probabilities,
        int count,
        bool both = false,
        double confidence = 0.95,
        SharedConditions? shared = null
    )
    {
        var dies = new MetricDies(stored, metric, shared);
        IReadOnlyList<Side> bad = Sides.Bad(stored.Run.Description.Specs, metric.Name);
        Side[] sides = both || bad.Count == 0 ? [Side.Low, Side.High] : [.. bad];
        IEnumerable<double> asked =
            probabilities.Count > 0
                ? probabilities
                : sides.Select(side => side == Side.Low ? UsualShare : 1 - UsualShare);
        return new(
            stored,
            dies,
            bad,
            [.. asked.Select(p => dies.At(p, count))],
            [
                .. from side in sides
                from sigma in Enumerable.Range(1, MostSigmas)
                select dies.Corner(sigma, side, confidence),
            ],
            MetricDies.FailuresOf(stored, count),
            confidence
        );
    }
}
