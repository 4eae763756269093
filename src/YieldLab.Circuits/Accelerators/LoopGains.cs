using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using YieldLab.Circuits.Cells;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Circuits.Accelerators;

/// <summary>Gains exp(eps) of the loops of eight dies.</summary>
internal sealed class LoopGains(
    ICellErrors errors,
    LayerShape shape,
    Dictionary<Site, Vector512<double>[]> inverseVoltages
)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector512<double>[] Of(LoopKind kind)
    {
        var (threshold, beta) = Read(kind);
        var voltages = inverseVoltages[kind.Site];
        for (int cell = 0; cell < threshold.Length; cell++)
        {
            Vector512<double> error = threshold[cell] * voltages[cell] + beta[cell];
            threshold[cell] = Elementary.Exp<Lanes512<double>, double>(new(error)).Vector;
        }
        return threshold;
    }

    /// <summary>dV/(n UT) alone.</summary>
    public Vector512<double>[] ThresholdErrors(LoopKind kind)
    {
        var (threshold, _) = Read(kind);
        for (int cell = 0; cell < threshold.Length; cell++)
            threshold[cell] *= inverseVoltages[kind.Site][cell];
        return threshold;
    }

    private (Vector512<double>[] Threshold, Vector512<double>[] Beta) Read(LoopKind kind)
    {
        var threshold = new Vector512<double>[shape.CellsAt(kind.Site)];
        var beta = new Vector512<double>[threshold.Length];
        errors.Loops(kind, Flat(threshold), Flat(beta));
        return (threshold, beta);
    }

    /// <summary>Rows of eight dies as the plain numbers that <see cref="ICellErrors"/> fills.</summary>
    public static Span<double> Flat(Vector512<double>[] rows) =>
        MemoryMarshal.Cast<Vector512<double>, double>(rows.AsSpan());
}
