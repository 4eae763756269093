using YieldLab.Circuits.Accelerators;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Studies.Runs;

/// <summary>How well a layer does its task, as columns and as numbers in the same order.</summary>
public static class TaskMetrics
{
    /// <summary>The columns for a set of examples.</summary>
    /// <param name="task">Linear or softmax.</param>
    /// <param name="set">"test examples" or the like, for the meaning.</param>
    /// <param name="prefix">Before each name.</param>
    /// <param name="suffix">After each name.</param>
    public static IReadOnlyList<Column> Columns(LearningTask task, string set, string prefix = "", string suffix = "")
    {
        Column Metric(string name, string unit, string meaning) =>
            new($"{prefix}{name}{suffix}", ColumnType.Real, unit, $"{meaning}, {set}", IsMetric: true) { Least = 0 };
        return task == LearningTask.Softmax
            ?
            [
                Metric("accuracy", "1", "Share of examples whose most probable class is the right one") with
                {
                    Most = 1,
                },
                Metric("cross_entropy", "nat", "Mean of -ln of the probability of the right class"),
            ]
            :
            [
                Metric("mse", "target^2", "Mean square error in the target's own unit squared"),
                Metric("mse_percent", "%", "Mean square error in per cent of full scale squared"),
                Metric("r2", "1", "Coefficient of determination") with
                {
                    Least = double.NegativeInfinity,
                    Most = 1,
                },
            ];
    }

    /// <summary>What a converter of some bits (null: an ideal one) reads of a prediction.</summary>
    internal static Func<double, double> Readout(LearningTask task, int? bits)
    {
        var converter = new Converter(bits);
        return task == LearningTask.Softmax ? converter.Unsigned : converter.Signed;
    }

    /// <summary>Names of the metrics on the test examples.</summary>
    public static IReadOnlyList<string> Names(LearningTask task) =>
        [.. Columns(task, "").Select(column => column.Name)];

    /// <summary>Place of a metric among the numbers; -1 where there is no such metric.</summary>
    public static int IndexOf(LearningTask task, string metric) => Array.IndexOf([.. Names(task)], metric);

    /// <summary>The numbers by name; parameters as in <see cref="Values"/>.</summary>
    public static Dictionary<string, double> ByName(
        LearningTask task,
        double[] predictions,
        double[] targets,
        int outputs,
        double targetUnit
    ) =>
        Names(task)
            .Zip(Values(task, predictions, targets, outputs, targetUnit))
            .ToDictionary(metric => metric.First, metric => metric.Second);

    /// <summary>The numbers.</summary>
    /// <param name="task">Linear or softmax.</param>
    /// <param name="predictions">[example][output].</param>
    /// <param name="targets">[example][output].</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="targetUnit">In a regression, how much of the target's own unit is 1 in the circuit.</param>
    public static double[] Values(
        LearningTask task,
        ReadOnlySpan<double> predictions,
        ReadOnlySpan<double> targets,
        int outputs,
        double targetUnit
    )
    {
        if (task == LearningTask.Softmax)
            return
            [
                Quality.Accuracy(predictions, targets, outputs),
                Quality.CrossEntropy(predictions, targets, outputs),
            ];
        double meanSquare = Quality.MeanSquare(predictions, targets);
        return [meanSquare * targetUnit * targetUnit, 100 * meanSquare, Quality.RSquared(predictions, targets)];
    }
}
