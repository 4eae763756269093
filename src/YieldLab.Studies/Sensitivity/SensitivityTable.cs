using System.Collections.Concurrent;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Comparison;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Studies.Runs;

namespace YieldLab.Studies.Sensitivity;

/// <summary>
/// The trainings of a sensitivity study: each row's die A, its die B, and for each group A with the group from B, B with
/// the group from A, and A with the group at its centre.
/// </summary>
internal sealed class SensitivityTable
{
    /// <summary>Row k has die k as A and takes its B from die k + this: far beyond the dies of any run, and the same for
    /// every number of rows.</summary>
    public const long Offset = 1L << 40;

    private const int A = 0;
    private const int B = 1;

    private readonly IReadOnlyList<VariationGroup> _groups;
    private readonly IReadOnlyList<Spec> _specs;
    private readonly int _dies;
    private readonly IDieModel[] _variants;

    // [variant][die]; NaN where a die failed or the metric does not exist.
    private readonly Dictionary<string, double[][]> _values;
    private readonly string?[][] _failures;
    private readonly HashSet<string> _nullIsNever;

    private long _done;
    private long _passed;
    private long _failed;

    /// <param name="study">The study.</param>
    /// <param name="groups">Groups that vary; each draw in one.</param>
    /// <param name="metrics">Metrics to keep; those of the specifications are kept too.</param>
    /// <param name="dies">Rows.</param>
    public SensitivityTable(
        PreparedStudy study,
        IReadOnlyList<VariationGroup> groups,
        IReadOnlyList<Column> metrics,
        int dies
    )
    {
        _groups = groups;
        _specs = study.File.Study.Specs;
        _dies = dies;
        _variants = [.. Variants(study, groups, _specs.Count > 0).Select(variant => variant.DieModel())];
        Column[] kept = [.. study.Metrics.Where(m => metrics.Contains(m) || _specs.Any(spec => spec.Metric == m.Name))];
        _values = kept.ToDictionary(column => column.Name, _ => Rows<double>());
        _nullIsNever = [.. kept.Where(column => column.NullIsNever).Select(column => column.Name)];
        _failures = Rows<string?>();
    }

    /// <summary>Trainings of a row.</summary>
    public static int Trainings(int groups, bool hasSpecs) => 2 + (hasSpecs ? 3 : 2) * groups;

    /// <summary>Rows done so far, and how many of their dies A pass and fail.</summary>
    public (long Done, long Passed, long Failed) Progress =>
        (Interlocked.Read(ref _done), Interlocked.Read(ref _passed), Interlocked.Read(ref _failed));

    /// <summary>Runs all trainings; the numbers depend on neither the threads nor the order.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Fill(int threads, CancellationToken cancellation)
    {
        int size = _variants[A].BatchSize;
        // One block at a time for each thread: they are few, and each takes a while.
        Parallel.ForEach(
            Partitioner.Create(
                Enumerable.Range(0, (_dies + size - 1) / size),
                EnumerablePartitionerOptions.NoBuffering
            ),
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            block => RunBlock(block * size, Math.Min(size, _dies - block * size), cancellation)
        );
    }

    /// <summary>Why a row has no indices: the first failure of its dies; null where none failed. Dies with a group at its
    /// centre do not count.</summary>
    public string? Failure(int die)
    {
        for (int variant = 0; variant < 2 + 2 * _groups.Count; variant++)
            if (_failures[variant][die] is { } reason)
                return reason;
        return null;
    }

    /// <summary>Indices of a metric, over the rows that have it in every training, and their number.</summary>
    public (int Rows, GroupSobol? Indices) Metric(string name, double confidence)
    {
        double[][] values = _values[name][..(2 + 2 * _groups.Count)];
        int[] rows = [.. Enumerable.Range(0, _dies).Where(die => values.All(v => double.IsFinite(v[die])))];
        double[][] complete = [.. values.Select(v => rows.Select(die => v[die]).ToArray())];
        return (rows.Length, rows.Length < GroupSobol.Fewest ? null : Indices(complete, confidence));
    }

    /// <summary>Indices of whether a die passes specifications, and what the yield gains where a group does not vary. A
    /// failed die passes nothing.</summary>
    public YieldSensitivity Yield(string name, IReadOnlyList<Spec> specs, double confidence)
    {
        double[][] passes = [.. Enumerable.Range(0, _variants.Length).Select(variant => Passes(variant, specs))];
        return new(
            name,
            (int)passes[A].Sum(),
            _dies,
            Indices(passes, confidence),
            [.. _groups.Select((_, g) => Gain(passes[A], passes[2 + 2 * _groups.Count + g]))]
        );
    }

    private static IEnumerable<PreparedStudy> Variants(
        PreparedStudy study,
        IReadOnlyList<VariationGroup> groups,
        bool hasSpecs
    ) =>
        [
            study.WithIndependentDies(),
            study.WithMoved(groups, Offset),
            .. groups.Select(group => study.WithMoved([group], Offset)),
            .. groups.Select(group => study.WithMoved([.. groups.Where(other => other != group)], Offset)),
            .. hasSpecs ? groups.Select(study.WithCentred) : [],
        ];

    private GroupSobol? Indices(double[][] values, double confidence) =>
        GroupSobol.Of(
            values[A],
            values[B],
            values[2..(2 + _groups.Count)],
            values[(2 + _groups.Count)..(2 + 2 * _groups.Count)],
            confidence
        );

    private static PairedProportions Gain(double[] with, double[] without) =>
        PairedProportions.Of(Array.ConvertAll(with, pass => pass > 0), Array.ConvertAll(without, pass => pass > 0));

    private double[] Passes(int variant, IReadOnlyList<Spec> specs) =>
        [.. Enumerable.Range(0, _dies).Select(die => specs.All(spec => Passes(variant, die, spec)) ? 1.0 : 0)];

    private bool Passes(int variant, int die, Spec spec)
    {
        double value = _values[spec.Metric][variant][die];
        bool isNever = double.IsNaN(value) && _nullIsNever.Contains(spec.Metric);
        return _failures[variant][die] is null && spec.IsMetBy(isNever ? double.PositiveInfinity : value);
    }

    private void RunBlock(int first, int count, CancellationToken cancellation)
    {
        for (int variant = 0; variant < _variants.Length; variant++)
        {
            cancellation.ThrowIfCancellationRequested();
            RunVariant(variant, first, count);
        }
        int[] dies = [.. Enumerable.Range(first, count)];
        Interlocked.Add(ref _passed, dies.Count(die => _specs.All(spec => Passes(A, die, spec))));
        Interlocked.Add(ref _failed, dies.Count(die => Failure(die) is not null));
        Interlocked.Add(ref _done, count);
    }

    private void RunVariant(int variant, int first, int count)
    {
        var rows = new RowBlock(DieTable.Columns(_variants[variant], []), count);
        using IDieWorker worker = _variants[variant].CreateWorker();
        worker.Run(first, count, rows, 0, null);
        rows.Texts(DieTable.Failure).CopyTo(_failures[variant], first);
        foreach (var (name, values) in _values)
            rows.Reals(name).CopyTo(values[variant], first);
    }

    private T[][] Rows<T>() => [.. _variants.Select(_ => new T[_dies])];
}
