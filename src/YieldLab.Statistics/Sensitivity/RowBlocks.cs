using MathNet.Numerics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Sensitivity;

/// <summary>
/// Rows cut into blocks of consecutive ones, for a jackknife that leaves out one block at a time: an estimate is made of
/// sums, and the sums without a block are those of all less its own.
/// </summary>
public sealed class RowBlocks
{
    /// <summary>Fewest rows of which contributions are told.</summary>
    public const int FewestRows = 60;

    // Student's t of 39 degrees of freedom is 3 % wider than a normal interval; more blocks cost more than they give.
    private const int Most = 40;

    /// <param name="rows">At least <see cref="FewestRows"/>.</param>
    public RowBlocks(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, FewestRows);
        Rows = rows;
        Count = Math.Min(Most, rows / 2);
    }

    public int Rows { get; }

    /// <summary>Number of blocks.</summary>
    public int Count { get; }

    /// <summary>Block of a row.</summary>
    public int Of(int row) => (int)((long)row * Count / Rows);

    /// <summary>Variance of an estimate by the jackknife.</summary>
    /// <param name="without">The estimate without each block.</param>
    internal static double Variance(IReadOnlyList<double> without)
    {
        double mean = without.Average();
        return (without.Count - 1.0) / without.Count * without.Sum(value => (value - mean) * (value - mean));
    }

    /// <summary>A share with its error and interval.</summary>
    internal Contribution Contribution(double share, double variance, double confidence)
    {
        double error = Math.Sqrt(Math.Max(0, variance));
        double half = StudentT.InvCDF(0, 1, Count - 1, 0.5 + confidence / 2) * error;
        return new(share, error, Math.Clamp(share - half, 0, 1), Math.Clamp(share + half, 0, 1));
    }
}
