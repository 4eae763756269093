using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;

namespace YieldLab.Circuits.Costs;

/// <summary>
/// Trains the nominal circuit and sums up its signals. Without errors w = wp - wn is exactly the ideal reference, so only
/// the sum s = wp + wn of each weight is integrated here: per presentation
/// ds/dt = eta (A - lambda s - rho s^2/2), A = (ep + en)(xp + xn) + 2 rho wq^2 + rho w^2/2, s(0) = 2 wq.
/// </summary>
/// <remarks>
/// One step of the implicit midpoint rule a presentation: of second order, stable for any eta. Its midpoint, at which w
/// is halfway between its values before and after, stands for the presentation. The errors are the split of the mean
/// error of a presentation; where e changes sign within one, the larger halves of before and after are left out.
/// </remarks>
internal sealed class SignalRecorder
{
    private readonly AcceleratorModel _model;
    private readonly IdealReference _ideal;
    private readonly double[] _before;
    private readonly double[] _sums;
    private readonly Polarities[] _inputs;
    private int _presentations;
    private Polarities _input;
    private Polarities _error;
    private Polarities _weight;
    private Polarities _target;
    private Quadrants _forward;
    private Quadrants _gradient;

    public SignalRecorder(AcceleratorModel model)
    {
        _model = model;
        var (outputs, inputs) = model.Shape;
        _ideal = new(model.Rule, model.Task, model.Design.ActivationGain, outputs, inputs);
        _before = new double[model.Shape.Weights];
        _sums = [.. Enumerable.Repeat(2 * model.Design.WeightQuiescent, model.Shape.Weights)];
        _inputs = new Polarities[inputs];
    }

    /// <summary>Presents one example for Ts.</summary>
    public void Present(Examples examples, int example)
    {
        ReadOnlySpan<double> x = examples.Input(example);
        for (int i = 0; i < x.Length; i++)
            _inputs[i] = Polarities.Of(x[i], _model.Design.InputQuiescent);
        Polarities input = Sum(_inputs);
        _input += input;

        _ideal.Weights.CopyTo(_before);
        _ideal.TrainEpoch(examples, [example]);
        for (int o = 0; o < _model.Shape.Outputs; o++)
        {
            Polarities error = Polarities.Of(_ideal.MeanErrors[o], _model.Design.ErrorQuiescent);
            _error += error;
            _gradient += Quadrants.Of(error, input);
            AdvanceWeights(o, error);
        }
        if (_model.Task == LearningTask.Linear)
            foreach (double target in examples.Target(example))
                _target += Polarities.Of(target, 0);
        _presentations++;
    }

    /// <summary>Means over the presentations so far.</summary>
    public MeanSignals Mean()
    {
        LayerShape shape = _model.Shape;
        double perInput = 1.0 / ((double)_presentations * shape.Inputs);
        double perOutput = 1.0 / ((double)_presentations * shape.Outputs);
        double perWeight = 1.0 / ((double)_presentations * shape.Weights);
        return new()
        {
            Input = _input * perInput,
            Error = _error * perOutput,
            Weight = _weight * perWeight,
            Forward = _forward * perWeight,
            Gradient = _gradient * perWeight,
            Target = _target * perOutput,
        };
    }

    private void AdvanceWeights(int output, Polarities error)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            int cell = output * _inputs.Length + i;
            double after = _ideal.Weights[cell];
            double weight = (_before[cell] + after) / 2;
            double sum = SumAtMidpoint(_sums[cell], weight, error, _inputs[i]);
            // Both halves are positive currents: s is never below |w|.
            _sums[cell] = Math.Max(2 * sum - _sums[cell], Math.Abs(after));
            Polarities halves = new((sum + weight) / 2, (sum - weight) / 2);
            _weight += halves;
            _forward += Quadrants.Of(_inputs[i], halves);
        }
    }

    // The positive root of s = before + eta/2 (A - lambda s - rho s^2/2), in the form that loses no digits.
    private double SumAtMidpoint(double before, double weight, Polarities error, Polarities input)
    {
        Design design = _model.Design;
        double half = _model.Rule.LearningRate / 2;
        double gradient = (error.P + error.N) * (input.P + input.N);
        double rest = 2 * design.WeightQuiescent * design.WeightQuiescent + weight * weight / 2;
        double square = half * design.CrossCoupling / 2;
        double linear = 1 + half * _model.Rule.L2;
        double constant = before + half * (gradient + design.CrossCoupling * rest);
        return 2 * constant / (linear + Math.Sqrt(linear * linear + 4 * square * constant));
    }

    private static Polarities Sum(Polarities[] signals)
    {
        Polarities sum = default;
        foreach (Polarities signal in signals)
            sum += signal;
        return sum;
    }
}
