namespace YieldLab.Reports.WorstDies;

/// <summary>A die that stands for something.</summary>
/// <param name="Index">Its index: with the study's seed it fixes every draw of it.</param>
/// <param name="Value">Its metric; infinite for never.</param>
/// <param name="Passed">Whether it meets all specifications.</param>
/// <param name="Shared">What all of its cells share, in the order of <see cref="MetricDies.SharedColumns"/>.</param>
/// <param name="Distance">How unusual that is: the root of the squared Mahalanobis distance over the dies.</param>
public sealed record ToldDie(long Index, double Value, bool Passed, IReadOnlyList<double> Shared, double Distance);

/// <summary>The dies whose metric is nearest to a quantile.</summary>
/// <param name="Probability">Of the quantile.</param>
/// <param name="Value">The quantile of the dies.</param>
/// <param name="Dies">The nearest first; of equally near ones the most usual first.</param>
public sealed record QuantileDies(double Probability, double Value, IReadOnlyList<ToldDie> Dies);

/// <summary>A statistical corner: the die that stands for so many standard deviations of a metric, as if it were normal.
/// </summary>
/// <param name="Sigma">1, 2 or 3.</param>
/// <param name="Side">Of the metric.</param>
/// <param name="Probability">Of the quantile: Phi(-sigma) on the low side, Phi(sigma) on the high one.</param>
/// <param name="Value">The quantile of the dies.</param>
/// <param name="Lower">Lower end of the quantile's interval; null where the dies are too few for one.</param>
/// <param name="Upper">Upper end of it; null where the dies are too few for one.</param>
/// <param name="Candidates">Dies whose metric is in the interval; an end that is missing leaves that side open.</param>
/// <param name="Die">The most usual of them.</param>
public sealed record SigmaCorner(
    int Sigma,
    Side Side,
    double Probability,
    double Value,
    double? Lower,
    double? Upper,
    int Candidates,
    ToldDie Die
)
{
    /// <summary>For example -2 on the low side.</summary>
    public int Signed => Side == Side.Low ? -Sigma : Sigma;

    /// <summary>One die in so many lies beyond.</summary>
    public double OneIn => 1 / (Side == Side.Low ? Probability : 1 - Probability);
}

/// <summary>Dies that failed for one reason.</summary>
/// <param name="Reason">As it is stored.</param>
/// <param name="Count">How many.</param>
/// <param name="First">The first of them.</param>
public sealed record FailedDies(string Reason, int Count, IReadOnlyList<long> First);
