namespace YieldLab.MonteCarlo.Runs;

/// <summary>Consecutive dies.</summary>
/// <param name="First">Index of the first.</param>
/// <param name="End">Index after the last.</param>
public readonly record struct DieRange(long First, long End)
{
    public long Count => End - First;

    /// <summary>The share of one of several processes: all shares together are these dies, each die once.</summary>
    /// <param name="index">Which share, from 0.</param>
    /// <param name="count">Number of shares.</param>
    public DieRange Shard(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        return new(Boundary(index, count), Boundary(index + 1, count));
    }

    private long Boundary(int index, int count) => First + (long)((Int128)Count * index / count);
}
