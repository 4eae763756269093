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
        // Deep in weak inversion: EKV has the same closed form there.
        Design design = Made.Design() with
        {
            UnitCurrent = 1e-12,
        };
        double[] halves = Stationary(fidelity, kelvin, 4000, Made.Rule(0.002, 100), design, All);
        double mean = halves.Average();
        Assert.InRange(Variance(halves) / (mean * mean) / Electron(kelvin), 0.97, 1.03);
    }

    // Balanced halves m, decay d = eta lambda and coupling c = eta rho m a presentation: each half gains the variance
    // D = 2 q/(C n UT) m^2 (d + c) a presentation, their difference decays by d and their sum by d + 2 c, so that the
    // difference has the variance D/d and the sum D/(d + 2 c) (Ornstein-Uhlenbeck). The slower of the two, the difference,
    // correlates by exp(-0.1): 64 weights and 12,000 presentations are worth 768,000 tanh(0.1), 76,500, squares; five
    // standard deviations are 2.6 %.
    [Theory]
    [InlineData(Fidelity.WeakInversion)]
    [InlineData(Fidelity.Ekv)]
    public void Coupled_halves_share_the_noise_as_the_linear_theory_says(Fidelity fidelity)
    {
        const double decay = 0.1;
        const double middle = 0.2;
        // eta = 2, rho = 0.5: c = 0.2. The balance rho wq^2 = lambda m + rho m^2 gives wq.
        Design design = Made.Design() with
        {
            UnitCurrent = 1e-12,
            WeightQuiescent = Math.Sqrt(decay / 2 * middle / 0.5 + middle * middle),
        };
        double[] halves = Stationary(fidelity, 300.15, 12_000, Made.Rule(2, decay / 2), design, Gradient);
        double[] difference = [.. halves.Chunk(2).Select(half => half[0] - half[1])];
        double[] sum = [.. halves.Chunk(2).Select(half => half[0] + half[1])];
        Assert.InRange(sum.Average() / 2, 0.99 * middle, 1.01 * middle);
        const double cross = 2 * 0.5 * middle;
        double gained = 2 * Electron(300.15) * middle * middle * (decay + cross);
        Assert.InRange(Variance(difference) / (gained / decay), 0.97, 1.03);
        Assert.InRange(Variance(sum) / (gained / (decay + 2 * cross)), 0.96, 1.04);
    }

    // A half that only charges, from wq = 0.1 by eta rho wq^2 = 0.1 in its first presentation: the variance is
    // q/(C n UT) times the integral of w dw, 0.1 * 0.15. 40 times 128 halves: five standard deviations of a variance are 10 %.
    [Fact]
    public void Charging_alone_makes_noise_too()
    {
        double[] halves = [];
        for (ulong seed = 0; seed < 40; seed++)
            halves =
            [
                .. halves,
                .. Run(Fidelity.WeakInversion, 300.15, 0, 1, Made.Rule(20, 0), Made.Design(), All, seed),
            ];
        Assert.InRange(halves.Average(), 0.1999, 0.2001);
        Assert.InRange(Variance(halves) / (Electron(300.15) * 0.1 * 0.15), 0.9, 1.1);
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

    private static readonly LoopKind[] Gradient = [LoopKind.UpdPp, LoopKind.UpdPn, LoopKind.UpdNp, LoopKind.UpdNn];
    private static readonly LoopKind[] All = [.. Gradient, LoopKind.IntCcP, LoopKind.IntCcN];

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    // q/(C n UT) at 1 pF.
    private static double Electron(double kelvin) =>
        PhysicalConstants.ElementaryCharge
        / (1e-12 * Made.Card.Device.SlopeFactor * PhysicalConstants.ThermalVoltage(kelvin));

    // A presentation of 1 ms keeps the currents small, that is deep in weak inversion.
    private static double[] Stationary(
        Fidelity fidelity,
        double kelvin,
        int presentations,
        SgdrRule rule,
        Design design,
        LoopKind[] cut
    ) => Run(fidelity, kelvin, 100, presentations, rule with { PresentationTime = 1e-3 }, design, cut, 5);

    // Half weights p, n, p, n ... of 8 weights and 8 dies after each presentation but the first ones; the dies are nominal
    // but for loops that are cut off.
    private static double[] Run(
        Fidelity fidelity,
        double kelvin,
        int skipped,
        int presentations,
        SgdrRule rule,
        Design design,
        LoopKind[] cut,
        ulong seed
    )
    {
        AcceleratorModel model = Made.Model(LearningTask.Linear, Shape, rule, design, fidelity);
        Examples problem = Made.Problem(LearningTask.Linear, 1, 8, 1, 1);
        StepPlan plan = StepControl.Plan(model, problem, (kelvin, kelvin), 8);
        using var batch = new LayerBatch<double>(model, new(problem, model.Design.InputQuiescent), plan, true);
        batch.Load(new ShotNoise(new(seed), Made.Eight(0)), WithoutLoops(design, kelvin, cut));
        var halves = new List<double>();
        for (int k = 0; k < skipped + presentations; k++)
        {
            batch.TrainEpoch([0]);
            if (k < skipped)
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

    // Errors of -60 (a gain of 1e-26) cut off loops.
    private static GivenErrors WithoutLoops(Design design, double kelvin, LoopKind[] cut)
    {
        var silicon = Made.Silicon(Shape, Made.Nothing, design) with
        {
            Temperature = new TemperatureRange.Fixed(kelvin),
        };
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
