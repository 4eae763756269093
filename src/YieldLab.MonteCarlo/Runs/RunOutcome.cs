using YieldLab.Statistics.Estimation;

namespace YieldLab.MonteCarlo.Runs;

/// <summary>Why a run ended.</summary>
public enum RunEnd
{
    /// <summary>All dies are there that were asked for.</summary>
    Complete,

    /// <summary>Every point that did not get all its dies had shown enough.</summary>
    Decided,

    /// <summary>The failed dies were computed again, in a run of which other dies have not been computed yet.</summary>
    Unfinished,

    /// <summary>The time was over.</summary>
    TimeOver,

    /// <summary>Somebody cancelled it.</summary>
    Interrupted,
}

/// <summary>How ends are called in manifests and results.</summary>
public static class RunEnds
{
    /// <summary>In words: complete, decided, unfinished, time over, interrupted.</summary>
    public static string Text(this RunEnd end) => end == RunEnd.TimeOver ? "time over" : $"{end}".ToLowerInvariant();
}

/// <summary>That a point has shown enough.</summary>
/// <param name="Dies">How many dies, from die 0 on, have shown it.</param>
/// <param name="Passed">Those of them that pass.</param>
/// <param name="Reason">What they have shown.</param>
public sealed record StopDecision(long Dies, long Passed, StopReason Reason);

/// <summary>How a run ended and what it cost.</summary>
/// <param name="Progress">Dies done, passed, failed.</param>
/// <param name="End">Why it ended.</param>
/// <param name="Decisions">For each point what its rule decided; null where it did not, or there is none.</param>
/// <param name="StorageTime">Time that threads spent writing, summed over threads.</param>
public sealed record RunOutcome(
    RunProgress Progress,
    RunEnd End,
    IReadOnlyList<StopDecision?> Decisions,
    TimeSpan StorageTime
)
{
    public bool Interrupted => End == RunEnd.Interrupted;
}
