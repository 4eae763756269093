using YieldLab.Statistics.Random;

namespace YieldLab.Circuits.Cells;

/// <summary>How many standard normal numbers a die has in the streams of its cells.</summary>
public static class StreamSizes
{
    private static readonly Dictionary<RandomStream, Func<LayerShape, int>> Sizes = All().ToDictionary();

    /// <summary>Numbers of a stream: one a cell, or the two of the gradient's direction; null for a stream that cells do not
    /// have, or whose numbers are not normal.</summary>
    public static int? Of(RandomStream stream, LayerShape shape) =>
        Sizes.TryGetValue(stream, out var size) ? size(shape) : null;

    private static IEnumerable<KeyValuePair<RandomStream, Func<LayerShape, int>>> All()
    {
        foreach (var (kind, (threshold, beta)) in DrawnErrors.LoopStreams)
        {
            yield return new(threshold, shape => shape.CellsAt(kind.Site));
            yield return new(beta, shape => shape.CellsAt(kind.Site));
        }
        foreach (RandomStream stream in (RandomStream[])[.. DrawnErrors.CapacitorStreams, .. DrawnErrors.SwitchStreams])
            yield return new(stream, shape => shape.Weights);
        yield return new(DieConditions.GradientStream, _ => 2);
    }
}
