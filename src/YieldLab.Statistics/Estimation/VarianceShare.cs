namespace YieldLab.Statistics.Estimation;

/// <summary>One source's part of a variance.</summary>
/// <param name="Variance">Its variance, in the square of the quantity's unit; an unbiased estimate, which is negative
/// at times where the source is small or absent.</param>
/// <param name="Share">The same as a part of the sum of all sources; the shares of all sources sum to 1.</param>
/// <param name="Error">Standard error of the share; NaN where it cannot be told.</param>
/// <param name="Lower">Lower end of the interval of the share, in [0, 1].</param>
/// <param name="Upper">Upper end of the interval of the share, in [0, 1].</param>
public readonly record struct VarianceShare(double Variance, double Share, double Error, double Lower, double Upper);
