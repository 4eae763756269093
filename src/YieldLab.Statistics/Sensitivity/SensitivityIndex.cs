namespace YieldLab.Statistics.Sensitivity;

/// <summary>A part of a variance, with its error.</summary>
/// <param name="Value">The estimate; that of a small index is below 0 at times.</param>
/// <param name="Error">Standard error, by the bootstrap of rows.</param>
/// <param name="Lower">Lower end of the interval, in [0, 1].</param>
/// <param name="Upper">Upper end of the interval, in [0, 1].</param>
public readonly record struct SensitivityIndex(double Value, double Error, double Lower, double Upper)
{
    /// <summary>The index of what has no influence, known without an estimate.</summary>
    public static readonly SensitivityIndex None = new(0, 0, 0, 0);

    /// <summary>What is left of the whole.</summary>
    public SensitivityIndex Complement() => new(1 - Value, Error, 1 - Upper, 1 - Lower);
}
