using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Runs;

/// <summary>A point of a study, worked out.</summary>
/// <param name="Swept">What tells it from the others.</param>
/// <param name="Study">Its data, ideal reference and integration steps.</param>
public sealed record PlannedPoint(IReadOnlyList<PointValue> Swept, PreparedStudy Study);

/// <summary>A study with all its points worked out: nothing in it can turn out to be wrong while it runs.</summary>
/// <param name="Sweep">The study and what is swept.</param>
/// <param name="Points">At least one.</param>
public sealed record StudyPlan(StudySweep Sweep, IReadOnlyList<PlannedPoint> Points)
{
    public Study Study => Sweep.Base.Study;

    /// <summary>What the points compute beyond where it is right, each warning once.</summary>
    public IReadOnlyList<string> Warnings =>
        [.. Points.Select(point => point.Study.Warning).OfType<string>().Distinct()];

    /// <summary>How sure the yields of the study are.</summary>
    public EstimateRule Rule =>
        Study.Stop?.Rule is { } rule ? new EstimateRule.AnyTime { Confidence = rule.Confidence }
        : Points[0].Study.Randomisations is > 1 and var count ? new EstimateRule.Replicated(count)
        : new EstimateRule.Fixed();

    /// <summary>Works a study out.</summary>
    /// <param name="sweep">The study.</param>
    /// <param name="threads">At least 1.</param>
    /// <exception cref="StudyException">Something in a point or its data does not fit.</exception>
    public static StudyPlan Of(StudySweep sweep, int threads)
    {
        var points = new PlannedPoint[sweep.Points.Count];
        var faults = new StudyException?[sweep.Points.Count];
        Column[] columns = [.. sweep.Keys.Select(ColumnOf)];
        Parallel.For(
            0,
            points.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            i =>
            {
                SweepPoint point = sweep.Points[i];
                try
                {
                    points[i] = new(
                        [.. columns.Zip(point.Values, (column, value) => new PointValue(column, value))],
                        PreparedStudy.Of(point.File)
                    );
                }
                catch (StudyException e)
                {
                    faults[i] = e;
                }
            }
        );
        // The first in the study's order, whatever thread met it first.
        return faults.FirstOrDefault(fault => fault is not null) is { } fault ? throw fault : new(sweep, points);
    }

    /// <summary>A study without a sweep, worked out already.</summary>
    public static StudyPlan Of(PreparedStudy study) => new(StudySweep.Without(study.File), [new([], study)]);

    /// <summary>The points as the engine runs them.</summary>
    /// <param name="names">Name of each.</param>
    internal IReadOnlyList<RunPoint> RunPoints(IReadOnlyList<string> names) =>
        [.. Points.Zip(names, (point, name) => new RunPoint(name, point.Swept, point.Study.DieModel()))];

    private static Column ColumnOf(SweptKey key) =>
        new(key.Column, key.IsNumber ? ColumnType.Real : ColumnType.Text, key.Unit, $"Swept: {key.Meaning}");
}
