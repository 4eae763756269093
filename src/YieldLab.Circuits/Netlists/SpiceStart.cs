using YieldLab.Circuits.Accelerators;
using static YieldLab.Circuits.Netlists.SpiceText;

namespace YieldLab.Circuits.Netlists;

/// <summary>
/// Where the signals of the first example roughly stand: what they are without any error, in weak inversion. From there
/// ngspice finds the operating point; it is a hint (.nodeset) and changes no result.
/// </summary>
internal sealed class SpiceStart(AcceleratorModel model, Examples examples, int first, SpiceText text)
{
    private readonly Cells.Design _design = model.Design;

    public void Write()
    {
        text.Line("* hints for the operating point");
        var inputs = new (double P, double N)[model.Shape.Inputs];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = Rectified(examples.Input(first)[i], _design.InputQuiescent);
            Hint(("xp", inputs[i].P), ("xn", inputs[i].N), $"{i}");
        }
        double y = _design.WeightQuiescent * inputs.Sum(x => x.P + x.N);
        for (int o = 0; o < model.Shape.Outputs; o++)
            Output(o, y, examples.Target(first)[o], inputs);
    }

    private void Output(int o, double y, double target, (double P, double N)[] inputs)
    {
        bool linear = model.Task == LearningTask.Linear;
        double yp = y + (linear ? Math.Max(-target, 0) : 0);
        double yn = y + (linear ? Math.Max(target, 0) : 0);
        var (ep, en) = Rectified(linear ? -target : 1.0 / model.Shape.Outputs - target, _design.ErrorQuiescent);
        Hint(("yp", yp), ("yn", yn), $"{o}");
        Hint(("sp", yp), ("sn", yn), $"{o}");
        Hint(("ep", ep), ("en", en), $"{o}");
        for (int i = 0; i < inputs.Length; i++)
        {
            var (xp, xn) = inputs[i];
            Hint(("up", ep * xn + en * xp), ("un", ep * xp + en * xn), $"{o}_{i}");
            Hint(("wp", _design.WeightQuiescent), ("wn", _design.WeightQuiescent), $"{o}_{i}");
        }
    }

    private static (double P, double N) Rectified(double signal, double quiescent) =>
        (Math.Max(signal, 0) + SpiceLayer.Level(quiescent), Math.Max(-signal, 0) + SpiceLayer.Level(quiescent));

    private void Hint((string Node, double Value) p, (string Node, double Value) n, string at) =>
        text.Line($".nodeset v({p.Node}_{at})={Number(p.Value)} v({n.Node}_{at})={Number(n.Value)}");
}
