using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Designs;

namespace YieldLab.Circuits.Cells;

/// <summary>
/// Where a point set may stand in for the draws of a die, the most important first: what all cells of a die share, then
/// the loops that a whole output hangs on, then those of the inputs, thresholds before current factors. Of the thousands
/// of draws of the weights each does little by itself; they stay independent.
/// </summary>
public static class DesignAddresses
{
    private static readonly LoopKind[] OutputLoops =
    [
        LoopKind.SumP,
        LoopKind.SumN,
        LoopKind.Act,
        LoopKind.ErrP,
        LoopKind.ErrN,
    ];

    private static readonly LoopKind[] InputLoops = [LoopKind.DacP, LoopKind.DacN];

    /// <summary>All addresses at which something is drawn that the dies depend on.</summary>
    public static IReadOnlyList<DrawAddress> Of(Silicon silicon, GlobalVariation global) =>
        [.. DieConditions.Addresses(silicon, global), .. Loops(silicon, OutputLoops), .. Loops(silicon, InputLoops)];

    private static IEnumerable<DrawAddress> Loops(Silicon silicon, LoopKind[] kinds)
    {
        MismatchParameters mismatch = silicon.Card.Mismatch;
        if (silicon.Variation.Mismatch && mismatch.Threshold != 0)
            foreach (var (kind, cell) in Cells(silicon.Shape, kinds))
                yield return new(DrawnErrors.LoopStreams[kind].Threshold, cell);
        // The activation's gain is set by its bias alone.
        if (silicon.Variation.Mismatch && mismatch.Beta != 0)
            foreach (var (kind, cell) in Cells(silicon.Shape, kinds.Where(kind => kind != LoopKind.Act)))
                yield return new(DrawnErrors.LoopStreams[kind].Beta, cell);
    }

    private static IEnumerable<(LoopKind Kind, uint Cell)> Cells(LayerShape shape, IEnumerable<LoopKind> kinds) =>
        from kind in kinds
        from cell in Enumerable.Range(0, shape.CellsAt(kind.Site))
        select (kind, (uint)cell);
}
