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

    /// <summary>All addresses of a layer, whatever varies: a source that is switched off, or has no spread, keeps its place,
    /// so that the draws of the others stay what they are.</summary>
    public static IEnumerable<DrawAddress> All(LayerShape shape) =>
        [.. DieConditions.AllAddresses, .. Loops(shape, OutputLoops), .. Loops(shape, InputLoops)];

    /// <summary>Those of them that the dies of a silicon depend on.</summary>
    public static IReadOnlyList<DrawAddress> Active(Silicon silicon, GlobalVariation global)
    {
        MismatchParameters mismatch = silicon.Card.Mismatch;
        DrawAddress[] loops = [.. Loops(silicon.Shape, OutputLoops), .. Loops(silicon.Shape, InputLoops)];
        return
        [
            .. DieConditions.Addresses(silicon, global),
            .. loops.Where(loop =>
                silicon.Variation.Mismatch
                && (loop.Stream.Name.EndsWith("/vt", StringComparison.Ordinal) ? mismatch.Threshold : mismatch.Beta)
                    != 0
            ),
        ];
    }

    // The activation's gain is set by its bias alone.
    private static IEnumerable<DrawAddress> Loops(LayerShape shape, LoopKind[] kinds) =>
        [
            .. Cells(shape, kinds)
                .Select(loop => new DrawAddress(DrawnErrors.LoopStreams[loop.Kind].Threshold, loop.Cell)),
            .. Cells(shape, kinds.Where(kind => kind != LoopKind.Act))
                .Select(loop => new DrawAddress(DrawnErrors.LoopStreams[loop.Kind].Beta, loop.Cell)),
        ];

    private static IEnumerable<(LoopKind Kind, uint Cell)> Cells(LayerShape shape, IEnumerable<LoopKind> kinds) =>
        from kind in kinds
        from cell in Enumerable.Range(0, shape.CellsAt(kind.Site))
        select (kind, (uint)cell);
}
