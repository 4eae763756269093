namespace YieldLab.Statistics.Sensitivity;

/// <summary>A source's share of the variance of an output.</summary>
/// <param name="Share">The estimate as it is: of a source that does nothing it is below 0 half of the time.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Lower">Lower end of the interval, in [0, 1].</param>
/// <param name="Upper">Upper end of the interval, in [0, 1].</param>
public readonly record struct Contribution(double Share, double Error, double Lower, double Upper);
