using YieldLab.Statistics.Numerics;

namespace YieldLab.Circuits.Accelerators;

/// <summary>
/// SGDr without a circuit: dw/dt = -(eta/Ts)(e x + lambda w), each example presented for Ts, w = 0 at the start. What
/// every die is compared with.
/// </summary>
/// <remarks>
/// Within a presentation the outputs y = w x follow dy/dt = -eta (|x|^2 e + lambda y) (time in units of Ts), and the
/// weights are w(1) = w(0) exp(-eta lambda) - eta x J with dJ/dt = e - eta lambda J: K equations, solved by the classical
/// Runge-Kutta method with steps so short that its error stays below 1e-8.
/// </remarks>
public sealed class IdealReference
{
    private const double RatePerStep = 0.05;

    private readonly SgdrRule _rule;
    private readonly LearningTask _task;
    private readonly double _gain;
    private readonly int _outputs;
    private readonly int _inputs;
    private readonly double[] _weights;
    private readonly double[] _meanErrors;

    /// <param name="rule">Nominal eta and lambda; its presentation time has no influence.</param>
    /// <param name="task">Linear or softmax.</param>
    /// <param name="activationGain">g0, without effect in a linear layer.</param>
    /// <param name="outputs">K.</param>
    /// <param name="inputs">d, the constant input included.</param>
    public IdealReference(SgdrRule rule, LearningTask task, double activationGain, int outputs, int inputs)
    {
        _rule = rule;
        _task = task;
        _gain = activationGain;
        _outputs = outputs;
        _inputs = inputs;
        _weights = new double[outputs * inputs];
        _meanErrors = new double[outputs];
    }

    /// <summary>Weights in units of Iu, [output][input].</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Error of each output over the last presentation: the integral J of the remarks, which is its mean up to
    /// the decay within one presentation (a share of eta lambda).</summary>
    public ReadOnlySpan<double> MeanErrors => _meanErrors;

    /// <summary>One pass over the examples in the order given.</summary>
    public void TrainEpoch(Examples examples, ReadOnlySpan<int> order)
    {
        foreach (int e in order)
            Present(examples.Input(e), examples.Target(e));
    }

    /// <summary>Predictions, [example][output].</summary>
    public double[] Predict(Examples examples)
    {
        double[] predictions = new double[examples.Count * _outputs];
        for (int e = 0; e < examples.Count; e++)
        {
            Span<double> row = predictions.AsSpan(e * _outputs, _outputs);
            Read(examples.Input(e), row);
            if (_task == LearningTask.Softmax)
                Softmax(row);
        }
        return predictions;
    }

    private void Present(ReadOnlySpan<double> x, ReadOnlySpan<double> target)
    {
        double eta = _rule.LearningRate;
        double decay = eta * _rule.L2;
        double square = 0;
        foreach (double value in x)
            square += value * value;
        double rate = eta * square * (_task == LearningTask.Softmax ? _gain : 1) + decay;
        int steps = Math.Max(4, (int)Math.Ceiling(rate / RatePerStep));

        // State: the outputs, then the integrals J.
        double[] state = new double[2 * _outputs];
        Read(x, state.AsSpan(0, _outputs));
        var stage = new double[state.Length];
        var slope = new double[state.Length];
        var sum = new double[state.Length];
        double h = 1.0 / steps;
        for (int s = 0; s < steps; s++)
        {
            sum.AsSpan().Clear();
            state.CopyTo(stage, 0);
            foreach (var (weight, ahead) in new[] { (1, h / 2), (2, h / 2), (2, h), (1, 0) })
            {
                Slopes(stage, target, eta * square, decay, slope);
                for (int i = 0; i < state.Length; i++)
                {
                    sum[i] += weight * slope[i];
                    stage[i] = state[i] + ahead * slope[i];
                }
            }
            for (int i = 0; i < state.Length; i++)
                state[i] += h / 6 * sum[i];
        }

        state.AsSpan(_outputs).CopyTo(_meanErrors);
        double kept = Elementary.Exp(-decay);
        for (int o = 0; o < _outputs; o++)
        for (int i = 0; i < _inputs; i++)
        {
            ref double w = ref _weights[o * _inputs + i];
            w = w * kept - eta * x[i] * state[_outputs + o];
        }
    }

    private void Slopes(double[] state, ReadOnlySpan<double> target, double gradient, double decay, double[] slope)
    {
        Span<double> error = slope.AsSpan(_outputs, _outputs);
        state.AsSpan(0, _outputs).CopyTo(error);
        if (_task == LearningTask.Softmax)
            Softmax(error);
        for (int o = 0; o < _outputs; o++)
        {
            double e = error[o] - target[o];
            slope[o] = -gradient * e - decay * state[o];
            slope[_outputs + o] = e - decay * state[_outputs + o];
        }
    }

    private void Read(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int o = 0; o < _outputs; o++)
        {
            double sum = 0;
            for (int i = 0; i < _inputs; i++)
                sum += _weights[o * _inputs + i] * x[i];
            y[o] = sum;
        }
    }

    private void Softmax(Span<double> y)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in y)
            largest = Math.Max(largest, value);
        double sum = 0;
        foreach (ref double value in y)
        {
            value = Elementary.Exp(_gain * (value - largest));
            sum += value;
        }
        foreach (ref double value in y)
            value /= sum;
    }
}
