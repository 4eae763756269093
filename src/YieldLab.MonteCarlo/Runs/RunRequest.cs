using YieldLab.Statistics.Estimation;

namespace YieldLab.MonteCarlo.Runs;

/// <summary>What is asked of a run.</summary>
/// <param name="Dies">The dies of each point.</param>
public sealed record RunRequest(DieRange Dies)
{
    /// <summary>The first dies of a study.</summary>
    public static RunRequest First(long samples) => new(new DieRange(0, samples));

    /// <summary>Ends each point as soon as its dies, counted from die 0 on, have shown enough; null: all dies are run.
    /// </summary>
    public StopRule? Rule { get; init; }

    /// <summary>The rule under which dies were run that are still in journals, since the process was killed; null where there
    /// was none. See <see cref="Storage.Recovery"/>.</summary>
    public StopRule? RuleOfJournals { get; init; }

    /// <summary>Ends the run after a time, with every die kept that was begun; null: it takes its time.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>Computes the failed dies that are stored again, and no other die.</summary>
    public bool OnlyFailed { get; init; }
}
