namespace YieldLab.MonteCarlo.Runs;

/// <summary>How far a run is.</summary>
/// <param name="Done">Dies finished, those that were stored before included.</param>
/// <param name="Total">Dies asked for.</param>
/// <param name="Passed">Dies finished that meet all specifications.</param>
/// <param name="Failed">Dies finished without a result.</param>
/// <param name="Elapsed">Time since the start.</param>
public readonly record struct RunProgress(long Done, long Total, long Passed, long Failed, TimeSpan Elapsed)
{
    /// <summary>Dies that were stored before and are not computed again.</summary>
    public long Kept { get; init; }

    /// <summary>Dies a second so far.</summary>
    public double Rate => (Done - Kept) / Math.Max(Elapsed.TotalSeconds, 1e-9);

    /// <summary>Time left at this rate; null before the first die.</summary>
    public TimeSpan? Remaining => Done == Kept ? null : TimeSpan.FromSeconds((Total - Done) / Rate);
}
