using System.Numerics;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Dies;

/// <summary>What one die does.</summary>
/// <param name="WeightsAfterEpoch">[epoch][half][weight], in units of Iu.</param>
/// <param name="Predictions">[example][output] of the test examples after the last epoch.</param>
/// <param name="PredictionsAfterHold">The same after each hold time.</param>
/// <param name="Retention">Seconds for which the die keeps what the case asks for; NaN if for ever, null if the case asks
/// for nothing.</param>
/// <param name="Metrics">Metrics on the test examples; empty where they have no targets.</param>
/// <param name="Failure">Why the die failed, or null.</param>
/// <param name="Steps">Integration steps a presentation that were used.</param>
public sealed record DieAnswer(
    IReadOnlyList<double[][]> WeightsAfterEpoch,
    double[] Predictions,
    IReadOnlyList<double[]> PredictionsAfterHold,
    double? Retention,
    IReadOnlyDictionary<string, double> Metrics,
    string? Failure,
    int Steps
);

/// <summary>Trains one die as a study does: with the same kernel, and with finer steps where the die needs them.</summary>
public static class DieSolver
{
    /// <exception cref="StudyException">The case needs too many integration steps.</exception>
    public static DieAnswer Solve(DieCase die)
    {
        StepPlan plan = die.Plan ?? ChoosePlan(die);
        while (true)
        {
            DieAnswer answer = die.Precision == Precision.Single ? Solve<float>(die, plan) : Solve<double>(die, plan);
            if (answer.Failure is null || plan.Finer.Steps > StepControl.MostStepsOfDie)
                return answer;
            plan = plan.Finer;
        }
    }

    private static StepPlan ChoosePlan(DieCase die)
    {
        double[] temperatures = die.Errors.CellTemperatures[Site.Weight];
        try
        {
            var extent = (temperatures.Min(), temperatures.Max());
            var run = new PilotRun(die.Model, die.Training, die.Orders, extent, die.Errors);
            return die.Precision == Precision.Single
                ? StepControl.Choose<float>(run, die.MostSteps)
                : StepControl.Choose<double>(run, die.MostSteps);
        }
        catch (PrecisionException e)
        {
            throw new StudyException($"precision: {e.Message}", e);
        }
        catch (StepLimitException e)
        {
            throw new StudyException($"design.learning_rate: {e.Message}", e);
        }
    }

    private static DieAnswer Solve<T>(DieCase die, StepPlan plan)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var training = new SignalSet<T>(die.Training, die.Model.Design.InputQuiescent);
        var test = new SignalSet<T>(die.Test, die.Model.Design.InputQuiescent);
        using var batch = new LayerBatch<T>(die.Model, training, plan, die.Noise is not null);
        var groups = new ICellErrors[LayerBatch<T>.Lanes / ICellErrors.Lanes];
        Array.Fill(groups, die.Errors);
        long[] dies = [.. Enumerable.Repeat(die.Noise?.Die ?? 0, LayerBatch<T>.Lanes)];
        batch.Load(die.Noise is { } noise ? new ShotNoise(new((ulong)noise.Seed), dies) : null, groups);
        var weights = new List<double[][]>();
        string? failure = null;
        foreach (int[] order in die.Orders)
        {
            batch.TrainEpoch(order);
            weights.Add([Weights(batch, WeightHalf.P, die), Weights(batch, WeightHalf.N, die)]);
            failure ??= batch.Fault(0);
        }
        var readout = TaskMetrics.Readout(die.Model.Task, die.ReadoutBits);
        double[] predictions = Predict(batch, test, 0, readout);
        return new(
            weights,
            predictions,
            [.. die.Hold.Select(hold => Predict(batch, test, hold, readout))],
            die.Retention is { } kept ? Retention(die, kept, hold => Predict(batch, test, hold, readout)) : null,
            die.Test.Outputs == 0 ? new Dictionary<string, double>() : Metrics(die, predictions),
            failure,
            plan.Steps
        );
    }

    private static Dictionary<string, double> Metrics(DieCase die, double[] predictions) =>
        TaskMetrics.ByName(die.Model.Task, predictions, die.Test.T, die.Model.Shape.Outputs, die.TargetUnit);

    private static double[] Values(DieCase die, double[] predictions) =>
        TaskMetrics.Values(die.Model.Task, predictions, die.Test.T, die.Model.Shape.Outputs, die.TargetUnit);

    private static double Retention(DieCase die, Spec kept, Func<double, double[]> predict)
    {
        int metric = TaskMetrics.IndexOf(die.Model.Task, kept.Metric);
        bool FailsAfter(double hold) => !kept.IsMetBy(Values(die, predict(hold))[metric]);
        return RetentionTime.Find([FailsAfter(0)], holds => [FailsAfter(holds[0])])[0];
    }

    private static double[] Weights<T>(LayerBatch<T> batch, WeightHalf half, DieCase die)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, die.Model.Shape.Weights).Select(weight => batch.Weight(0, half, weight))];

    private static double[] Predict<T>(
        LayerBatch<T> batch,
        SignalSet<T> test,
        double hold,
        Func<double, double> readout
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> rows = batch.Predict(test, hold);
        double[] predictions = new double[rows.Length / LayerBatch<T>.Lanes];
        for (int i = 0; i < predictions.Length; i++)
            predictions[i] = readout(double.CreateTruncating(rows[i * LayerBatch<T>.Lanes]));
        return predictions;
    }
}
