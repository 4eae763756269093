using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Netlists;
using YieldLab.Circuits.Technology;
using YieldLab.SimulationTests.Support;
using YieldLab.Studies.Dies;
using YieldLab.Tests.Circuits;

namespace YieldLab.SimulationTests;

/// <summary>
/// Random dies as transistor-level transients of ngspice against the EKV kernel: both halves of every weight after every
/// presentation. The netlist knows no equation of the layer, only devices and wires.
/// </summary>
public class SpiceTests(ITestOutputHelper output)
{
    private const int Presentations = 24;

    // In percent of full scale. The kernel's steps may leave 0.05 % in a weight, the transient about 0.02 %: half its steps or a tenth of its tolerance move a
    // weight by 0.002 % at most; edges of 0.1 % of a presentation lose up to 0.1 % of updates of up to 0.1 each, which the
    // halves then keep: 0.01 % each. One cell's error of the wrong sign (a few per cent of one product) moves a weight by more.
    private const double LargestRms = 0.03;
    private const double LargestDifference = 0.1;

    private static readonly double[] Kelvins = [233.15, 300.15, 358.15, 398.15];

    public static TheoryData<LearningTask, int, int, double, long> Dies
    {
        get
        {
            var dies = new TheoryData<LearningTask, int, int, double, long>();
            // Unit currents: inversion coefficients of about 0.01 and 0.1.
            for (long die = 0; die < 4; die++)
            {
                dies.Add(LearningTask.Linear, 1, 3, 1e-8, die);
                dies.Add(LearningTask.Linear, 2, 4, 1e-8, die);
                dies.Add(LearningTask.Linear, 1, 5, 1e-7, die);
                dies.Add(LearningTask.Softmax, 2, 3, 1e-8, die);
                dies.Add(LearningTask.Softmax, 3, 4, 1e-8, die);
                dies.Add(LearningTask.Softmax, 3, 3, 1e-7, die);
            }
            return dies;
        }
    }

    [Theory]
    [MemberData(nameof(Dies))]
    public void Transient_weights_match_the_kernel(
        LearningTask task,
        int outputs,
        int inputs,
        double unitCurrent,
        long die
    )
    {
        Ngspice.Need();
        var shape = new LayerShape(outputs, inputs);
        Design design = Made.Unequal(Made.Design()) with { UnitCurrent = unitCurrent };
        AcceleratorModel model = Made.Model(task, shape, Made.Rule(0.2, 0.05), design, Fidelity.Ekv);
        Silicon silicon = Made.Silicon(shape, Made.Everything, design, gradient: 3) with
        {
            Temperature = new TemperatureRange.Listed(Kelvins),
        };
        GivenErrors errors = GivenErrors.Of(Made.Errors(silicon, 21, [.. Enumerable.Repeat(die, 8)]), 0, shape);
        Assert.Equal(Kelvins[die], errors.DieTemperature);
        Examples problem = Made.Problem(task, outputs, inputs, Presentations, 17);
        int[] order = [.. Enumerable.Range(0, Presentations)];

        string netlist = SpiceNetlist.Of($"die {die}", model, errors, problem, order);
        SpiceAnswer spice = SpiceRun.Run(netlist, shape, Presentations, DieVerification.Patience);

        WeightDifference off = WeightDifference.Of(spice.Weights, Solved(model, errors, problem, order));
        string what = $"{task} {outputs}x{inputs}, {unitCurrent} A, die {die} of seed 21 at {Kelvins[die]} K";
        output.WriteLine($"{what}: rms {off.Rms:0.0000} %, worst {off.Worst:0.0000} %, {spice.Seconds:0.0} s");
        Assert.True(off.Rms < LargestRms && off.Worst < LargestDifference, $"{what}: {off}");
    }

    // The kernel's weights after each presentation, in as many steps as a study would take.
    private static IEnumerable<double[][]> Solved(
        AcceleratorModel model,
        GivenErrors errors,
        Examples problem,
        int[] order
    )
    {
        var extent = (errors.DieTemperature, errors.DieTemperature);
        StepPlan plan = StepControl.Choose<double>(new(model, problem, [order], extent, errors), 64);
        using var batch = new LayerBatch<double>(model, new(problem, model.Design.InputQuiescent), plan);
        batch.Load(errors);
        foreach (int example in order)
        {
            batch.TrainEpoch([example]);
            yield return
            [
                .. Enum.GetValues<WeightHalf>()
                    .Select(half =>
                        Enumerable.Range(0, model.Shape.Weights).Select(w => batch.Weight(0, half, w)).ToArray()
                    ),
            ];
        }
    }
}
