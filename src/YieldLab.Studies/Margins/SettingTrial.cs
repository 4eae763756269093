using System.Collections.Concurrent;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Margins;
using YieldLab.Studies.Runs;

namespace YieldLab.Studies.Margins;

/// <summary>Trains dies of one setting and judges them by the study's specifications, all together. Its workers are kept from
/// call to call.</summary>
internal sealed class SettingTrial(PreparedStudy study) : IDisposable
{
    private readonly IDieModel _model = study.DieModel();
    private readonly ConcurrentBag<IDieWorker> _idle = [];

    /// <summary>Trains consecutive dies.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="options">Threads, and when to end.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public DieResult[] Run(long first, int count, ParallelOptions options)
    {
        var results = new DieResult[count];
        int size = _model.BatchSize;
        Parallel.For(
            0,
            (count + size - 1) / size,
            options,
            batch =>
            {
                int start = batch * size;
                RunBatch(first + start, results.AsSpan(start, Math.Min(size, count - start)));
            }
        );
        return results;
    }

    public void Dispose()
    {
        foreach (IDieWorker worker in _idle)
            worker.Dispose();
    }

    private void RunBatch(long first, Span<DieResult> results)
    {
        var rows = new RowBlock(DieTable.Columns(_model, study.File.Study.Specs), results.Length);
        IDieWorker worker = _idle.TryTake(out IDieWorker? idle) ? idle : _model.CreateWorker();
        worker.Run(first, results.Length, rows, 0, null);
        _idle.Add(worker);
        DieTable.Judge(rows, study.File.Study.Specs, 0, results.Length);
        for (int row = 0; row < results.Length; row++)
            results[row] =
                rows.Texts(DieTable.Failure)[row] is not null ? DieResult.Unknown
                : rows.Truths(DieTable.Pass)[row] ? DieResult.Passes
                : DieResult.Fails;
    }
}
