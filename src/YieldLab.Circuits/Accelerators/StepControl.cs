using System.Numerics;
using YieldLab.Circuits.Cells;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Circuits.Accelerators;

/// <summary>What the integration steps are tried out on.</summary>
/// <param name="Model">Circuit and rule.</param>
/// <param name="Training">What is learned.</param>
/// <param name="Orders">For each epoch, the order of presentation.</param>
/// <param name="Temperatures">Lowest and highest temperature of the dies, in kelvin.</param>
/// <param name="Dies">Eight dies that stand for all, the extreme temperatures among them.</param>
public sealed record PilotRun(
    AcceleratorModel Model,
    Examples Training,
    IReadOnlyList<int[]> Orders,
    (double Low, double High) Temperatures,
    ICellErrors Dies
);

/// <summary>
/// Chooses the integration steps by halving them: eight pilot dies train with n and with 2n steps a presentation, and the
/// smallest n is taken whose estimated error (4/3 of the difference, the method being of second order) is below
/// <see cref="Tolerance"/> in every weight after every epoch and in every training prediction at the end. The coarser of
/// the two trains in the study's precision, the finer one in double, so that rounding counts as well. The error grows with
/// the square of how fast a die moves, so the plan also says from which speed on a die would break the promise; such a die
/// is trained again in finer steps.
/// </summary>
public static class StepControl
{
    /// <summary>Largest error of a die in units of full scale.</summary>
    public const double Promise = 1e-3;

    /// <summary>Allowed estimated error of the pilots.</summary>
    public const double Tolerance = Promise / 2;

    /// <summary>Most steps a presentation that a single die may take.</summary>
    public const int MostStepsOfDie = 1024;

    private const int MostSubsteps = 32;

    // Half weights times presentations that the pilots train: about a second.
    private const long PilotWork = 13_000_000;

    // Gains of a die may exceed the nominal ones by so much before the outputs' substeps get too long.
    private const double RateMargin = 1.25;

    /// <summary>The plan for a circuit.</summary>
    /// <typeparam name="T">Precision in which the dies train.</typeparam>
    /// <param name="run">Circuit, rule, examples and pilots. Long schedules are cut.</param>
    /// <param name="mostSteps">Allowed steps a presentation.</param>
    /// <exception cref="StepLimitException">No allowed number of steps is enough.</exception>
    /// <exception cref="PrecisionException">Single precision is not enough.</exception>
    public static StepPlan Choose<T>(PilotRun run, int mostSteps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        run = Shortened(run);
        for (int steps = 1; steps <= mostSteps; steps *= 2)
        {
            StepPlan plan = PlanOf(run, steps);
            if (plan.Substeps.Max() > MostSubsteps)
                continue;
            double[] coarse = Outcome<T>(run, plan, out StepSpeed pilots);
            double[] fine = Fine(run, plan);
            double error = Error(coarse, fine);
            if (error > Tolerance || double.IsNaN(error))
                continue;
            // Of the steps, rounding apart.
            double ofSteps = typeof(T) == typeof(double) ? error : Error(Outcome<double>(run, plan, out _), fine);
            return plan with { Fastest = FastestFor(ofSteps, pilots) };
        }
        int most = (int)BitOperations.RoundUpToPowerOf2((uint)mostSteps + 1) / 2;
        if (typeof(T) != typeof(double) && IsResolved(run, most))
            throw new PrecisionException();
        throw new StepLimitException(run.Model.Rule.LearningRate, mostSteps, LargestLearningRate(run, most));
    }

    /// <summary>A plan with a given number of steps.</summary>
    /// <param name="density">Substeps are made this many times shorter than needed.</param>
    public static StepPlan Plan(
        AcceleratorModel model,
        Examples training,
        (double Low, double High) temperatures,
        int steps,
        double density = 1
    )
    {
        double gain = Math.Max(GainAt(model, temperatures.Low), GainAt(model, temperatures.High));
        double activation = model.Task == LearningTask.Softmax ? 0.5 * model.Design.ActivationGain * gain : 1;
        int[] substeps = new int[training.Count];
        for (int e = 0; e < substeps.Length; e++)
        {
            double square = 0;
            foreach (double x in training.Input(e))
                square += x * x;
            // An output relaxes at eta |x|^2 dz/dy de/dz, and no eigenvalue of the softmax's Jacobian exceeds 1/2.
            double rate = RateMargin * model.Rule.LearningRate * gain * square * activation;
            substeps[e] = Math.Max(1, (int)Math.Ceiling(Math.Min(density * rate / steps, 1e6)));
        }
        return new(steps, substeps);
    }

    // alpha Ts = eta r Tref/T: r falls or grows with temperature as the bias does.
    private static double GainAt(AcceleratorModel model, double kelvin) =>
        model.BiasFactor(kelvin) * model.Device.ReferenceTemperature / kelvin;

    private static PilotRun Shortened(PilotRun run)
    {
        long presentations = Math.Max(1, PilotWork / run.Model.Shape.Weights);
        int epochs = (int)Math.Clamp(presentations / run.Training.Count, 1, run.Orders.Count);
        int most = (int)Math.Min(int.MaxValue, presentations);
        return run with
        {
            Orders = [.. run.Orders.Take(epochs).Select(order => order[..Math.Min(order.Length, most)])],
        };
    }

    private static StepPlan PlanOf(PilotRun run, int steps, double density = 1) =>
        Plan(run.Model, run.Training, run.Temperatures, steps, density);

    // The error of the steps, rounding apart, is of second order in the speeds: how much faster than the pilots may a die
    // be?
    private static StepSpeed FastestFor(double error, StepSpeed pilots)
    {
        double margin = 0.5 * Math.Sqrt(Promise / Math.Max(error, 1e-9));
        return new(
            Math.Min(StepSpeed.Limit.Relaxation, margin * pilots.Relaxation),
            Math.Min(StepSpeed.Limit.Output, margin * pilots.Output)
        );
    }

    // Whether a number of steps is enough, rounding apart.
    private static bool IsResolved(PilotRun run, int steps)
    {
        StepPlan plan = PlanOf(run, steps);
        return plan.Substeps.Max() <= MostSubsteps
            && Error(Outcome<double>(run, plan, out _), Fine(run, plan)) <= Tolerance;
    }

    private static double[] Fine(PilotRun run, StepPlan plan) =>
        Outcome<double>(run, PlanOf(run, 2 * plan.Steps, 2), out _);

    // Estimated from two outcomes; NaN where the pilots are not resolved. Math.Max keeps a NaN; LINQ's Max would skip it.
    private static double Error(double[] coarse, double[] fine) =>
        coarse.Zip(fine, (a, b) => Math.Abs(a - b)).Aggregate(0.0, Math.Max) * 4 / 3;

    // In double: what the steps resolve, rounding apart.
    private static double LargestLearningRate(PilotRun run, int mostSteps)
    {
        double usable = 0;
        double refused = 1;
        for (int i = 0; i < 8; i++)
        {
            double middle = usable == 0 ? refused / 4 : Math.Sqrt(usable * refused);
            AcceleratorModel slower = run.Model with
            {
                Rule = run.Model.Rule with { LearningRate = run.Model.Rule.LearningRate * middle },
            };
            PilotRun trial = run with { Model = slower };
            if (IsResolved(trial, mostSteps))
                usable = middle;
            else
                refused = middle;
        }
        return TwoDigitsDown(usable * run.Model.Rule.LearningRate);
    }

    // Rounded down, so that the value that is printed is usable itself.
    private static double TwoDigitsDown(double value)
    {
        if (value == 0)
            return 0;
        double digit = Math.Floor(Math.Log10(value)) - 1;
        // Powers of ten as whole numbers, so that the quotient is the double nearest to the decimal that is printed.
        double unit = Math.Round(Elementary.Pow(10, Math.Abs(digit)));
        return digit < 0 ? Math.Floor(value * unit) / unit : Math.Floor(value / unit) * unit;
    }

    // All weights of the pilots after each epoch and their training predictions at the end.
    private static double[] Outcome<T>(PilotRun run, StepPlan plan, out StepSpeed fastest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var signals = new SignalSet<T>(run.Training, run.Model.Design.InputQuiescent);
        using var batch = new LayerBatch<T>(run.Model, signals, plan);
        var groups = new ICellErrors[LayerBatch<T>.Lanes / ICellErrors.Lanes];
        Array.Fill(groups, run.Dies);
        batch.Load(groups);
        fastest = default;
        var outcome = new List<double>();
        foreach (int[] order in run.Orders)
        {
            batch.TrainEpoch(order);
            for (int lane = 0; lane < ICellErrors.Lanes; lane++)
            {
                StepSpeed speed = batch.Speed(lane);
                fastest = new(Math.Max(fastest.Relaxation, speed.Relaxation), Math.Max(fastest.Output, speed.Output));
                // A pilot that its steps do not resolve differs from everything.
                outcome.Add(batch.Fault(lane) is null ? 0 : double.NaN);
                for (int weight = 0; weight < run.Model.Shape.Weights; weight++)
                {
                    outcome.Add(batch.Weight(lane, WeightHalf.P, weight));
                    outcome.Add(batch.Weight(lane, WeightHalf.N, weight));
                }
            }
        }
        ReadOnlySpan<T> predictions = batch.Predict(signals);
        for (int i = 0; i < predictions.Length; i++)
            if (i % LayerBatch<T>.Lanes < ICellErrors.Lanes)
                outcome.Add(double.CreateTruncating(predictions[i]));
        return [.. outcome];
    }
}

/// <summary>A setting needs more integration steps than allowed.</summary>
public sealed class StepLimitException(double learningRate, int mostSteps, double largestUsable)
    : Exception(
        $"a learning rate of {learningRate:g4} needs more than the {mostSteps} integration steps a presentation that are allowed; "
            + (
                largestUsable > 0
                    ? $"the largest usable learning rate here is about {largestUsable:0.############}"
                    : "no learning rate helps: the weights decay or are coupled faster than that resolves; look at the presentation time, the leakage and the cross-coupling"
            )
    )
{
    public double LearningRate { get; } = learningRate;

    public int MostSteps { get; } = mostSteps;

    /// <summary>Largest learning rate that the allowed steps resolve, found by bisection to about 10 %; 0 if none.</summary>
    public double LargestUsable { get; } = largestUsable;
}

/// <summary>Rounding in single precision adds up to more than a weight may err.</summary>
public sealed class PrecisionException()
    : Exception(
        "single precision is not enough: over so many presentations its rounding adds up to more than 5e-4 of full scale; use double"
    );
