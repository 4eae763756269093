using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.MonteCarlo.Runs;

/// <summary>
/// Asks a rule about the dies of a point in their order, in whatever order they are finished: so the end of a run does not
/// depend on its threads. Not for several threads at once.
/// </summary>
internal sealed class StopWatcher(StopRule rule)
{
    private readonly SortedDictionary<long, (bool[] Pass, bool[] Failed)> _waiting = [];
    private long _passed;
    private long _failed;

    /// <summary>Dies that were counted, from die 0 on without a gap.</summary>
    public long Counted { get; private set; }

    /// <summary>What the rule decided first; null as long as it has not.</summary>
    public StopDecision? Decision { get; private set; }

    /// <summary>Index after the last die that a run may store: the rule may decide before any die that it has not counted.
    /// </summary>
    public long Reach => Decision?.Dies ?? Counted;

    /// <summary>Hands over the dies of a part.</summary>
    public void Add(StoredPart part)
    {
        int place = 0;
        foreach (DieRange dies in part.Runs)
        {
            Range range = place..(place += (int)dies.Count);
            Add(dies.First, part.Passed[range], part.Failed[range]);
        }
    }

    /// <summary>Hands over finished dies.</summary>
    /// <param name="firstDie">Index of the first.</param>
    /// <param name="pass">For each whether it passes.</param>
    /// <param name="failed">For each whether it has no result.</param>
    public void Add(long firstDie, bool[] pass, bool[] failed)
    {
        if (Decision is not null)
            return;
        _waiting.Add(firstDie, (pass, failed));
        while (_waiting.Remove(Counted, out var next))
            Count(next.Pass, next.Failed);
    }

    private void Count(bool[] pass, bool[] failed)
    {
        for (int i = 0; i < pass.Length && Decision is null; i++)
        {
            _passed += pass[i] ? 1 : 0;
            _failed += failed[i] ? 1 : 0;
            Counted++;
            if (StopRule.IsLook(Counted) && rule.Decide(_passed, Counted, _failed) is { } reason)
                Decision = new(Counted, _passed, reason);
        }
    }
}
