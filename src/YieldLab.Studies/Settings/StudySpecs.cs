using YieldLab.MonteCarlo.Runs;
using YieldLab.Studies.Runs;

namespace YieldLab.Studies.Settings;

/// <summary>Holds the specifications of a study against the metrics that they name.</summary>
internal static class StudySpecs
{
    /// <summary>The study with the limit of each specification in its metric's unit. Metrics that the study has not are
    /// left for others to refuse.</summary>
    /// <param name="study">As it was read.</param>
    /// <param name="errorAt">Makes an error at a key.</param>
    /// <exception cref="StudyException">A limit in per cent of something that is no share, or one that decides nothing.
    /// </exception>
    public static Study InUnits(Study study, Func<string, string, StudyException> errorAt)
    {
        if (study.Output.Target is { } target)
        {
            Spec resolved = Resolve(target, DieColumns.PerEpoch(study.Task), "output.target", errorAt);
            study = study with { Output = study.Output with { Target = resolved } };
        }
        if (study.Output.Retention is { } kept)
        {
            Spec resolved = Resolve(kept, TaskMetrics.Columns(study.Task, ""), "output.retention", errorAt);
            study = study with { Output = study.Output with { Retention = resolved } };
        }
        var columns = DieColumns.Of(study);
        return study with
        {
            Specs = [.. study.Specs.Select((spec, i) => Resolve(spec, columns, $"specs[{i}]", errorAt))],
        };
    }

    private static Spec Resolve(
        Spec spec,
        IReadOnlyList<Column> columns,
        string key,
        Func<string, string, StudyException> errorAt
    )
    {
        if (columns.FirstOrDefault(column => column.IsMetric && column.Name == spec.Metric) is not { } metric)
            return spec;
        Spec resolved =
            spec.In(metric.Unit)
            ?? throw errorAt(key, $"'{spec}': {metric.Name} is no share; expected a limit in {metric.Unit}");
        return resolved.Outcome(metric.Least, metric.Most) switch
        {
            false => throw errorAt(key, $"no die can meet {resolved}: {Range(metric)}{PercentHint(resolved, metric)}"),
            true => throw errorAt(key, $"every die meets {resolved}: {Range(metric)}"),
            null => resolved,
        };
    }

    private static string Range(Column metric)
    {
        string least = double.IsFinite(metric.Least) ? $" from {metric.Least}" : "";
        string most = double.IsFinite(metric.Most) ? $" up to {metric.Most}" : "";
        return $"{metric.Name} is{least}{most}";
    }

    private static string PercentHint(Spec spec, Column metric) =>
        metric.Most == 1 && spec.Limit is >= 10 and <= 100 ? $"; did you mean {spec} %?" : "";
}
