using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Costs;

namespace YieldLab.Tests.Circuits;

/// <summary>Means of the signals over a training, against the full equations of the nominal circuit.</summary>
public class MeanSignalsTests
{
    private const int Parts = 16;
    private const int Presentations = 120;

    // The recorder is of second order in the rate of a presentation, r = eta |x|^2 = 0.1 x 2.7: its midpoint misses the
    // mean by at most r^2/12 = 6e-3 of the change within a presentation, which is below 0.05 (eta |e x|). Full scale is 1.
    private const double Allowed = 3e-4;

    [Theory]
    [InlineData(LearningTask.Linear, 2, 5)]
    [InlineData(LearningTask.Softmax, 3, 5)]
    public void Means_are_those_of_the_full_equations(LearningTask task, int outputs, int inputs)
    {
        var shape = new LayerShape(outputs, inputs);
        AcceleratorModel model = Made.Model(task, shape, Made.Rule(0.1));
        Examples problem = Made.Problem(task, outputs, inputs, Presentations, 9);

        MeanSignals actual = MeanSignals.OverTraining(
            model,
            problem,
            [
                [.. Enumerable.Range(0, Presentations)],
            ]
        );

        MeanSignals expected = Sampled(model, problem);
        Near(expected.Input, actual.Input, 1e-12);
        Near(expected.Target, actual.Target, 1e-12);
        Near(expected.Error, actual.Error, Allowed);
        Near(expected.Weight, actual.Weight, Allowed);
        Near(expected.Forward, actual.Forward, Allowed);
        Near(expected.Gradient, actual.Gradient, Allowed);
        // The halves are far above their rest, so the equation of their sum has been at work.
        Assert.True(expected.Weight.P > 1.3 * model.Design.WeightQuiescent);
    }

    // The midpoint rule is stable: at a rate where explicit steps explode, currents stay positive and finite.
    [Fact]
    public void Halves_stay_positive_at_any_learning_rate()
    {
        AcceleratorModel model = Made.Model(LearningTask.Linear, new(2, 5), Made.Rule(50));
        Examples problem = Made.Problem(LearningTask.Linear, 2, 5, 40, 4);
        MeanSignals mean = MeanSignals.OverTraining(
            model,
            problem,
            [
                [.. Enumerable.Range(0, 40)],
            ]
        );
        Assert.InRange(mean.Weight.P, 1e-6, 100);
        Assert.InRange(mean.Weight.N, 1e-6, 100);
    }

    [Fact]
    public void Without_a_signal_only_quiescent_currents_flow()
    {
        MeanSignals idle = MeanSignals.Idle(Made.Design());
        Assert.Equal(new Polarities(0.02, 0.02), idle.Input);
        Assert.Equal(new Polarities(0.02, 0.02), idle.Error);
        Assert.Equal(new Polarities(0.1, 0.1), idle.Weight);
        Assert.Equal(default, idle.Target);
        Assert.Equal(0.02 * 0.1, idle.Forward.Pn);
        Assert.Equal(0.02 * 0.02, idle.Gradient.Np);
    }

    // A presentation in parts: each takes a share of Ts and of eta, so that IG and all rates stay what they are. The
    // means are trapezoidal sums over the parts; their error falls with the square of Parts, to 1/256 of Allowed.
    private static MeanSignals Sampled(AcceleratorModel model, Examples problem)
    {
        AcceleratorModel part = model with
        {
            Rule = model.Rule with
            {
                LearningRate = model.Rule.LearningRate / Parts,
                PresentationTime = model.Rule.PresentationTime / Parts,
            },
        };
        Silicon silicon = Made.Silicon(model.Shape, Made.Nothing);
        var full = new FullEquations(part, GivenErrors.Of(Made.Errors(silicon, 1, Made.Eight(0)), 0, model.Shape));
        var sums = new Sums(model);
        for (int e = 0; e < problem.Count; e++)
        for (int p = 0; p <= Parts; p++)
        {
            sums.Add(full, problem, e, p is 0 or Parts ? 0.5 / Parts : 1.0 / Parts);
            if (p < Parts)
                full.Present(problem.Input(e), problem.Target(e), 2);
        }
        return sums.Mean(problem.Count);
    }

    private static void Near(Polarities expected, Polarities actual, double allowed)
    {
        Assert.InRange(actual.P - expected.P, -allowed, allowed);
        Assert.InRange(actual.N - expected.N, -allowed, allowed);
    }

    private static void Near(Quadrants expected, Quadrants actual, double allowed)
    {
        Near(new Polarities(expected.Pp, expected.Pn), new(actual.Pp, actual.Pn), allowed);
        Near(new Polarities(expected.Np, expected.Nn), new(actual.Np, actual.Nn), allowed);
    }

    /// <summary>Sums of every signal, written out cell by cell.</summary>
    private sealed class Sums(AcceleratorModel model)
    {
        private readonly double[] _input = new double[2];
        private readonly double[] _error = new double[2];
        private readonly double[] _weight = new double[2];
        private readonly double[] _target = new double[2];
        private readonly double[,] _forward = new double[2, 2];
        private readonly double[,] _gradient = new double[2, 2];

        public void Add(FullEquations circuit, Examples problem, int example, double share)
        {
            double[] prediction = circuit.Predict(problem.Input(example));
            var (outputs, inputs) = model.Shape;
            for (int side = 0; side < 2; side++)
            {
                for (int i = 0; i < inputs; i++)
                    _input[side] += share * Split(problem.Input(example)[i], side, 0.02) / inputs;
                for (int o = 0; o < outputs; o++)
                {
                    double target = problem.Target(example)[o];
                    _error[side] += share * Split(prediction[o] - target, side, 0.02) / outputs;
                    if (model.Task == LearningTask.Linear)
                        _target[side] += share * Split(target, side, 0) / outputs;
                }
                foreach (double half in circuit.Weights[side])
                    _weight[side] += share * half / model.Shape.Weights;
            }
            for (int a = 0; a < 2; a++)
            for (int b = 0; b < 2; b++)
            for (int o = 0; o < outputs; o++)
            for (int i = 0; i < inputs; i++)
            {
                double x = problem.Input(example)[i];
                double each = share / model.Shape.Weights;
                _forward[a, b] += each * Split(x, a, 0.02) * circuit.Weights[b][o * inputs + i];
                _gradient[a, b] +=
                    each * Split(prediction[o] - problem.Target(example)[o], a, 0.02) * Split(x, b, 0.02);
            }
        }

        public MeanSignals Mean(int presentations)
        {
            double each = 1.0 / presentations;
            return new()
            {
                Input = new Polarities(_input[0], _input[1]) * each,
                Error = new Polarities(_error[0], _error[1]) * each,
                Weight = new Polarities(_weight[0], _weight[1]) * each,
                Target = new Polarities(_target[0], _target[1]) * each,
                Forward = new Quadrants(_forward[0, 0], _forward[0, 1], _forward[1, 0], _forward[1, 1]) * each,
                Gradient = new Quadrants(_gradient[0, 0], _gradient[0, 1], _gradient[1, 0], _gradient[1, 1]) * each,
            };
        }

        private static double Split(double value, int side, double quiescent) =>
            Math.Max(side == 0 ? value : -value, 0) + quiescent;
    }
}
