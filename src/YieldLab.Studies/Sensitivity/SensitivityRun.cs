using System.Diagnostics;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Studies.Runs;

namespace YieldLab.Studies.Sensitivity;

/// <summary>Runs a <see cref="SensitivityStudy"/>. Nothing is written.</summary>
public sealed class SensitivityRun
{
    private readonly PreparedStudy _study;
    private readonly IReadOnlyList<VariationGroup> _groups;
    private readonly IReadOnlyList<Column> _metrics;
    private readonly int _dies;
    private readonly double _confidence;
    private readonly SensitivityTable _table;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <param name="study">The study; its dies are independent ones whatever its sampling.</param>
    /// <param name="groups">Each draw in one.</param>
    /// <param name="metrics">Metrics of the study.</param>
    /// <param name="dies">Rows, at least <see cref="GroupSobol.Fewest"/>.</param>
    /// <param name="confidence">Of all intervals.</param>
    /// <exception cref="StudyException">The dies are given and not drawn, nothing varies, or it is too much.</exception>
    public SensitivityRun(
        PreparedStudy study,
        IReadOnlyList<VariationGroup> groups,
        IReadOnlyList<Column> metrics,
        int dies,
        double confidence
    )
    {
        if (study.Table is not null)
            throw study.File.ErrorAt(
                "sampling.table",
                "the dies of a table are given together, and no part of one can be exchanged for that of another; expected dies that are drawn"
            );
        VariationGroup[] varying = [.. groups.Where(group => group.Varies)];
        if (varying.Length == 0)
            throw study.File.ErrorAt(
                "variation",
                "nothing varies from die to die; expected variation of process, mismatch or temperature, or noise"
            );
        long trainings = dies * (long)SensitivityTable.Trainings(varying.Length, study.File.Study.Specs.Count > 0);
        if (trainings > SensitivityStudy.MostTrainings)
            throw new StudyException(
                $"{dies} dies and {varying.Length} groups are {trainings} trainings; expected at most {SensitivityStudy.MostTrainings}"
            );
        (_study, _groups, _metrics, _dies, _confidence) = (study, groups, metrics, dies, confidence);
        _table = new(study, varying, metrics, dies);
    }

    /// <summary>How far it is: rows, and the yield of the study's own dies among them.</summary>
    public RunProgress Progress
    {
        get
        {
            var (done, passed, failed) = _table.Progress;
            return new(done, _dies, passed, failed, _clock.Elapsed);
        }
    }

    /// <summary>Trains all dies and splits the variances.</summary>
    /// <param name="threads">At least 1; the results do not depend on it.</param>
    /// <param name="cancellation">Ends it without a result.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SensitivityStudy Run(int threads, CancellationToken cancellation = default)
    {
        _table.Fill(threads, cancellation);
        ParallelQuery<T> All<T>(IEnumerable<T> items) =>
            items
                .AsParallel()
                .AsOrdered()
                .WithDegreeOfParallelism(Math.Min(threads, 512))
                .WithCancellation(cancellation);
        return new(
            _study,
            _dies,
            _confidence,
            [.. _groups.Where(group => group.Varies)],
            [.. _groups.Where(group => !group.Varies)],
            Enumerable.Range(0, _dies).Select(_table.Failure).OfType<string>().CountBy(reason => reason).ToDictionary(),
            [.. All(_metrics).Select(Metric)],
            [.. All(Yields()).Select(yield => _table.Yield(yield.Name, yield.Specs, _confidence))]
        );
    }

    private MetricSensitivity Metric(Column metric)
    {
        var (rows, indices) = _table.Metric(metric.Name, _confidence);
        return new(metric, rows, indices);
    }

    private IEnumerable<(string Name, IReadOnlyList<Spec> Specs)> Yields()
    {
        IReadOnlyList<Spec> specs = _study.File.Study.Specs;
        return
        [
            .. specs.Select(spec => ($"{spec}", (IReadOnlyList<Spec>)[spec])),
            .. specs.Count > 1 ? new[] { (AllSpecs, specs) } : [],
        ];
    }

    private const string AllSpecs = "all specs";
}
