using YieldLab.Circuits.Accelerators;

namespace YieldLab.Benchmarks.Comparison;

/// <summary>What one weight of a row of dies costs in one presentation, counted by hand in SgdrKernel.</summary>
internal static class KernelCost
{
    private const int RowBytes = 64;

    /// <summary>All rows of a weight are read.</summary>
    public const int BytesRead = WeightRow.Count * RowBytes;

    /// <summary>Its two halves are written.</summary>
    public const int BytesWritten = 2 * RowBytes;

    /// <summary>Multiplications and fused multiply-adds of the sweep: 23 to update, 13 to read.</summary>
    public const int SweepMultiplications = 36;

    /// <summary>Additions of the sweep, which have pipes of their own.</summary>
    public const int SweepAdditions = 4;

    private const int StagesPerSubstep = 4;

    // Of an output in a stage: 9 to take the stage, and for the exponential 4 and the polynomial's degree.
    private static int StageMultiplications(bool single) => 9 + 4 + (single ? 7 : 12);

    /// <summary>Multiplications of the solver, which works on outputs, as a share of each weight.</summary>
    public static double SolverMultiplications(bool single, int substeps, int inputs) =>
        (double)StageMultiplications(single) * StagesPerSubstep * substeps / inputs;
}
