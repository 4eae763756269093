namespace YieldLab.Statistics.Distributions;

/// <summary>An estimate and its standard error.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Error">Its standard error, in the same unit; NaN where there is none.</param>
public readonly record struct Estimate(double Value, double Error);

/// <summary>An interval of a quantity.</summary>
/// <param name="Lower">Lower end; may be minus infinity.</param>
/// <param name="Upper">Upper end; may be infinite.</param>
public readonly record struct Interval(double Lower, double Upper);
