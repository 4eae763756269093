using YieldLab.Circuits.Accelerators;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Runs;

/// <summary>The columns that the accelerator fills in a study's tables.</summary>
internal static class DieColumns
{
    public const string Temperature = "temperature_c";
    public const string EtaMean = "eta_mean";
    public const string EtaSpread = "eta_sd";
    public const string LambdaMean = "lambda_mean";
    public const string LambdaSpread = "lambda_sd";
    public const string OutputError = "mse_vs_ideal_percent";
    public const string WeightError = "weight_mse_vs_ideal_percent";
    public const string EffectiveBits = "effective_bits";
    public const string EpochsToTarget = "epochs_to_target";
    public const string Retention = "retention_s";
    public const string Steps = "integration_steps";
    public const string Epoch = "epoch";

    /// <summary>Shifts of a die in the order of <see cref="Circuits.Technology.GlobalShift"/>.</summary>
    public static readonly IReadOnlyList<Column> Shifts =
    [
        new(
            "threshold_shift_v",
            ColumnType.Real,
            "V",
            "Shift of the threshold voltage that all cells of the die share"
        ),
        new("beta_shift", ColumnType.Real, "1", "Relative shift of the current factor that all cells of the die share"),
        new(
            "capacitance_shift",
            ColumnType.Real,
            "1",
            "Relative shift of the capacitance that all cells of the die share"
        ),
        new("bias_shift", ColumnType.Real, "1", "Relative shift of the die's bias reference"),
        new(
            "leakage_shift",
            ColumnType.Real,
            "1",
            "Shift of the logarithm of the junction leakage that all cells of the die share"
        ),
    ];

    /// <summary>What all cells of a die share.</summary>
    public static readonly IReadOnlyList<Column> Conditions =
    [
        new(Temperature, ColumnType.Real, "C", "Temperature of the die at the centre of the array"),
        .. Shifts,
    ];

    /// <summary>Columns of the table of dies.</summary>
    public static IReadOnlyList<Column> Of(Study study)
    {
        List<Column> columns = [.. Conditions];
        columns.Add(new(Steps, ColumnType.Integer, "1", "Integration steps a presentation that the die needed"));
        columns.AddRange([
            new(EtaMean, ColumnType.Real, "1", "Effective learning rate, mean over the cells", IsMetric: true),
            new(
                EtaSpread,
                ColumnType.Real,
                "1",
                "Effective learning rate, standard deviation over the cells",
                IsMetric: true
            )
            {
                Least = 0,
            },
            new(
                LambdaMean,
                ColumnType.Real,
                "1",
                "Effective L2 strength, leakage included, mean over the cells",
                IsMetric: true
            ),
            new(
                LambdaSpread,
                ColumnType.Real,
                "1",
                "Effective L2 strength, leakage included, standard deviation over the cells",
                IsMetric: true
            )
            {
                Least = 0,
            },
        ]);
        columns.AddRange(TaskMetrics.Columns(study.Task, "test examples"));
        columns.AddRange(TaskMetrics.Columns(study.Task, "training examples", prefix: "train_"));
        columns.AddRange([
            new(
                OutputError,
                ColumnType.Real,
                "%",
                "Mean square difference of the test outputs to the ideal SGDr, of full scale squared",
                IsMetric: true
            )
            {
                Least = 0,
            },
            new(
                WeightError,
                ColumnType.Real,
                "%",
                "Mean square difference of the weights to the ideal SGDr, of full scale squared",
                IsMetric: true
            )
            {
                Least = 0,
            },
            new(
                EffectiveBits,
                ColumnType.Real,
                "bit",
                "Bits of a quantizer with the same rms weight error: log2(1/(sqrt(12) rms))",
                IsMetric: true
            ),
        ]);
        if (study.Output.Target is { } target)
            columns.Add(
                new(
                    EpochsToTarget,
                    ColumnType.Real,
                    "1",
                    $"First epoch after which {target} on the test examples; null if never",
                    IsMetric: true
                )
                {
                    Least = 1,
                    NullIsNever = true,
                }
            );
        if (study.Output.Retention is { } kept)
            columns.Add(
                new(
                    Retention,
                    ColumnType.Real,
                    "s",
                    $"Time after training with the biases off up to which {kept} on the test examples; 0 if less than 1 us, null if more than 1e6 s",
                    IsMetric: true
                )
                {
                    Least = 0,
                    NullIsNever = true,
                }
            );
        foreach (double hold in study.Hold)
            columns.AddRange(
                TaskMetrics.Columns(
                    study.Task,
                    $"test examples, {HoldName(hold)} after training with the biases off",
                    suffix: $"_hold_{HoldName(hold)}"
                )
            );
        return columns;
    }

    /// <summary>Metrics that are taken after each epoch.</summary>
    public static IReadOnlyList<Column> PerEpoch(LearningTask task) =>
        [
            .. TaskMetrics.Columns(task, "test examples"),
            .. TaskMetrics.Columns(task, "training examples", prefix: "train_"),
        ];

    /// <summary>Columns of the table of epochs; none where the study does not ask for it.</summary>
    public static IReadOnlyList<Column> OfEpochs(Study study) =>
        study.Output.Epochs
            ?
            [
                new(DieTable.Die, ColumnType.Integer, "1", "Index of the die"),
                new(Epoch, ColumnType.Integer, "1", "Number of epochs trained, from 1"),
                .. PerEpoch(study.Task),
            ]
            : [];

    /// <summary>A time as part of a name: 100us, 1ms, 2s.</summary>
    public static string HoldName(double seconds)
    {
        foreach (var (name, unit) in new[] { ("s", 1.0), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9) })
        {
            double count = seconds / unit;
            if (count >= 0.9999 && Math.Abs(count - Math.Round(count)) < 1e-6 * count)
                return $"{Math.Round(count):0}{name}";
        }
        return $"{seconds:g6}s".Replace('.', 'p').Replace('-', 'm').Replace("+", "");
    }
}
