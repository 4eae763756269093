using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Tests.MonteCarlo;

/// <summary>Dies whose numbers are simple functions of their index, some failed and some without a value.</summary>
internal sealed class FakeModel : IDieModel
{
    public const string Value = "value";
    public const string Level = "level";
    public const string Label = "label";
    public const string Even = "even";
    public const string Error = "error";
    public const string Reason = "broken on purpose";

    private int _created;
    private int _disposed;

    public IReadOnlyList<Column> DieColumns =>
        [
            new(Value, ColumnType.Real, "V", "A number from 0 to 1", IsMetric: true) { NullIsNever = NullIsNever },
            new(Level, ColumnType.Integer, "1", "A whole number"),
            new(Label, ColumnType.Text, "1", "A name, not always there"),
            new(Even, ColumnType.Truth, "1", "Whether the index is even"),
        ];

    public IReadOnlyList<Column> EpochColumns =>
        EpochsPerDie == 0
            ? []
            :
            [
                new(DieTable.Die, ColumnType.Integer, "1", "Die"),
                new(Error, ColumnType.Real, "%", "Error of an epoch"),
            ];

    /// <summary>Whether a value that is not there counts as infinite.</summary>
    public bool NullIsNever { get; init; }

    /// <summary>Whether dies that would fail do not.</summary>
    public bool Mended { get; init; }

    public int EpochsPerDie { get; init; } = 3;

    public int BatchSize { get; init; } = 16;

    /// <summary>Called with the first die of each batch before it is computed.</summary>
    public Action<long> Starting { get; init; } = _ => { };

    /// <summary>Called with the first die of each batch when it is computed.</summary>
    public Action<long> Finishing { get; init; } = _ => { };

    /// <summary>Called with each die before it is computed.</summary>
    public Action<long> Computing { get; init; } = _ => { };

    /// <summary>Called before each worker is made.</summary>
    public Action CreatingWorker { get; init; } = () => { };

    public (int Created, int Disposed) Workers => (_created, _disposed);

    /// <summary>A number from 0 to 0.999 in no obvious order; NaN for some dies.</summary>
    public static double ValueOf(long die) => die % 101 == 7 ? double.NaN : die * 7919 % 1000 / 1000.0;

    /// <summary>Failed dies have a value that meets the specifications, so that a test sees whether it is used.</summary>
    public static string? FailureOf(long die) => die % 10 == 4 ? Reason : null;

    public static string? LabelOf(long die) => die % 3 == 0 ? null : $"die {die}";

    public static double ErrorOf(long die, int epoch) => die + 0.25 * epoch;

    public IDieWorker CreateWorker()
    {
        CreatingWorker();
        Interlocked.Increment(ref _created);
        return new Worker(this);
    }

    private sealed class Worker(FakeModel model) : IDieWorker
    {
        public void Run(long firstDie, int count, RowBlock dies, int firstRow, RowBlock? epochs)
        {
            model.Starting(firstDie);
            for (int i = 0; i < count; i++)
            {
                long die = firstDie + i;
                model.Computing(die);
                int row = firstRow + i;
                dies.Texts(DieTable.Failure)[row] = model.Mended ? null : FailureOf(die);
                dies.Reals(Value)[row] = ValueOf(die);
                dies.Integers(Level)[row] = die * 2;
                dies.Texts(Label)[row] = LabelOf(die);
                dies.Truths(Even)[row] = die % 2 == 0;
                for (int epoch = 0; epoch < model.EpochsPerDie; epoch++)
                {
                    epochs!.Integers(DieTable.Die)[row * model.EpochsPerDie + epoch] = die;
                    epochs.Reals(Error)[row * model.EpochsPerDie + epoch] = ErrorOf(die, epoch);
                }
            }
            model.Finishing(firstDie);
        }

        public void Dispose() => Interlocked.Increment(ref model._disposed);
    }
}
