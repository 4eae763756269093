using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.MonteCarlo.Runs;

/// <summary>Dies of a point that are not computed since they were stored before.</summary>
/// <param name="Count">How many.</param>
/// <param name="Passed">Those of them that pass.</param>
/// <param name="Failed">Those of them without a result.</param>
internal sealed record KeptDies(long Count, long Passed, long Failed)
{
    /// <summary>These and the dies of a part from one index up to another.</summary>
    public KeptDies With(StoredPart part, long first, long end)
    {
        var (count, passed, failed) = (Count, Passed, Failed);
        for (int i = 0; i < part.Dies.Length; i++)
            if (part.Dies[i] >= first && part.Dies[i] < end)
                (count, passed, failed) = (
                    count + 1,
                    passed + (part.Passed[i] ? 1 : 0),
                    failed + (part.Failed[i] ? 1 : 0)
                );
        return new(count, passed, failed);
    }
}

/// <summary>One point while it is run: which of its dies are stored, and which are to be computed.</summary>
internal sealed class PointRun
{
    private readonly RunRequest _request;

    // Complete parts, of which nothing is to be computed, and what is stored of the others: most parts of a long run are
    // complete, and their dies need not be known.
    private readonly HashSet<long> _complete = [];
    private readonly Dictionary<long, StoredPart> _incomplete = [];

    // All parts where a rule may yet say that some of their dies do not count.
    private readonly List<StoredPart> _undecided = [];

    // One reference, since any thread may ask how far the run is.
    private KeptUntil _kept;
    private StopDecision? _decidedAgain;

    public PointRun(RunPoint point, PartStore store, RunRequest request)
    {
        Point = point;
        Store = store;
        _request = request;
        _kept = new(request.Dies.End, new(0, 0, 0));
        // Dies that are computed again are counted when all of them are.
        Watcher = request is { Rule: { } rule, OnlyFailed: false } ? new(rule) : null;
        Altered = Recovery.Of(store, Add, request.RuleOfJournals);
    }

    public RunPoint Point { get; }

    public PartStore Store { get; }

    /// <summary>Asks the rule while dies are computed; null where it is not asked.</summary>
    public StopWatcher? Watcher { get; }

    /// <summary>Parts that were altered since they had been written.</summary>
    public IReadOnlyList<string> Altered { get; }

    /// <summary>What the rule decided; null where it did not, or there is none.</summary>
    public StopDecision? Decision => Watcher?.Decision ?? _decidedAgain;

    /// <summary>Dies that were stored before: of those asked for that count.</summary>
    public KeptDies Kept
    {
        get
        {
            (long end, KeptDies dies) = _kept;
            if (end == End)
                return dies;
            dies = new(0, 0, 0);
            foreach (StoredPart part in _undecided)
                dies = dies.With(part, _request.Dies.First, End);
            _kept = new(End, dies);
            return dies;
        }
    }

    /// <summary>Whether there are dies that the run did not compute though it got to its end.</summary>
    public bool LacksDies => _request.OnlyFailed && Decision is null && Kept.Count < _request.Dies.Count;

    /// <summary>Index after the last die that counts.</summary>
    public long End => Watcher?.Decision?.Dies ?? _request.Dies.End;

    /// <summary>Index after the last die that may be stored: none after a die that a rule has not counted, since it may
    /// decide before it.</summary>
    public long Reach => Watcher?.Reach ?? _request.Dies.End;

    /// <summary>Parts of which dies are to be computed, in order.</summary>
    public IEnumerable<long> PartsToDo
    {
        get
        {
            DieRange dies = _request.Dies;
            if (dies.Count == 0)
                yield break;
            for (long part = Store.Layout.PartOf(dies.First); part <= Store.Layout.PartOf(dies.End - 1); part++)
                if (!_complete.Contains(part) && DiesToDo(part).Any())
                    yield return part;
        }
    }

    /// <summary>Room that a part needs: up to its last die that was asked for.</summary>
    public int Capacity(long part)
    {
        DieRange all = Store.Layout.DiesOf(part);
        return (int)(Math.Min(all.End, _request.Dies.End) - all.First);
    }

    /// <summary>The dies of a part that are to be computed, in batches of consecutive ones that start at multiples of a
    /// batch wherever they can.</summary>
    public IEnumerable<DieRange> Batches(long part)
    {
        DieRange? open = null;
        foreach (long die in DiesToDo(part))
        {
            if (open is { } batch && (die != batch.End || die % Point.Model.BatchSize == 0))
            {
                yield return batch;
                open = null;
            }
            open = new(open?.First ?? die, die + 1);
        }
        if (open is { } last)
            yield return last;
    }

    /// <summary>Asks the rule about the dies as they are stored now, where it was not asked before.</summary>
    public void Decide()
    {
        if (_request is not { OnlyFailed: true, Rule: { } rule })
            return;
        var watcher = new StopWatcher(rule);
        Recovery.Of(Store, watcher.Add);
        _decidedAgain = watcher.Decision;
    }

    private IEnumerable<long> DiesToDo(long part)
    {
        DieRange all = Store.Layout.DiesOf(part);
        StoredPart? stored = _incomplete.GetValueOrDefault(part);
        if (_request.OnlyFailed)
            return stored is null ? [] : stored.Dies.Where((die, i) => stored.Failed[i] && IsAskedFor(die));
        var there = stored is null ? [] : stored.Dies.ToHashSet();
        long first = Math.Max(all.First, _request.Dies.First);
        int count = (int)(Math.Min(all.End, _request.Dies.End) - first);
        return Enumerable.Range(0, count).Select(i => first + i).Where(die => !there.Contains(die));
    }

    private bool IsAskedFor(long die) => die >= _request.Dies.First && die < _request.Dies.End;

    private void Add(StoredPart part)
    {
        _incomplete.Add(part.Number, part);
        if (!DiesToDo(part.Number).Any())
        {
            _incomplete.Remove(part.Number);
            _complete.Add(part.Number);
        }
        _kept = _kept with { Dies = _kept.Dies.With(part, _request.Dies.First, _request.Dies.End) };
        if (Watcher is null or { Decision: not null })
            return;
        _undecided.Add(part);
        Watcher.Add(part);
    }

    private sealed record KeptUntil(long End, KeptDies Dies);
}
