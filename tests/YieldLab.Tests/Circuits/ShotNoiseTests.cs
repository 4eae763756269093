using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Circuits;

/// <summary>Shot noise of the weights against the closed form: the stationary relative variance of a half without gradient
/// and coupling is q/(C n UT), whatever its currents.</summary>
public class ShotNoiseTests
{
    private static readonly LayerShape Shape = new(1, 8);

    // A half relaxes by eta lambda = 0.2 of itself in a presentation, so the noise is an Ornstein-Uhlenbeck process whose
    // samples correlate by r = exp(-0.2): 128 halves and 4,000 presentations are worth 512,000 (1 - r^2)/(1 + r^2), 101,000,
    // independent squares. The relative standard deviation of a variance is sqrt(2/101,000) = 0.0045; five of them are
    // 2.2 %. In EKV the largest current, that of the decay, is 7 pA: sqrt(I/IS)/2 adds 0.2 %.
    [Theory]
    [InlineData(Fidelity.WeakInversion, 300.15)]
    [InlineData(Fidelity.WeakInversion, 398.15)]
    [InlineData(Fidelity.Ekv, 300.15)]
    public void Stationary_variance_is_that_of_the_closed_form(Fidelity fidelity, double kelvin)
    {
        double[] halves = Stationary(fidelity, kelvin, 4000);
        double mean = halves.Average();
        double variance = halves.Average(w => (w - mean) * (w - mean)) / (mean * mean);
        double expected =
            PhysicalConstants.ElementaryCharge
            / (1e-12 * Made.Card.Device.SlopeFactor * PhysicalConstants.ThermalVoltage(kelvin));
        Assert.InRange(variance / expected, 0.97, 1.03);
    }

    [Theory]
    [InlineData(Fidelity.WeakInversion)]
    [InlineData(Fidelity.Ekv)]
    public void A_die_has_the_same_noise_in_any_lane_and_any_vector_width(Fidelity fidelity)
    {
        AcceleratorModel model = Made.Model(LearningTask.Softmax, new(3, 5), fidelity: fidelity);
        Examples problem = Made.Problem(LearningTask.Softmax, 3, 5, 30, 1);
        double[] here = Trained(VectorWidth.Best, [0, 1, 2, 3, 4, 5, 6, 7], 5);
        Assert.Equal(here, Trained(VectorWidth.Best, [5, 0, 0, 0, 0, 0, 0, 0], 0));
        Assert.Equal(here, Trained(VectorWidth.Bits256, [0, 1, 2, 3, 4, 5, 6, 7], 5));
        Assert.Equal(here, Trained(VectorWidth.Scalar, [0, 1, 2, 3, 4, 5, 6, 7], 5));
        Assert.NotEqual(here, Trained(VectorWidth.Best, [0, 1, 2, 3, 4, 5, 6, 7], 5, seed: 8));

        double[] Trained(VectorWidth width, long[] dies, int lane, ulong seed = 7)
        {
            var errors = Made.Errors(Made.Silicon(model.Shape, Made.Everything), 3, dies);
            StepPlan plan = StepControl.Plan(model, problem, (233.15, 358.15), 2);
            using var batch = new LayerBatch<double>(
                model,
                new(problem, model.Design.InputQuiescent),
                plan,
                true,
                width
            );
            batch.Load(new ShotNoise(new(seed), dies), errors);
            batch.TrainEpoch([.. Enumerable.Range(0, 30)]);
            return [.. Enumerable.Range(0, 15).Select(w => batch.Weight(lane, WeightHalf.N, w))];
        }
    }

    // The noise of a presentation is one draw, however many steps it has: finer steps meet the same noise.
    [Fact]
    public void Noise_does_not_depend_on_the_integration_steps()
    {
        AcceleratorModel model = Made.Model(LearningTask.Linear, new(1, 4));
        Examples problem = Made.Problem(LearningTask.Linear, 1, 4, 200, 1);
        double[] coarse = Trained(8, noisy: true);
        double[] fine = Trained(16, noisy: true);
        double noise = Difference(fine, Trained(16, noisy: false));
        Assert.True(Difference(coarse, fine) < 0.05 * noise, $"{Difference(coarse, fine)} of {noise}");

        double[] Trained(int steps, bool noisy)
        {
            var errors = Made.Errors(Made.Silicon(model.Shape, Made.Everything), 3, Made.Eight(0));
            StepPlan plan = StepControl.Plan(model, problem, (233.15, 358.15), steps);
            using var batch = new LayerBatch<double>(model, new(problem, model.Design.InputQuiescent), plan, noisy);
            if (noisy)
                batch.Load(new ShotNoise(new(1), Made.Eight(0)), errors);
            else
                batch.Load(errors);
            batch.TrainEpoch([.. Enumerable.Range(0, 200)]);
            return [.. Enumerable.Range(0, 4).Select(w => batch.Weight(0, WeightHalf.P, w))];
        }
        static double Difference(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
    }

    // Half weights of 8 dies after each presentation, once they have settled; nominal but for loops that are cut off.
    private static double[] Stationary(Fidelity fidelity, double kelvin, int presentations)
    {
        // Deep in weak inversion: EKV has the same closed form there.
        Design design = Made.Design() with
        {
            UnitCurrent = 1e-12,
        };
        AcceleratorModel model = Made.Model(
            LearningTask.Linear,
            Shape,
            Made.Rule(0.002, 100) with
            {
                PresentationTime = 1e-3,
            },
            design,
            fidelity
        );
        Examples problem = Made.Problem(LearningTask.Linear, 1, 8, 1, 1);
        StepPlan plan = StepControl.Plan(model, problem, (kelvin, kelvin), 8);
        using var batch = new LayerBatch<double>(model, new(problem, model.Design.InputQuiescent), plan, true);
        batch.Load(new ShotNoise(new(5), Made.Eight(0)), WithoutGradient(design, kelvin));
        var halves = new List<double>();
        for (int k = 0; k < presentations + 100; k++)
        {
            batch.TrainEpoch([0]);
            if (k < 100)
                continue;
            for (int lane = 0; lane < 8; lane++)
            for (int w = 0; w < 8; w++)
            {
                halves.Add(batch.Weight(lane, WeightHalf.P, w));
                halves.Add(batch.Weight(lane, WeightHalf.N, w));
            }
        }
        return [.. halves];
    }

    // Errors of -60 (a gain of 1e-26) cut off the gradient multipliers and the cross-coupling.
    private static GivenErrors WithoutGradient(Design design, double kelvin)
    {
        var silicon = Made.Silicon(Shape, Made.Nothing, design) with
        {
            Temperature = new TemperatureRange.Fixed(kelvin),
        };
        LoopKind[] cut =
        [
            LoopKind.UpdPp,
            LoopKind.UpdPn,
            LoopKind.UpdNp,
            LoopKind.UpdNn,
            LoopKind.IntCcP,
            LoopKind.IntCcN,
        ];
        GivenErrors errors = GivenErrors.Of(Made.Errors(silicon, 1, Made.Eight(0)), 0, Shape);
        var loops = errors.CellLoops.ToDictionary(
            loop => loop.Key,
            loop =>
                cut.Contains(loop.Key) ? (loop.Value.Threshold, [.. loop.Value.Beta.Select(_ => -60.0)]) : loop.Value
        );
        double[][] kelvins = [.. Enum.GetValues<Site>().Select(site => new double[Shape.CellsAt(site)])];
        foreach (double[] site in kelvins)
            Array.Fill(site, kelvin);
        return new()
        {
            DieTemperature = kelvin,
            DieBiasGain = errors.DieBiasGain,
            DieCurrentFactor = errors.DieCurrentFactor,
            CellTemperatures = Enum.GetValues<Site>().ToDictionary(site => site, site => kelvins[(int)site]),
            CellLoops = loops,
            CellCapacitances = errors.CellCapacitances,
            CellLeakages = errors.CellLeakages,
        };
    }
}
