namespace YieldLab.Statistics.Distributions;

/// <summary>A symmetric matrix of two rows, such as the covariance of two parameters.</summary>
/// <param name="First">Row and column 1.</param>
/// <param name="Mixed">Row 1, column 2.</param>
/// <param name="Second">Row and column 2.</param>
public readonly record struct Symmetric(double First, double Mixed, double Second)
{
    /// <summary>Whether it is a covariance: finite and positive definite.</summary>
    internal bool IsPositive => First > 0 && Second > 0 && Determinant > 0 && double.IsFinite(Determinant);

    private double Determinant => First * Second - Mixed * Mixed;

    internal Symmetric Inverse() => new(Second / Determinant, -Mixed / Determinant, First / Determinant);

    /// <summary>With both parameters in other units.</summary>
    internal Symmetric Scaled(double first, double second) =>
        new(First * first * first, Mixed * first * second, Second * second * second);

    /// <summary>The variance of a function of the parameters with this gradient.</summary>
    internal double Along(double first, double second) =>
        first * first * First + 2 * first * second * Mixed + second * second * Second;

    internal (double First, double Second) Times(double first, double second) =>
        (First * first + Mixed * second, Mixed * first + Second * second);
}
