using YieldLab.MonteCarlo.Storage;

namespace YieldLab.MonteCarlo.Runs;

/// <summary>A part while batches fill it. Its rows go to a journal as they are finished and to Parquet when it is complete.
/// </summary>
internal sealed class OpenPart : IDisposable
{
    private readonly PointRun _run;
    private readonly PartJournal _journal;
    private readonly bool[] _computed;
    private int _left;

    public OpenPart(PointRun run, long number)
    {
        _run = run;
        Rows = run.Store.Load(number, run.Capacity(number));
        _journal = run.Store.JournalOf(number);
        _computed = new bool[Rows.Dies.Capacity];
        Batches = [.. run.Batches(number)];
        _left = Batches.Count;
    }

    public PartRows Rows { get; }

    public IReadOnlyList<DieRange> Batches { get; }

    public bool IsComplete => Volatile.Read(ref _left) == 0;

    /// <summary>Whether a rule cannot decide any more that dies of this part are not needed.</summary>
    public bool IsSettled =>
        _run.Watcher is null
        || _run.Watcher.Decision is not null
        || _run.Watcher.Counted >= Rows.FirstDie + Rows.Dies.Capacity;

    public int RowOf(long die) => (int)(die - Rows.FirstDie);

    /// <summary>Keeps finished rows.</summary>
    /// <exception cref="IOException">The journal cannot be written.</exception>
    public void Finish(DieRange batch)
    {
        int row = RowOf(batch.First);
        _journal.Append(Rows, row, (int)batch.Count);
        Rows.Mark(row, (int)batch.Count);
        _computed.AsSpan(row, (int)batch.Count).Fill(true);
        Interlocked.Decrement(ref _left);
    }

    /// <summary>Stores what there is, without dies that were computed beyond what a rule asked for, so that a run leaves
    /// the same dies for any number of threads.</summary>
    /// <returns>The rows that were left out.</returns>
    public IReadOnlyList<int> Write()
    {
        int[] surplus =
        [
            .. Enumerable.Range(0, _computed.Length).Where(row => _computed[row] && Rows.FirstDie + row >= _run.Reach),
        ];
        foreach (int row in surplus)
        {
            Rows.Unmark(row);
            _computed[row] = false;
        }
        if (_computed.Contains(true))
            _run.Store.Write(Rows);
        _journal.Delete();
        return surplus;
    }

    public void Dispose() => _journal.Dispose();
}
