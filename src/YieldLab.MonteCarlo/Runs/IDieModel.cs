namespace YieldLab.MonteCarlo.Runs;

/// <summary>
/// Whatever can be computed for one die after another. The engine knows nothing else of it. A die's rows must be a pure
/// function of its index.
/// </summary>
public interface IDieModel
{
    /// <summary>Columns of the table of dies that the model fills.</summary>
    IReadOnlyList<Column> DieColumns { get; }

    /// <summary>Columns of the table of epochs; empty where the study does not ask for one.</summary>
    IReadOnlyList<Column> EpochColumns { get; }

    /// <summary>Rows that each die has in the table of epochs.</summary>
    int EpochsPerDie { get; }

    /// <summary>Dies that a worker computes at once.</summary>
    int BatchSize { get; }

    /// <summary>A worker for the use of one thread.</summary>
    IDieWorker CreateWorker();
}

/// <summary>Computes batches of dies on one thread.</summary>
public interface IDieWorker : IDisposable
{
    /// <summary>Fills the rows of consecutive dies.</summary>
    /// <param name="firstDie">Index of the first.</param>
    /// <param name="count">How many: at most <see cref="IDieModel.BatchSize"/>.</param>
    /// <param name="dies">The table of dies; row <paramref name="firstRow"/> is that of the first die. The worker sets
    /// <see cref="DieTable.Failure"/> for a die that failed.</param>
    /// <param name="firstRow">Row of the first die.</param>
    /// <param name="epochs">The table of epochs, with <see cref="IDieModel.EpochsPerDie"/> rows a die in the same order;
    /// null where there is none.</param>
    void Run(long firstDie, int count, RowBlock dies, int firstRow, RowBlock? epochs);
}
