using System.Numerics;
using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;

namespace YieldLab.Tests.Circuits;

public class KernelTests
{
    public static TheoryData<LearningTask, int, int, double> Problems =>
        new()
        {
            { LearningTask.Linear, 1, 4, 0.1 },
            { LearningTask.Linear, 3, 9, 0.3 },
            { LearningTask.Softmax, 2, 6, 0.5 },
            { LearningTask.Softmax, 4, 21, 0.1 },
        };

    [Theory]
    [MemberData(nameof(Problems))]
    public void Trained_weights_match_runge_kutta_on_all_weights(LearningTask task, int outputs, int inputs, double eta)
    {
        var shape = new LayerShape(outputs, inputs);
        Silicon silicon = Made.Silicon(shape, Made.Everything, gradient: 3);
        AcceleratorModel model = Made.Model(task, shape, Made.Rule(eta));
        Examples problem = Made.Problem(task, outputs, inputs, 60, 3);
        DrawnErrors errors = Made.Errors(silicon, 11, Made.Eight(0));
        StepPlan plan = Plan(model, problem, errors);

        using var batch = Trained<double>(model, problem, plan, errors);

        for (int lane = 0; lane < 3; lane++)
        {
            var full = new FullEquations(model, GivenErrors.Of(errors, lane, shape));
            for (int e = 0; e < problem.Count; e++)
                full.Present(problem.Input(e), problem.Target(e), 40);
            for (int w = 0; w < shape.Weights; w++)
            {
                // 1e-3 of full scale is what the step control promises; the oracle itself errs below 1e-8 (h rate < 0.05).
                Assert.InRange(batch.Weight(lane, WeightHalf.P, w) - full.Weights[0][w], -1e-3, 1e-3);
                Assert.InRange(batch.Weight(lane, WeightHalf.N, w) - full.Weights[1][w], -1e-3, 1e-3);
            }
        }
    }

    [Theory]
    [InlineData(LearningTask.Linear)]
    [InlineData(LearningTask.Softmax)]
    public void Error_falls_with_the_square_of_the_step(LearningTask task)
    {
        var shape = new LayerShape(2, 5);
        AcceleratorModel model = Made.Model(task, shape, Made.Rule(0.4));
        Examples problem = Made.Problem(task, 2, 5, 40, 5);
        DrawnErrors errors = Made.Errors(Made.Silicon(shape, Made.Everything), 2, Made.Eight(0));
        double[] exact = Weights(steps: 64);
        double coarse = Difference(Weights(steps: 2), exact);
        double fine = Difference(Weights(steps: 4), exact);
        // Second order divides the error by 4; the next order's part lets the ratio stray, but not below 3.
        Assert.True(coarse / fine > 3, $"{coarse} and {fine}");
        Assert.True(fine > 0);

        double[] Weights(int steps)
        {
            StepPlan plan = StepControl.Plan(model, problem, (233.15, 358.15), steps, density: 4);
            using var batch = Trained<double>(model, problem, plan, errors);
            return [.. Enumerable.Range(0, shape.Weights).Select(w => batch.Weight(0, WeightHalf.P, w))];
        }
        static double Difference(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
    }

    [Theory]
    [InlineData(LearningTask.Linear)]
    [InlineData(LearningTask.Softmax)]
    public void Lane_has_the_same_bits_for_every_vector_width(LearningTask task)
    {
        AssertSameBits<double>(task);
        AssertSameBits<float>(task);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Lane_has_the_same_bits_whatever_its_neighbours_and_its_place(int shift)
    {
        var shape = new LayerShape(3, 5);
        AcceleratorModel model = Made.Model(LearningTask.Softmax, shape);
        Examples problem = Made.Problem(LearningTask.Softmax, 3, 5, 30, 1);
        Silicon silicon = Made.Silicon(shape, Made.Everything, gradient: 1);
        DrawnErrors here = Made.Errors(silicon, 4, Made.Eight(100));
        DrawnErrors elsewhere = Made.Errors(silicon, 4, Made.Eight(100 - shift));
        StepPlan plan = Plan(model, problem, here);
        using var first = Trained<double>(model, problem, plan, here);
        using var second = Trained<double>(model, problem, plan, elsewhere);
        for (int lane = 0; lane + shift < 8; lane++)
        for (int w = 0; w < shape.Weights; w++)
            Assert.Equal(first.Weight(lane, WeightHalf.N, w), second.Weight(lane + shift, WeightHalf.N, w));
    }

    [Theory]
    [InlineData(LearningTask.Linear)]
    [InlineData(LearningTask.Softmax)]
    public void Without_variation_a_die_is_the_ideal_algorithm(LearningTask task)
    {
        var shape = new LayerShape(3, 6);
        AcceleratorModel model = Made.Model(task, shape, Made.Rule(0.2, 0.01));
        Examples problem = Made.Problem(task, 3, 6, 80, 9);
        DrawnErrors errors = Made.Errors(Made.Silicon(shape, Made.Nothing), 1, Made.Eight(0));
        using var batch = Trained<double>(model, problem, Plan(model, problem, errors), errors);
        var ideal = new IdealReference(model.Rule, task, model.Design.ActivationGain, 3, 6);
        ideal.TrainEpoch(problem, [.. Enumerable.Range(0, problem.Count)]);
        for (int w = 0; w < shape.Weights; w++)
            Assert.InRange(
                batch.Weight(0, WeightHalf.P, w) - batch.Weight(0, WeightHalf.N, w) - ideal.Weights[w],
                -1e-3,
                1e-3
            );
    }

    [Theory]
    [InlineData(LearningTask.Linear)]
    [InlineData(LearningTask.Softmax)]
    public void Ideal_reference_matches_runge_kutta_on_a_circuit_without_errors(LearningTask task)
    {
        var shape = new LayerShape(2, 4);
        AcceleratorModel model = Made.Model(task, shape, Made.Rule(0.3, 0.02));
        Examples problem = Made.Problem(task, 2, 4, 30, 8);
        var errors = GivenErrors.Of(Made.Errors(Made.Silicon(shape, Made.Nothing), 1, Made.Eight(0)), 0, shape);
        var full = new FullEquations(model, errors);
        var ideal = new IdealReference(model.Rule, task, model.Design.ActivationGain, 2, 4);
        ideal.TrainEpoch(problem, [.. Enumerable.Range(0, problem.Count)]);
        for (int e = 0; e < problem.Count; e++)
            full.Present(problem.Input(e), problem.Target(e), 200);
        // Both methods are of fourth order with rate times step below 0.05: each errs below 1e-7, 30 presentations long.
        for (int w = 0; w < shape.Weights; w++)
            Assert.InRange(full.Weights[0][w] - full.Weights[1][w] - ideal.Weights[w], -3e-6, 3e-6);
    }

    [Fact]
    public void Held_weights_decay_by_leakage_alone()
    {
        var shape = new LayerShape(1, 3);
        AcceleratorModel model = Made.Model(LearningTask.Linear, shape);
        Examples problem = Made.Problem(LearningTask.Linear, 1, 3, 20, 1);
        DrawnErrors errors = Made.Errors(Made.Silicon(shape, Made.Everything), 5, Made.Eight(0));
        using var batch = Trained<double>(model, problem, Plan(model, problem, errors), errors);
        const double hold = 0.01;
        double held = batch.Predict(new SignalSet<double>(problem, model.Design.InputQuiescent), hold)[0];

        GivenErrors die = GivenErrors.Of(errors, 0, shape);
        var full = new FullEquations(model, die);
        for (int half = 0; half < 2; half++)
        for (int w = 0; w < shape.Weights; w++)
        {
            double charge =
                die.CellCapacitances[half][w]
                * 1.4
                * PhysicalConstants.ThermalVoltage(die.CellTemperatures[Site.Weight][w]);
            full.Weights[half][w] =
                batch.Weight(0, (WeightHalf)half, w) * Math.Exp(-die.CellLeakages[half][w] * hold / charge);
        }
        // Both evaluate the same closed form; rounding of some tens of operations remains.
        Assert.Equal(full.Predict(problem.Input(0))[0], held, 1e-12);
    }

    [Fact]
    public void Leakage_counts_as_regularization()
    {
        var shape = new LayerShape(1, 2);
        AcceleratorModel model = Made.Model(LearningTask.Linear, shape);
        Examples problem = Made.Problem(LearningTask.Linear, 1, 2, 4, 1);
        DrawnErrors errors = Made.Errors(Made.Silicon(shape, new(false, false, true, true)), 5, Made.Eight(0));
        using var batch = Trained<double>(model, problem, Plan(model, problem, errors), errors);
        GivenErrors die = GivenErrors.Of(errors, 0, shape);
        double gainCurrent = model.GainCurrent * model.BiasFactor(die.DieTemperature);
        Assert.Equal(model.Rule.L2 + die.CellLeakages[0][0] / gainCurrent, batch.Effective[0].Lambda, 1e-12);
        Assert.True(batch.Effective[0].Lambda > model.Rule.L2);
    }

    private static void AssertSameBits<T>(LearningTask task)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var shape = new LayerShape(3, 7);
        AcceleratorModel model = Made.Model(task, shape);
        Examples problem = Made.Problem(task, 3, 7, 40, 2);
        DrawnErrors errors = Made.Errors(Made.Silicon(shape, Made.Everything, gradient: 2), 6, Made.Eight(0));
        StepPlan plan = Plan(model, problem, errors) with { Steps = 2 };
        var signals = new SignalSet<T>(problem, model.Design.InputQuiescent);
        T[][] answers =
        [
            .. new[] { VectorWidth.Scalar, VectorWidth.Bits256, VectorWidth.Bits512 }.Select(width =>
            {
                using var batch = Trained<T>(model, problem, plan, errors, width);
                return batch.Predict(signals, 0.001).ToArray();
            }),
        ];
        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(answers[0], answers[2]);
    }

    private static StepPlan Plan(AcceleratorModel model, Examples problem, DrawnErrors errors) =>
        StepControl.Choose(
            model,
            problem,
            [
                [.. Enumerable.Range(0, problem.Count)],
            ],
            (233.15, 358.15),
            errors,
            16
        );

    private static LayerBatch<T> Trained<T>(
        AcceleratorModel model,
        Examples problem,
        StepPlan plan,
        DrawnErrors errors,
        VectorWidth width = VectorWidth.Best
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var batch = new LayerBatch<T>(model, new SignalSet<T>(problem, model.Design.InputQuiescent), plan, width);
        var groups = new ICellErrors[LayerBatch<T>.Lanes / ICellErrors.Lanes];
        Array.Fill(groups, errors);
        batch.Load(groups);
        batch.TrainEpoch([.. Enumerable.Range(0, problem.Count)]);
        return batch;
    }
}
