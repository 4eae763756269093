using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;

namespace YieldLab.Tests.Circuits;

/// <summary>
/// The slow, obvious solution of one die: the model's equations written down signal by signal in scalar arithmetic, and
/// the classical Runge-Kutta method on all weights at once with many small steps. Shares no code with the kernel.
/// The state is the weight itself in weak inversion and the normalised voltage of its capacitor in EKV.
/// </summary>
internal sealed class FullEquations(AcceleratorModel model, GivenErrors errors)
{
    private readonly bool _ekv = model.Fidelity == Fidelity.Ekv;
    private readonly SpecificCurrents _specific = model.Device.SpecificCurrents;
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
        double[][] state = [.. Weights.Select(half => half.Select(State).ToArray())];
        for (int s = 0; s < steps; s++)
        {
            var k1 = Slopes(state, inputs, targets);
            var k2 = Slopes(Advanced(state, k1, h / 2), inputs, targets);
            var k3 = Slopes(Advanced(state, k2, h / 2), inputs, targets);
            var k4 = Slopes(Advanced(state, k3, h), inputs, targets);
            for (int half = 0; half < 2; half++)
            for (int i = 0; i < state[half].Length; i++)
                state[half][i] += h / 6 * (k1[half][i] + 2 * k2[half][i] + 2 * k3[half][i] + k4[half][i]);
        }
        for (int half = 0; half < 2; half++)
            state[half].Select(Weight).ToArray().CopyTo(Weights[half], 0);
    }

    public double[] Predict(ReadOnlySpan<double> x)
    {
        var (positive, negative) = Forward(Weights, x.ToArray());
        double[] y = new double[_outputs];
        for (int o = 0; o < _outputs; o++)
            y[o] = positive[o] * Gain(LoopKind.SumP, o) - negative[o] * Gain(LoopKind.SumN, o);
        return model.Task == LearningTask.Softmax ? Softmax(y) : y;
    }

    /// <summary>A half weight whose capacitor has lost so much of its voltage, in units of n UT.</summary>
    public double Leaked(double weight, double fall) => _ekv ? Weight(State(weight) - fall) : weight * Math.Exp(-fall);

    private static double[][] Advanced(double[][] state, double[][] slope, double h) =>
        [.. state.Select((values, half) => values.Select((value, i) => value + h * slope[half][i]).ToArray())];

    private double[][] Slopes(double[][] state, double[] x, double[] target)
    {
        double[][] w = [.. state.Select(half => half.Select(Weight).ToArray())];
        double[] e = Errors(w, x, target);
        double[][] slopes = [new double[w[0].Length], new double[w[0].Length]];
        for (int cell = 0; cell < w[0].Length; cell++)
        {
            var (up, un) = Gradients(e, x, cell);
            for (int half = 0; half < 2; half++)
                slopes[half][cell] = _ekv
                    ? VoltageSlope(half, cell, half == 0 ? up : un, state[half][cell], w[1 - half][cell])
                    : WeightSlope(half, cell, half == 0 ? up : un, w[half][cell], w[1 - half][cell]);
        }
        return slopes;
    }

    // The gradient currents that raise each half of a weight.
    private (double Up, double Un) Gradients(double[] e, double[] x, int cell)
    {
        int o = cell / _inputs;
        int i = cell % _inputs;
        double ep = (Math.Max(e[o], 0) + model.Design.ErrorQuiescent) * Gain(LoopKind.ErrP, o);
        double en = (Math.Max(-e[o], 0) + model.Design.ErrorQuiescent) * Gain(LoopKind.ErrN, o);
        double xp = (Math.Max(x[i], 0) + model.Design.InputQuiescent) * Gain(LoopKind.DacP, i);
        double xn = (Math.Max(-x[i], 0) + model.Design.InputQuiescent) * Gain(LoopKind.DacN, i);
        double specific = _specific.Gradient;
        return (
            Product(ep, xn, specific, LoopKind.UpdPn, cell) + Product(en, xp, specific, LoopKind.UpdNp, cell),
            Product(ep, xp, specific, LoopKind.UpdPp, cell) + Product(en, xn, specific, LoopKind.UpdNn, cell)
        );
    }

    private double WeightSlope(int half, int cell, double u, double w, double other)
    {
        double charge = Charge(half, cell);
        double alpha = GainCurrent() * Gain(Of(half, LoopKind.IntUpP, LoopKind.IntUpN), cell) / charge;
        double beta = DownCurrent(half, cell) / charge;
        double chi =
            model.Design.CrossCoupling
            * GainCurrent()
            * Gain(Of(half, LoopKind.IntCcP, LoopKind.IntCcN), cell)
            / charge;
        return alpha * (u + Quiescent(half, cell)) - beta * w - chi * w * other;
    }

    private double VoltageSlope(int half, int cell, double u, double v, double other)
    {
        double unit = UnitCurrent();
        double specific = SpecificCurrent(_specific.Integrator);
        double up =
            specific
            * F(
                InverseF(unit * (u + Quiescent(half, cell)) / specific)
                    + InverseF(GainCurrent() / specific)
                    - v
                    + Epsilon(Of(half, LoopKind.IntUpP, LoopKind.IntUpN), cell)
            );
        double coupling = model.Design.CrossCoupling * GainCurrent() / unit;
        LoopKind loop = Of(half, LoopKind.IntCcP, LoopKind.IntCcN);
        double across = unit * Product(coupling, other, _specific.CrossCoupling, loop, cell);
        return (up - DownCurrent(half, cell) - across) / Charge(half, cell);
    }

    private double Quiescent(int half, int cell) =>
        model.Design.CrossCoupling
        * model.Design.WeightQuiescent
        * model.Design.WeightQuiescent
        * Gain(Of(half, LoopKind.IntQP, LoopKind.IntQN), cell);

    private double DownCurrent(int half, int cell) =>
        model.Rule.L2 * GainCurrent() * Gain(Of(half, LoopKind.IntDecP, LoopKind.IntDecN), cell)
        + errors.CellLeakages[half][cell];

    // C n UT: what the voltage of a capacitor is counted in, in coulomb.
    private double Charge(int half, int cell) =>
        errors.CellCapacitances[half][cell]
        * model.Device.SlopeFactor
        * PhysicalConstants.ThermalVoltage(errors.CellTemperatures[Site.Weight][cell]);

    private double GainCurrent() =>
        model.Rule.LearningRate
        * model.Design.Capacitor
        * model.Device.SlopeFactor
        * PhysicalConstants.ThermalVoltage(model.Device.ReferenceTemperature)
        / model.Rule.PresentationTime
        * Bias();

    // The unit current comes from the same reference as the other bias currents; in weak inversion it cancels.
    private double UnitCurrent() => model.Design.UnitCurrent * Bias();

    private double State(double weight) =>
        _ekv ? InverseF(weight * UnitCurrent() / SpecificCurrent(_specific.Integrator)) : weight;

    private double Weight(double state) =>
        _ekv ? SpecificCurrent(_specific.Integrator) / UnitCurrent() * F(state) : state;

    private static LoopKind Of(int half, LoopKind p, LoopKind n) => half == 0 ? p : n;

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
            double specific = _specific.Multiplier;
            positive[o] +=
                Product(xp, w[0][cell], specific, LoopKind.FwdPp, cell)
                + Product(xn, w[1][cell], specific, LoopKind.FwdNn, cell);
            negative[o] +=
                Product(xn, w[0][cell], specific, LoopKind.FwdNp, cell)
                + Product(xp, w[1][cell], specific, LoopKind.FwdPn, cell);
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

    // A translinear product of two currents in units of Iu, out of devices of a specific current at Tref.
    private double Product(double a, double b, double specificAtReference, LoopKind kind, int cell)
    {
        if (!_ekv)
            return a * b * Gain(kind, cell);
        double unit = UnitCurrent() / SpecificCurrent(specificAtReference);
        return F(InverseF(a * unit) + InverseF(b * unit) - InverseF(unit) + Epsilon(kind, cell)) / unit;
    }

    private double SpecificCurrent(double atReference) =>
        atReference
        * errors.DieCurrentFactor
        * Math.Pow(errors.DieTemperature / model.Device.ReferenceTemperature, 2 - model.Device.MobilityExponent);

    private static double F(double v)
    {
        double root = Math.Log(1 + Math.Exp(v / 2));
        return root * root;
    }

    private static double InverseF(double x) => 2 * Math.Log(Math.Exp(Math.Sqrt(x)) - 1);

    private double Gain(LoopKind kind, int cell) => Math.Exp(Epsilon(kind, cell));

    private double Epsilon(LoopKind kind, int cell)
    {
        var (threshold, beta) = errors.CellLoops[kind];
        double volt =
            model.Device.SlopeFactor * PhysicalConstants.ThermalVoltage(errors.CellTemperatures[kind.Site][cell]);
        return threshold[cell] / volt + beta[cell];
    }
}
