using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;

namespace YieldLab.Tests.Circuits;

/// <summary>
/// The slow, obvious solution of one die: the model's equations written down signal by signal in scalar arithmetic, and
/// the classical Runge-Kutta method on all weights at once with many small steps. Shares no code with the kernel.
/// </summary>
internal sealed class FullEquations(AcceleratorModel model, GivenErrors errors)
{
    private readonly int _outputs = model.Shape.Outputs;
    private readonly int _inputs = model.Shape.Inputs;

    /// <summary>[half][weight].</summary>
    public double[][] Weights { get; } =
    [
        [.. Enumerable.Repeat(model.Design.WeightQuiescent, model.Shape.Weights)],
        [.. Enumerable.Repeat(model.Design.WeightQuiescent, model.Shape.Weights)],
    ];

    public void Present(ReadOnlySpan<double> x, ReadOnlySpan<double> target, int steps)
    {
        double h = model.Rule.PresentationTime / steps;
        double[] inputs = x.ToArray();
        double[] targets = target.ToArray();
        for (int s = 0; s < steps; s++)
        {
            var k1 = Slopes(Weights, inputs, targets);
            var k2 = Slopes(Advanced(k1, h / 2), inputs, targets);
            var k3 = Slopes(Advanced(k2, h / 2), inputs, targets);
            var k4 = Slopes(Advanced(k3, h), inputs, targets);
            for (int half = 0; half < 2; half++)
            for (int i = 0; i < Weights[half].Length; i++)
                Weights[half][i] += h / 6 * (k1[half][i] + 2 * k2[half][i] + 2 * k3[half][i] + k4[half][i]);
        }
    }

    public double[] Predict(ReadOnlySpan<double> x)
    {
        var (positive, negative) = Forward(Weights, x.ToArray());
        double[] y = new double[_outputs];
        for (int o = 0; o < _outputs; o++)
            y[o] = positive[o] * Gain(LoopKind.SumP, o) - negative[o] * Gain(LoopKind.SumN, o);
        return model.Task == LearningTask.Softmax ? Softmax(y) : y;
    }

    private double[][] Advanced(double[][] slope, double h) =>
        [.. Weights.Select((w, half) => w.Select((value, i) => value + h * slope[half][i]).ToArray())];

    private double[][] Slopes(double[][] w, double[] x, double[] target)
    {
        double[] e = Errors(w, x, target);
        double[][] slopes = [new double[w[0].Length], new double[w[0].Length]];
        double n = model.Device.SlopeFactor;
        Design design = model.Design;
        double gain =
            model.Rule.LearningRate
            * design.Capacitor
            * n
            * PhysicalConstants.ThermalVoltage(model.Device.ReferenceTemperature)
            / model.Rule.PresentationTime
            * Bias();
        for (int o = 0; o < _outputs; o++)
        for (int i = 0; i < _inputs; i++)
        {
            int cell = o * _inputs + i;
            double ep = (Math.Max(e[o], 0) + design.ErrorQuiescent) * Gain(LoopKind.ErrP, o);
            double en = (Math.Max(-e[o], 0) + design.ErrorQuiescent) * Gain(LoopKind.ErrN, o);
            double xp = (Math.Max(x[i], 0) + design.InputQuiescent) * Gain(LoopKind.DacP, i);
            double xn = (Math.Max(-x[i], 0) + design.InputQuiescent) * Gain(LoopKind.DacN, i);
            double un = ep * xp * Gain(LoopKind.UpdPp, cell) + en * xn * Gain(LoopKind.UpdNn, cell);
            double up = ep * xn * Gain(LoopKind.UpdPn, cell) + en * xp * Gain(LoopKind.UpdNp, cell);
            double volt = n * PhysicalConstants.ThermalVoltage(errors.CellTemperatures[Site.Weight][cell]);
            for (int half = 0; half < 2; half++)
            {
                bool p = half == 0;
                double charge = errors.CellCapacitances[half][cell] * volt;
                double alpha = gain * Gain(p ? LoopKind.IntUpP : LoopKind.IntUpN, cell) / charge;
                double beta =
                    (
                        model.Rule.L2 * gain * Gain(p ? LoopKind.IntDecP : LoopKind.IntDecN, cell)
                        + errors.CellLeakages[half][cell]
                    ) / charge;
                double chi = design.CrossCoupling * gain * Gain(p ? LoopKind.IntCcP : LoopKind.IntCcN, cell) / charge;
                double rest =
                    design.CrossCoupling
                    * design.WeightQuiescent
                    * design.WeightQuiescent
                    * Gain(p ? LoopKind.IntQP : LoopKind.IntQN, cell);
                slopes[half][cell] =
                    alpha * ((p ? up : un) + rest) - beta * w[half][cell] - chi * w[0][cell] * w[1][cell];
            }
        }
        return slopes;
    }

    private double[] Errors(double[][] w, double[] x, double[] target)
    {
        var (positive, negative) = Forward(w, x);
        double[] e = new double[_outputs];
        if (model.Task == LearningTask.Softmax)
        {
            for (int o = 0; o < _outputs; o++)
                e[o] = positive[o] * Gain(LoopKind.SumP, o) - negative[o] * Gain(LoopKind.SumN, o);
            return [.. Softmax(e).Zip(target, (prediction, t) => prediction - t)];
        }
        for (int o = 0; o < _outputs; o++)
            e[o] =
                (positive[o] + Math.Max(-target[o], 0)) * Gain(LoopKind.SumP, o)
                - (negative[o] + Math.Max(target[o], 0)) * Gain(LoopKind.SumN, o);
        return e;
    }

    private (double[] Positive, double[] Negative) Forward(double[][] w, double[] x)
    {
        double[] positive = new double[_outputs];
        double[] negative = new double[_outputs];
        for (int o = 0; o < _outputs; o++)
        for (int i = 0; i < _inputs; i++)
        {
            int cell = o * _inputs + i;
            double xp = (Math.Max(x[i], 0) + model.Design.InputQuiescent) * Gain(LoopKind.DacP, i);
            double xn = (Math.Max(-x[i], 0) + model.Design.InputQuiescent) * Gain(LoopKind.DacN, i);
            positive[o] += xp * w[0][cell] * Gain(LoopKind.FwdPp, cell) + xn * w[1][cell] * Gain(LoopKind.FwdNn, cell);
            negative[o] += xn * w[0][cell] * Gain(LoopKind.FwdNp, cell) + xp * w[1][cell] * Gain(LoopKind.FwdPn, cell);
        }
        return (positive, negative);
    }

    private double[] Softmax(double[] y)
    {
        double[] z = new double[_outputs];
        for (int o = 0; o < _outputs; o++)
        {
            double kelvin = errors.CellTemperatures[Site.Output][o];
            double offset =
                errors.CellLoops[LoopKind.Act].Threshold[o]
                / (model.Device.SlopeFactor * PhysicalConstants.ThermalVoltage(kelvin));
            z[o] = model.Design.ActivationGain * model.Device.ReferenceTemperature / kelvin * Bias() * y[o] + offset;
        }
        double[] powers = [.. z.Select(value => Math.Exp(value - z.Max()))];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    private double Bias() =>
        Math.Pow(errors.DieTemperature / model.Device.ReferenceTemperature, model.Design.BiasTemperatureExponent)
        * errors.DieBiasGain;

    private double Gain(LoopKind kind, int cell)
    {
        var (threshold, beta) = errors.CellLoops[kind];
        double volt =
            model.Device.SlopeFactor * PhysicalConstants.ThermalVoltage(errors.CellTemperatures[kind.Site][cell]);
        return Math.Exp(threshold[cell] / volt + beta[cell]);
    }
}
