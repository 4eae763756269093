using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;

namespace YieldLab.Tests.Circuits;

public class StepControlTests
{
    private static readonly LayerShape Shape = new(2, 8);
    private static readonly Examples Problem = Made.Problem(LearningTask.Softmax, 2, 8, 50, 4);
    private static readonly int[] Order = [.. Enumerable.Range(0, 50)];

    [Fact]
    public void Fast_learning_gets_more_steps()
    {
        Assert.True(Choose(0.02, 64).Steps < Choose(1.5, 64).Steps);
    }

    [Fact]
    public void Chosen_steps_keep_the_promise_against_sixteen_times_as_many()
    {
        foreach (double eta in new[] { 0.05, 0.3, 1 })
        {
            StepPlan plan = Choose(eta, 64);
            double[] chosen = Weights(eta, plan);
            double[] converged = Weights(
                eta,
                StepControl.Plan(Model(eta), Problem, (233.15, 358.15), 16 * plan.Steps, 4)
            );
            Assert.True(chosen.Zip(converged, (a, b) => Math.Abs(a - b)).Max() < 1e-3, $"eta {eta}");
        }
    }

    [Fact]
    public void Too_fast_a_rule_is_refused_and_the_rate_named_instead_is_usable()
    {
        var refusal = Assert.Throws<StepLimitException>(() => Choose(40, 2));
        Assert.Equal(2, refusal.MostSteps);
        Assert.InRange(refusal.LargestUsable, 0.01, 39);
        Assert.InRange(Choose(refusal.LargestUsable, 2).Steps, 1, 2);
        Assert.Throws<StepLimitException>(() => Choose(1.3 * refusal.LargestUsable, 2));
    }

    [Fact]
    public void Weight_that_outruns_its_step_is_reported()
    {
        StepPlan plan = StepControl.Plan(Model(30), Problem, (233.15, 358.15), 1);
        using var batch = Batch(30, plan);
        Assert.NotNull(batch.Fault(0));
    }

    private static AcceleratorModel Model(double eta) => Made.Model(LearningTask.Softmax, Shape, Made.Rule(eta));

    private static DrawnErrors Pilots() => Made.Errors(Made.Silicon(Shape, Made.Everything), 1, Made.Eight(0));

    private static StepPlan Choose(double eta, int most) =>
        StepControl.Choose<double>(new(Model(eta), Problem, [Order], (233.15, 358.15), Pilots()), most);

    private static double[] Weights(double eta, StepPlan plan)
    {
        using var batch = Batch(eta, plan);
        return [.. Enumerable.Range(0, 8 * Shape.Weights).Select(i => batch.Weight(i % 8, WeightHalf.P, i / 8))];
    }

    private static LayerBatch<double> Batch(double eta, StepPlan plan)
    {
        var batch = new LayerBatch<double>(Model(eta), new(Problem, Made.Design().InputQuiescent), plan);
        batch.Load(Pilots());
        batch.TrainEpoch(Order);
        return batch;
    }
}
