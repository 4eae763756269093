using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using static YieldLab.Circuits.Netlists.SpiceText;

namespace YieldLab.Circuits.Netlists;

/// <summary>The cells of one die and how they are wired: inputs, weights, outputs.</summary>
internal sealed class SpiceLayer(AcceleratorModel model, GivenErrors errors, SpiceText text)
{
    // A diode without any current has no operating point; a millionth of the unit current is far below every tolerance.
    private const double LeastQuiescent = 1e-6;

    private static readonly (LoopKind Kind, string X, string W, string Y)[] Forward =
    [
        (LoopKind.FwdPp, "xp", "wp", "yp"),
        (LoopKind.FwdPn, "xp", "wn", "yn"),
        (LoopKind.FwdNp, "xn", "wp", "yn"),
        (LoopKind.FwdNn, "xn", "wn", "yp"),
    ];

    private static readonly (LoopKind Kind, string E, string X, string U)[] Gradient =
    [
        (LoopKind.UpdPp, "ep", "xp", "un"),
        (LoopKind.UpdPn, "ep", "xn", "up"),
        (LoopKind.UpdNp, "en", "xp", "up"),
        (LoopKind.UpdNn, "en", "xn", "un"),
    ];

    private static readonly (LoopKind Up, LoopKind Dec, LoopKind Q, LoopKind Cc)[] Memory =
    [
        (LoopKind.IntUpP, LoopKind.IntDecP, LoopKind.IntQP, LoopKind.IntCcP),
        (LoopKind.IntUpN, LoopKind.IntDecN, LoopKind.IntQN, LoopKind.IntCcN),
    ];

    public void Write()
    {
        for (int i = 0; i < model.Shape.Inputs; i++)
            Input(i);
        for (int o = 0; o < model.Shape.Outputs; o++)
        for (int i = 0; i < model.Shape.Inputs; i++)
            Weight(o, i);
        for (int o = 0; o < model.Shape.Outputs; o++)
            Output(o);
        if (model.Task == LearningTask.Softmax)
            Softmax();
    }

    /// <summary>The least quiescent level that a netlist has.</summary>
    public static double Level(double quiescent) => Math.Max(quiescent, LeastQuiescent);

    private void Input(int i)
    {
        string t = Temperature(errors, Site.Input, i);
        text.Line($"* input {i}");
        text.Line($"Xdac_p_{i} x_{i} xp_{i} rectifier sign=1 level={{xq}} {t} {Errors(errors, LoopKind.DacP, i)}");
        text.Line($"Xdac_n_{i} x_{i} xn_{i} rectifier sign=-1 level={{xq}} {t} {Errors(errors, LoopKind.DacN, i)}");
    }

    private void Weight(int o, int i)
    {
        int cell = o * model.Shape.Inputs + i;
        string t = Temperature(errors, Site.Weight, cell);
        string at = $"{o}_{i}";
        text.Line($"* weight of output {o} for input {i}");
        foreach (var (kind, x, w, y) in Forward)
            Product(kind, $"{x}_{i} {w}_{at} {y}_{o}", "ismul", cell, at);
        foreach (var (kind, e, x, u) in Gradient)
            Product(kind, $"{e}_{o} {x}_{i} {u}_{at}", "isgrad", cell, at);
        text.Line($"Rup_{at} up_{at} 0 {{1/iu}}");
        text.Line($"Run_{at} un_{at} 0 {{1/iu}}");
        Half(WeightHalf.P, "p", "n", cell, at, t);
        Half(WeightHalf.N, "n", "p", cell, at, t);
    }

    private void Product(LoopKind kind, string nodes, string specificCurrent, int cell, string at) =>
        text.Line(
            $"X{kind.Name}_{at} {nodes} product is={{{specificCurrent}}} "
                + $"{Temperature(errors, Site.Weight, cell)} {Errors(errors, kind, cell)}"
        );

    private void Half(WeightHalf half, string own, string other, int cell, string at, string t)
    {
        var (up, dec, q, cc) = Memory[(int)half];
        text.Statement([
            $"Xhalf_{own}_{at}",
            $"u{own}_{at} w{other}_{at} c{own}_{at} w{own}_{at} half {t}",
            $"c={Number(errors.CellCapacitances[(int)half][cell])}",
            $"leak={Number(errors.CellLeakages[(int)half][cell])}",
            Errors(errors, up, cell, "dvup", "bup"),
            Errors(errors, dec, cell, "dvdec", "bdec"),
            Errors(errors, q, cell, "dvq", "bq"),
            Errors(errors, cc, cell, "dvcc", "bcc"),
        ]);
        string temperature = Number(errors.CellTemperatures[Site.Weight][cell]);
        text.Line($".ic v(c{own}_{at})={{voff+2*n*kq*{temperature}*ln(exp(sqrt(wq*iu/isint))-1)}}");
    }

    private void Output(int o)
    {
        string t = Temperature(errors, Site.Output, o);
        text.Line($"* output {o}");
        text.Line($"Ryp_{o} yp_{o} 0 {{1/iu}}");
        text.Line($"Ryn_{o} yn_{o} 0 {{1/iu}}");
        if (model.Task == LearningTask.Linear)
        {
            text.Line($"Xt_p_{o} t_{o} yp_{o} target sign=-1");
            text.Line($"Xt_n_{o} t_{o} yn_{o} target sign=1");
            text.Line($"Ee_{o} e_{o} 0 sp_{o} sn_{o} 1");
        }
        else
            text.Line($"Xact_{o} sp_{o} sn_{o} z_{o} arm {t} dv={Number(errors.CellLoops[LoopKind.Act].Threshold[o])}");
        text.Line($"Xsum_p_{o} yp_{o} sp_{o} mirror {t} {Errors(errors, LoopKind.SumP, o)}");
        text.Line($"Xsum_n_{o} yn_{o} sn_{o} mirror {t} {Errors(errors, LoopKind.SumN, o)}");
        text.Line($"Xerr_p_{o} e_{o} ep_{o} rectifier sign=1 level={{eq}} {t} {Errors(errors, LoopKind.ErrP, o)}");
        text.Line($"Xerr_n_{o} e_{o} en_{o} rectifier sign=-1 level={{eq}} {t} {Errors(errors, LoopKind.ErrN, o)}");
    }

    // Each share by itself, 1 / sum of exp(z - z_own): at least 1 is divided by, wherever the simulator's guesses are.
    private void Softmax()
    {
        string[] outputs = [.. Enumerable.Range(0, model.Shape.Outputs).Select(o => $"{o}")];
        text.Line("* differential pair of all arms: each arm's share of the exponentials, less the target");
        foreach (string o in outputs)
            text.Statement([
                $"Be_{o} e_{o} 0",
                "V=1/(1",
                .. outputs.Where(other => other != o).Select(other => $"+exp(v(z_{other})-v(z_{o}))"),
                $")-v(t_{o})",
            ]);
    }
}
