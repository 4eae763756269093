using YieldLab.Circuits.Cells;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Circuits.Accelerators;

/// <summary>
/// Chooses the integration steps by halving them: eight pilot dies train with n and with 2n steps a presentation, and the
/// smallest n is taken whose estimated error (4/3 of the difference, the method being of second order) is below
/// <see cref="Tolerance"/> in every weight after every epoch and in every training prediction at the end. A die whose
/// weights grow beyond those of the pilots is found by <see cref="FastestRelaxation"/> and trained again in finer steps.
/// </summary>
public static class StepControl
{
    /// <summary>Allowed estimated error in units of full scale: half of the 1e-3 that is promised.</summary>
    public const double Tolerance = 5e-4;

    /// <summary>Largest decay of a half weight in one step (rate times step) that the second-order step resolves.</summary>
    public const double FastestRelaxation = 0.25;

    private const int MostSubsteps = 32;
    private const int PilotPresentations = 20000;

    // Gains of a die may exceed the nominal ones by so much before the outputs' substeps get too long.
    private const double RateMargin = 1.25;

    /// <summary>The plan for a circuit.</summary>
    /// <param name="model">Circuit and rule.</param>
    /// <param name="training">What is learned.</param>
    /// <param name="orders">For each epoch, the order of presentation. The pilots stop after 20,000 presentations.</param>
    /// <param name="temperatures">Lowest and highest temperature of the dies, in kelvin.</param>
    /// <param name="pilots">Eight dies that stand for all, the extreme temperatures among them.</param>
    /// <param name="mostSteps">Allowed steps a presentation.</param>
    /// <exception cref="StepLimitException">No allowed number of steps is enough.</exception>
    public static StepPlan Choose(
        AcceleratorModel model,
        Examples training,
        IReadOnlyList<int[]> orders,
        (double Low, double High) temperatures,
        ICellErrors pilots,
        int mostSteps
    )
    {
        int epochs = Math.Clamp(PilotPresentations / training.Count, 1, orders.Count);
        int[][] pilotOrders =
        [
            .. orders.Take(epochs).Select(order => order[..Math.Min(order.Length, PilotPresentations)]),
        ];
        if (Search(model, training, pilotOrders, temperatures, pilots, mostSteps) is { } plan)
            return plan;
        throw new StepLimitException(
            model.Rule.LearningRate,
            mostSteps,
            LargestLearningRate(model, training, pilotOrders, temperatures, pilots, mostSteps)
        );
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

    private static StepPlan? Search(
        AcceleratorModel model,
        Examples training,
        int[][] orders,
        (double, double) temperatures,
        ICellErrors pilots,
        int mostSteps
    )
    {
        var signals = new SignalSet<double>(training, model.Design.InputQuiescent);
        for (int steps = 1; steps <= mostSteps; steps *= 2)
        {
            StepPlan plan = Plan(model, training, temperatures, steps);
            if (plan.Substeps.Max() > MostSubsteps)
                continue;
            double[] coarse = Outcome(model, signals, orders, pilots, plan);
            double[] fine = Outcome(model, signals, orders, pilots, Plan(model, training, temperatures, 2 * steps, 2));
            // Math.Max keeps a NaN, which no tolerance admits; LINQ's Max would skip it.
            double difference = coarse.Zip(fine, (a, b) => Math.Abs(a - b)).Aggregate(0.0, Math.Max);
            if (difference * 4 / 3 <= Tolerance)
                return plan;
        }
        return null;
    }

    private static double LargestLearningRate(
        AcceleratorModel model,
        Examples training,
        int[][] orders,
        (double, double) temperatures,
        ICellErrors pilots,
        int mostSteps
    )
    {
        double usable = 0;
        double refused = 1;
        for (int i = 0; i < 8; i++)
        {
            double middle = usable == 0 ? refused / 4 : Math.Sqrt(usable * refused);
            var slower = model with { Rule = model.Rule with { LearningRate = model.Rule.LearningRate * middle } };
            if (Search(slower, training, orders, temperatures, pilots, mostSteps) is null)
                refused = middle;
            else
                usable = middle;
        }
        return TwoDigitsDown(usable * model.Rule.LearningRate);
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
    private static double[] Outcome(
        AcceleratorModel model,
        SignalSet<double> signals,
        int[][] orders,
        ICellErrors pilots,
        StepPlan plan
    )
    {
        using var batch = new LayerBatch<double>(model, signals, plan);
        batch.Load(pilots);
        var outcome = new List<double>();
        foreach (int[] order in orders)
        {
            batch.TrainEpoch(order);
            for (int lane = 0; lane < ICellErrors.Lanes; lane++)
            {
                // A pilot that its steps do not resolve differs from everything.
                outcome.Add(batch.Fault(lane) is null ? 0 : double.NaN);
                for (int weight = 0; weight < model.Shape.Weights; weight++)
                {
                    outcome.Add(batch.Weight(lane, WeightHalf.P, weight));
                    outcome.Add(batch.Weight(lane, WeightHalf.N, weight));
                }
            }
        }
        outcome.AddRange(batch.Predict(signals));
        return [.. outcome];
    }
}

/// <summary>A setting needs more integration steps than allowed.</summary>
public sealed class StepLimitException(double learningRate, int mostSteps, double largestUsable)
    : Exception(
        $"a learning rate of {learningRate:g4} needs more than the {mostSteps} integration steps a presentation that are allowed; "
            + $"the largest usable learning rate here is about {largestUsable:0.############}"
    )
{
    public double LearningRate { get; } = learningRate;

    public int MostSteps { get; } = mostSteps;

    /// <summary>Largest learning rate that the allowed steps resolve, found by bisection to about 10 %; 0 if none.</summary>
    public double LargestUsable { get; } = largestUsable;
}
