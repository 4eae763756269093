using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Studies.Dies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Circuits;

/// <summary>How long a die keeps a specification: against closed forms, and where there is no such time.</summary>
public class RetentionTests
{
    // Neighbours of the fine grid of times differ by 10^(1/256), and the stored time is the last one that holds.
    private static readonly double Grid = Math.Pow(10, 1.0 / 256);

    [Theory]
    [InlineData(3.3e-6)]
    [InlineData(1e-3)]
    [InlineData(0.0272)]
    [InlineData(123.4)]
    [InlineData(9.9e5)]
    public void Time_is_the_last_of_the_grid_that_holds(double crossing)
    {
        double[] kept = RetentionTime.Find([false], times => [times[0] > crossing]);
        Assert.InRange(kept[0], crossing / Grid * (1 - 1e-12), crossing);
    }

    [Fact]
    public void Powers_of_ten_are_times_of_the_grid()
    {
        double[] crossings = [1e-6, 1e-5, 1e-3, 1, 10, 1e5];
        double[] kept = RetentionTime.Find(
            new bool[crossings.Length],
            times => [.. times.Zip(crossings, (time, crossing) => time > crossing)]
        );
        Assert.Equal(crossings, kept);
    }

    [Fact]
    public void Dies_that_fail_at_once_within_a_microsecond_or_never_are_told_apart()
    {
        double[] kept = RetentionTime.Find([true, false, false, false], times => [true, true, times[2] > 2e6, false]);
        Assert.Equal([0, 0, double.NaN, double.NaN], kept);
    }

    // It fails from 1 to 2 ms and again from 1 s on: wide enough that a point of the coarse grid is in it.
    [Fact]
    public void First_failure_counts_even_if_the_die_recovers()
    {
        double[] kept = RetentionTime.Find([false], times => [times[0] is > 1e-3 and < 2e-3 or > 1]);
        Assert.Equal(1e-3, kept[0]);
    }

    [Fact]
    public void Times_do_not_depend_on_the_neighbours()
    {
        double[] crossings = [.. Enumerable.Range(0, 40).Select(i => 1e-7 * Math.Exp(0.8 * i))];
        bool[] atOnce = [.. crossings.Select((_, i) => i % 7 == 3)];
        double[] together = RetentionTime.Find(
            atOnce,
            times => [.. times.Zip(crossings, (time, crossing) => time > crossing)]
        );
        double[] alone =
        [
            .. crossings.Select((crossing, i) => RetentionTime.Find([atOnce[i]], times => [times[0] > crossing])[0]),
        ];
        Assert.Equal(alone, together);
    }

    // Targets of 0: the mean square output falls as exp(-2 Ileak t/(C n UT)) where all halves leak alike.
    [Theory]
    [InlineData(Precision.Double, 0.9)]
    [InlineData(Precision.Double, 1e-4)]
    [InlineData(Precision.Single, 0.5)]
    public void Leaking_output_crosses_its_limit_when_the_closed_form_does(Precision precision, double share)
    {
        DieCase die = Linear(Fidelity.WeakInversion, new(false, false, true, true)) with { Precision = precision };
        double rate = LeakageRate(die.Errors, WeightHalf.P, 0);
        Assert.Equal(rate, LeakageRate(die.Errors, WeightHalf.N, 0), 1e-12 * rate);
        double start = DieSolver.Solve(die).Metrics["mse_percent"];
        double crossing = Math.Log(1 / share) / (2 * rate);
        double kept = Kept(die, start * share);
        // Rounding of the outputs in single precision, 1e-6, moves the crossing by 1e-6 over the logarithm.
        Assert.InRange(kept, crossing / Grid * (1 - 1e-5), crossing * (1 + 1e-5));
    }

    // Cells that leak differently: the equations of each half, evaluated on either side of the answer.
    [Theory]
    [InlineData(Fidelity.WeakInversion)]
    [InlineData(Fidelity.Ekv)]
    public void Every_half_weight_leaks_by_itself(Fidelity fidelity)
    {
        DieCase die = Linear(fidelity, Made.Everything);
        DieAnswer trained = DieSolver.Solve(die);
        double limit = 0.3 * trained.Metrics["mse_percent"];
        double kept = Kept(die, limit);
        Assert.True(MeanSquare(die, trained, kept * (1 - 1e-9)) >= limit);
        Assert.True(MeanSquare(die, trained, kept * Grid * (1 + 1e-9)) < limit);
    }

    [Fact]
    public void Without_leakage_a_die_keeps_it_for_ever()
    {
        DieCase die = Linear(Fidelity.WeakInversion, new(true, true, false, true));
        Assert.Equal(double.NaN, Kept(die, 1e-9));
        Assert.Equal(0, Kept(die, 1e9));
    }

    // A rise of the error that can only come, and one that leaves an output of zero: kept for ever.
    [Fact]
    public void What_still_holds_without_weights_is_kept_for_ever()
    {
        DieCase die = Linear(Fidelity.WeakInversion, Made.Everything);
        Assert.Equal(
            double.NaN,
            DieSolver.Solve(die with { Retention = Spec.TryParse("mse_percent < 1e6") }).Retention
        );
    }

    [Fact]
    public void A_case_that_asks_for_nothing_has_no_answer() =>
        Assert.Null(DieSolver.Solve(Linear(Fidelity.WeakInversion, Made.Everything)).Retention);

    private static double Kept(DieCase die, double leastMeanSquare) =>
        DieSolver
            .Solve(
                die with
                {
                    Retention = Spec.TryParse(FormattableString.Invariant($"mse_percent >= {leastMeanSquare:r}")),
                }
            )
            .Retention!.Value;

    // A linear layer of three weights, trained on one problem and tested on targets of 0.
    private static DieCase Linear(Fidelity fidelity, Variation variation)
    {
        var shape = new LayerShape(1, 3);
        Design design = Made.Design() with { UnitCurrent = 1e-7 };
        Examples training = Made.Problem(LearningTask.Linear, 1, 3, 30, 1);
        double[][] inputs =
        [
            [0.4, -0.3],
            [0.9, 0.1],
            [-0.5, 0.7],
        ];
        return new()
        {
            Model = Made.Model(LearningTask.Linear, shape, Made.Rule(0.3), design, fidelity),
            Errors = GivenErrors.Of(Made.Errors(Made.Silicon(shape, variation, design), 5, Made.Eight(0)), 0, shape),
            Training = training,
            Orders =
            [
                [.. Enumerable.Range(0, training.Count)],
            ],
            Test = new(inputs, [.. inputs.Select(_ => new double[1])]),
            Hold = [],
            Precision = Precision.Double,
        };
    }

    private static double LeakageRate(GivenErrors errors, WeightHalf half, int weight) =>
        errors.CellLeakages[(int)half][weight]
        / (
            errors.CellCapacitances[(int)half][weight]
            * 1.4
            * PhysicalConstants.ThermalVoltage(errors.CellTemperatures[Site.Weight][weight])
        );

    private static double MeanSquare(DieCase die, DieAnswer trained, double seconds)
    {
        var full = new FullEquations(die.Model, die.Errors);
        foreach (WeightHalf half in Enum.GetValues<WeightHalf>())
            for (int w = 0; w < die.Model.Shape.Weights; w++)
            {
                double weight = trained.WeightsAfterEpoch[^1][(int)half][w];
                full.Weights[(int)half][w] = full.Leaked(weight, LeakageRate(die.Errors, half, w) * seconds);
            }
        return Enumerable.Range(0, die.Test.Count).Average(e => 100 * Math.Pow(full.Predict(die.Test.Input(e))[0], 2));
    }
}
