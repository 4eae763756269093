using System.Diagnostics;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.MonteCarlo.Runs;

/// <summary>
/// Runs the dies of a study's points on several threads and stores their rows in a run's folder, part by part; dies that are
/// stored there already are kept. Memory is bounded by the parts that are being filled, whatever the number of dies.
/// </summary>
public sealed class Runner
{
    private readonly IReadOnlyList<Spec> _specs;
    private readonly RunFolder _folder;
    private readonly RunRequest _request;
    private readonly IReadOnlyList<PointRun> _points;
    private readonly Stopwatch _clock = new();
    private readonly List<OpenPart> _open = [];
    private readonly Lock _lock = new();
    private readonly IEnumerator<Batch> _batches;
    private long _done;
    private long _passed;
    private long _failed;
    private long _storageTicks;

    /// <summary>Makes whole what earlier runs left in the folder; see <see cref="Recovery"/>.</summary>
    /// <param name="points">All points of the study.</param>
    /// <param name="specs">What a die must keep.</param>
    /// <param name="folder">The run's folder, taken.</param>
    /// <param name="request">What to run.</param>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public Runner(IReadOnlyList<RunPoint> points, IReadOnlyList<Spec> specs, RunFolder folder, RunRequest request)
    {
        if (request.Rule is not null && request.Dies.First > 0)
            throw new ArgumentException("A rule looks at all dies from die 0 on.", nameof(request));
        _specs = specs;
        _folder = folder;
        _request = request;
        _points =
        [
            .. points.Select(point => new PointRun(
                point,
                new PartStore(folder, point.Name, TableLayout.Of(point, specs)),
                request
            )),
        ];
        _batches = Batches().GetEnumerator();
        folder.Finish(Files);
    }

    /// <summary>Parts that were not as they had been written and are made again.</summary>
    public IReadOnlyList<string> Altered => [.. _points.SelectMany(point => point.Altered)];

    /// <summary>Where the run stands now; may be asked at any time from any thread.</summary>
    public RunProgress Progress
    {
        get
        {
            KeptDies[] kept = [.. _points.Select(point => point.Kept)];
            return new(
                Interlocked.Read(ref _done) + kept.Sum(dies => dies.Count),
                _points.Sum(point => Math.Max(point.End - _request.Dies.First, 0)),
                Interlocked.Read(ref _passed) + kept.Sum(dies => dies.Passed),
                Interlocked.Read(ref _failed) + kept.Sum(dies => dies.Failed),
                _clock.Elapsed
            )
            {
                Kept = kept.Sum(dies => dies.Count),
            };
        }
    }

    private IEnumerable<string> Files => _points.SelectMany(point => point.Store.Files);

    private bool IsTimeOver => _request.After is { } time && _clock.Elapsed >= time;

    // Why a run ended that nothing broke off.
    private RunEnd End =>
        _points.Any(point => point.LacksDies) ? RunEnd.Unfinished
        : _points.Any(point => point.Decision?.Dies < _request.Dies.End) ? RunEnd.Decided
        : RunEnd.Complete;

    /// <summary>Runs all dies. When cancelled, finishes the batches that are under way and keeps every finished die.</summary>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellation">Asks the run to stop.</param>
    /// <exception cref="IOException">The folder cannot be written; what was stored before stays.</exception>
    public RunOutcome Run(int threads, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _clock.Start();
        Exception? fault = RunThreads(threads, stop);
        bool isBrokenOff = fault is null && NextBatch() is not null;
        KeepUnfinishedParts(ref fault);
        _clock.Stop();
        if (fault is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        _folder.Finish(Files);
        foreach (PointRun point in _points)
            point.Decide();
        RunEnd end =
            !isBrokenOff ? End
            : cancellation.IsCancellationRequested ? RunEnd.Interrupted
            : RunEnd.TimeOver;
        return new(Progress, end, [.. _points.Select(point => point.Decision)], new(_storageTicks));
    }

    private Exception? RunThreads(int threads, CancellationTokenSource stop)
    {
        Exception? fault = null;
        void Work()
        {
            try
            {
                RunBatches(stop.Token);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref fault, e, null);
                stop.Cancel();
            }
        }
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work) { IsBackground = true })];
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();
        return fault;
    }

    private void RunBatches(CancellationToken stop)
    {
        using var workers = new PointWorkers();
        while (!stop.IsCancellationRequested && !IsTimeOver && NextBatch() is { } batch)
        {
            int row = batch.Part.RowOf(batch.Dies.First);
            int count = (int)batch.Dies.Count;
            PartRows rows = batch.Part.Rows;
            rows.Dies.Texts(DieTable.Failure).AsSpan(row, count).Clear();
            workers.Run(batch.Run.Point, batch.Dies, rows, row);
            for (int i = 0; i < count; i++)
                rows.Dies.Integers(DieTable.Die)[row + i] = batch.Dies.First + i;
            rows.Fill(batch.Run.Point.Swept, row, count);
            DieTable.Judge(rows.Dies, _specs, row, count);
            Keep(batch, row, count);
            WriteParts();
        }
    }

    private Batch? NextBatch()
    {
        lock (_lock)
            return _batches.MoveNext() ? _batches.Current : null;
    }

    // Asked for one batch after another, under the lock.
    private IEnumerable<Batch> Batches()
    {
        foreach (PointRun run in _points)
        foreach (long number in run.PartsToDo)
        {
            if (run.Store.Layout.DiesOf(number).First >= run.End)
                break;
            var part = new OpenPart(run, number);
            _open.Add(part);
            foreach (DieRange dies in part.Batches.TakeWhile(dies => dies.First < run.End))
                yield return new(run, part, dies);
        }
    }

    private void Keep(Batch batch, int row, int count)
    {
        long start = Stopwatch.GetTimestamp();
        batch.Part.Finish(batch.Dies);
        Interlocked.Add(ref _storageTicks, Stopwatch.GetElapsedTime(start).Ticks);
        Count(batch.Part.Rows.Dies, row, count, 1);
        if (batch.Run.Watcher is { } watcher)
            lock (_lock)
                watcher.Add(
                    batch.Dies.First,
                    batch.Part.Rows.Dies.Truths(DieTable.Pass)[row..(row + count)],
                    Array.ConvertAll(
                        batch.Part.Rows.Dies.Texts(DieTable.Failure)[row..(row + count)],
                        failure => failure is not null
                    )
                );
    }

    // Adds rows to the counts, or with the sign -1 takes them off.
    private void Count(RowBlock dies, int row, int count, int sign)
    {
        int failed = count - dies.Texts(DieTable.Failure).AsSpan(row, count).Count(default(string));
        Interlocked.Add(ref _passed, sign * dies.Truths(DieTable.Pass).AsSpan(row, count).Count(true));
        Interlocked.Add(ref _failed, sign * (_request.OnlyFailed ? failed - count : failed));
        Interlocked.Add(ref _done, _request.OnlyFailed ? 0 : sign * count);
    }

    private void WriteParts()
    {
        OpenPart[] ready;
        lock (_lock)
        {
            ready = [.. _open.Where(part => part.IsComplete && part.IsSettled)];
            _open.RemoveAll(ready.Contains);
        }
        foreach (OpenPart part in ready)
            Write(part);
    }

    private void Write(OpenPart part)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<int> surplus;
        using (part)
            surplus = part.Write();
        foreach (int row in surplus)
            Count(part.Rows.Dies, row, 1, -1);
        Interlocked.Add(ref _storageTicks, Stopwatch.GetElapsedTime(start).Ticks);
    }

    private void KeepUnfinishedParts(ref Exception? fault)
    {
        foreach (OpenPart part in _open)
        {
            try
            {
                // A row of a failed die that is being computed again is neither the old one nor the new one when a batch
                // breaks: the old part stays, and what was finished is in the journal.
                if (fault is not null && _request.OnlyFailed)
                    part.Dispose();
                else
                    Write(part);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What could not be written is still in its journal.
                fault ??= e;
            }
        }
        _open.Clear();
    }

    private sealed record Batch(PointRun Run, OpenPart Part, DieRange Dies);
}
