using System.Diagnostics;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.MonteCarlo.Runs;

/// <summary>How a run ended and what it cost.</summary>
/// <param name="Progress">Dies done, passed, failed.</param>
/// <param name="Interrupted">Whether it was cancelled before the end.</param>
/// <param name="StorageTime">Time that threads spent writing, summed over threads.</param>
public sealed record RunOutcome(RunProgress Progress, bool Interrupted, TimeSpan StorageTime);

/// <summary>
/// Runs the dies of a model on several threads and writes their rows to a run's folder, part by part. Memory is bounded
/// by the parts that are being filled, whatever the number of dies.
/// </summary>
public sealed class Runner
{
    /// <summary>Most dies of one Parquet part.</summary>
    public const int DiesPerPart = 16384;

    // Many epochs make a die's rows many: a part stays small all the same.
    private const int EpochRowsPerPart = 1 << 19;

    private readonly IDieModel _model;
    private readonly IReadOnlyList<Spec> _specs;
    private readonly RunFolder _folder;
    private readonly long _samples;
    private readonly Stopwatch _clock = new();
    private readonly Dictionary<long, Part> _open = [];
    private readonly Lock _lock = new();
    private readonly int _batchesPerPart;
    private long _nextBatch;
    private long _done;
    private long _passed;
    private long _failed;
    private long _storageTicks;

    public Runner(IDieModel model, IReadOnlyList<Spec> specs, RunFolder folder, long samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        _model = model;
        _specs = specs;
        _folder = folder;
        _samples = samples;
        int diesPerPart =
            model.EpochColumns.Count == 0 ? DiesPerPart : Math.Min(DiesPerPart, EpochRowsPerPart / model.EpochsPerDie);
        _batchesPerPart = Math.Max(1, diesPerPart / model.BatchSize);
    }

    /// <summary>Where the run stands now; may be asked at any time from any thread.</summary>
    public RunProgress Progress =>
        new(
            Interlocked.Read(ref _done),
            _samples,
            Interlocked.Read(ref _passed),
            Interlocked.Read(ref _failed),
            _clock.Elapsed
        );

    /// <summary>Runs all dies. When cancelled, finishes the batches that are under way and keeps every finished die.</summary>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellation">Asks the run to stop.</param>
    /// <exception cref="IOException">The folder cannot be written; parts written before stay.</exception>
    public RunOutcome Run(int threads, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _clock.Start();
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
        KeepUnfinishedParts(ref fault);
        _clock.Stop();
        if (fault is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        return new(Progress, Progress.Done < _samples, TimeSpan.FromTicks(_storageTicks));
    }

    private void RunBatches(CancellationToken stop)
    {
        using IDieWorker worker = _model.CreateWorker();
        while (!stop.IsCancellationRequested)
        {
            long batch = Interlocked.Increment(ref _nextBatch) - 1;
            long firstDie = batch * _model.BatchSize;
            if (firstDie >= _samples)
                return;
            int count = (int)Math.Min(_model.BatchSize, _samples - firstDie);
            Part part = PartOf(batch);
            int firstRow = (int)(firstDie - part.FirstDie);
            worker.Run(firstDie, count, part.Dies, firstRow, part.Epochs);
            for (int i = 0; i < count; i++)
                part.Dies.Integers(DieTable.Die)[firstRow + i] = firstDie + i;
            DieTable.Judge(part.Dies, _specs, firstRow, count);
            Count(part.Dies, firstRow, count);
            if (part.Finish((int)(batch % _batchesPerPart)))
                Write(part);
        }
    }

    private Part PartOf(long batch)
    {
        long number = batch / _batchesPerPart;
        lock (_lock)
        {
            if (!_open.TryGetValue(number, out Part? part))
            {
                long firstDie = number * _batchesPerPart * _model.BatchSize;
                int dies = (int)Math.Min((long)_batchesPerPart * _model.BatchSize, _samples - firstDie);
                part = new(_model, _specs, number, firstDie, dies);
                _open.Add(number, part);
            }
            return part;
        }
    }

    private void Count(RowBlock dies, int firstRow, int count)
    {
        Interlocked.Add(ref _passed, dies.Truths(DieTable.Pass).AsSpan(firstRow, count).Count(true));
        Interlocked.Add(
            ref _failed,
            count - dies.Texts(DieTable.Failure).AsSpan(firstRow, count).Count(default(string))
        );
        Interlocked.Add(ref _done, count);
    }

    private void Write(Part part)
    {
        long start = Stopwatch.GetTimestamp();
        _folder.WritePart(part.Number, part.Dies, part.Epochs, part.FinishedDies, _model.EpochsPerDie);
        Interlocked.Add(ref _storageTicks, Stopwatch.GetElapsedTime(start).Ticks);
        lock (_lock)
            _open.Remove(part.Number);
    }

    private void KeepUnfinishedParts(ref Exception? fault)
    {
        foreach (Part part in _open.Values.OrderBy(part => part.Number).ToList())
        {
            try
            {
                if (part.FinishedDies.Any())
                    Write(part);
            }
            catch (IOException e)
            {
                fault ??= e;
            }
        }
    }

    /// <summary>Rows of one Parquet part while batches fill it.</summary>
    private sealed class Part(IDieModel model, IReadOnlyList<Spec> specs, long number, long firstDie, int dies)
    {
        private readonly bool[] _finished = new bool[(dies + model.BatchSize - 1) / model.BatchSize];
        private int _finishedCount;

        public long Number { get; } = number;

        public long FirstDie { get; } = firstDie;

        public RowBlock Dies { get; } = new(DieTable.Columns(model, specs), dies);

        public RowBlock? Epochs { get; } =
            model.EpochColumns.Count == 0 ? null : new(model.EpochColumns, checked(dies * model.EpochsPerDie));

        /// <summary>Rows of the dies that are finished, in ascending order.</summary>
        public IEnumerable<int> FinishedDies =>
            Enumerable.Range(0, Dies.Capacity).Where(row => _finished[row / model.BatchSize]);

        /// <summary>Marks a batch as done; true for the last one.</summary>
        public bool Finish(int batch)
        {
            Volatile.Write(ref _finished[batch], true);
            return Interlocked.Increment(ref _finishedCount) == _finished.Length;
        }
    }
}
