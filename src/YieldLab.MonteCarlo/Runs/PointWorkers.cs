using YieldLab.MonteCarlo.Storage;

namespace YieldLab.MonteCarlo.Runs;

/// <summary>The worker of one thread for whichever point is run. A die whose computation breaks is a failed die, and its
/// neighbours are computed without it.</summary>
internal sealed class PointWorkers : IDisposable
{
    private RunPoint? _point;
    private IDieWorker? _worker;

    /// <summary>Fills the rows of dies.</summary>
    /// <param name="point">Whose dies they are.</param>
    /// <param name="dies">At most a batch of them.</param>
    /// <param name="rows">Where to.</param>
    /// <param name="row">Row of the first.</param>
    public void Run(RunPoint point, DieRange dies, PartRows rows, int row)
    {
        if (_point != point)
            Renew(point);
        try
        {
            _worker!.Run(dies.First, (int)dies.Count, rows.Dies, row, rows.Epochs);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever state the worker is in now is not trusted.
            Renew(point);
            if (dies.Count > 1)
                for (long die = dies.First; die < dies.End; die++)
                    Run(point, new(die, die + 1), rows, row + (int)(die - dies.First));
            else
                Fail(rows, row, e);
        }
    }

    public void Dispose() => _worker?.Dispose();

    private void Renew(RunPoint point)
    {
        _worker?.Dispose();
        _worker = null;
        _worker = point.Model.CreateWorker();
        _point = point;
    }

    private static void Fail(PartRows rows, int row, Exception e)
    {
        int epochs = rows.Layout.EpochsPerDie;
        rows.Dies.Clear(row, 1);
        rows.Epochs?.Clear(row * epochs, epochs);
        for (int epoch = 0; epoch < epochs; epoch++)
            rows.Epochs!.Integers(DieTable.Die)[row * epochs + epoch] = rows.FirstDie + row;
        rows.Dies.Texts(DieTable.Failure)[row] = $"error: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}";
    }
}
