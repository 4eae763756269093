using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;

namespace YieldLab.Circuits.Costs;

/// <summary>A path from the supply to ground in one loop of a kind.</summary>
/// <param name="Carries">Which signal or bias.</param>
/// <param name="Mean">Mean current over the training, ampere.</param>
/// <param name="Idle">Current without a signal, ampere.</param>
public sealed record Branch(string Carries, double Mean, double Idle);

/// <summary>
/// Which branches each loop has and what they carry: the circuit's topology, as the power counts it. A current that
/// passes two cells in series counts once, in the cell where it is an input: a multiplier's mirrored product at the
/// summing mirror or the integrator that takes it, the quiescent current at the integrator; what the decay and the
/// cross-coupling draw from a capacitor is the integrator's charging current.
/// </summary>
internal sealed class BranchTable(AcceleratorModel model, MeanSignals mean)
{
    private readonly MeanSignals _idle = MeanSignals.Idle(model.Design);
    private readonly double _inputs = model.Shape.Inputs;
    private readonly double _gain = model.GainCurrent / model.Design.UnitCurrent;
    private readonly double _rest =
        model.Design.CrossCoupling * model.Design.WeightQuiescent * model.Design.WeightQuiescent;

    private double Decay => model.Rule.L2 * _gain;

    private double Cross => model.Design.CrossCoupling * _gain;

    /// <summary>The branches of one loop.</summary>
    public IReadOnlyList<Branch> Of(LoopKind kind) =>
        kind.Name switch
        {
            "dac_p" => Mirror("xp", s => s.Input.P),
            "dac_n" => Mirror("xn", s => s.Input.N),
            "fwd_pp" => Multiplier("xp", s => s.Input.P, "wp", s => s.Weight.P, s => s.Forward.Pp),
            "fwd_pn" => Multiplier("xp", s => s.Input.P, "wn", s => s.Weight.N, s => s.Forward.Pn),
            "fwd_np" => Multiplier("xn", s => s.Input.N, "wp", s => s.Weight.P, s => s.Forward.Np),
            "fwd_nn" => Multiplier("xn", s => s.Input.N, "wn", s => s.Weight.N, s => s.Forward.Nn),
            "sum_p" => Mirror("yp", s => _inputs * (s.Forward.Pp + s.Forward.Nn) + s.Target.N),
            "sum_n" => Mirror("yn", s => _inputs * (s.Forward.Np + s.Forward.Pn) + s.Target.P),
            "act" => [Of("prediction", _ => 1.0 / model.Shape.Outputs)],
            "err_p" => Mirror("ep", s => s.Error.P),
            "err_n" => Mirror("en", s => s.Error.N),
            "upd_pp" => Multiplier("ep", s => s.Error.P, "xp", s => s.Input.P, s => s.Gradient.Pp),
            "upd_pn" => Multiplier("ep", s => s.Error.P, "xn", s => s.Input.N, s => s.Gradient.Pn),
            "upd_np" => Multiplier("en", s => s.Error.N, "xp", s => s.Input.P, s => s.Gradient.Np),
            "upd_nn" => Multiplier("en", s => s.Error.N, "xn", s => s.Input.N, s => s.Gradient.Nn),
            "int_up_p" => Integrator("wp", s => s.Weight.P, s => s.Weight.N, s => s.Gradient.Pn + s.Gradient.Np),
            "int_up_n" => Integrator("wn", s => s.Weight.N, s => s.Weight.P, s => s.Gradient.Pp + s.Gradient.Nn),
            "int_dec_p" or "int_dec_n" => [Of("Idec", _ => Decay)],
            "int_q_p" or "int_q_n" => [Of("rho wq^2", _ => _rest)],
            "int_cc_p" => Coupling("wn", s => s.Weight.N),
            "int_cc_n" => Coupling("wp", s => s.Weight.P),
            _ => throw new ArgumentException($"no branches are known of the loop {kind.Name}", nameof(kind)),
        };

    // An input and an output.
    private Branch[] Mirror(string name, Func<MeanSignals, double> current) => [Of(name, current), Of(name, current)];

    // Four of the six devices; the other two mirror the product, in series with it and with the input that takes it.
    private Branch[] Multiplier(
        string a,
        Func<MeanSignals, double> currentOfA,
        string b,
        Func<MeanSignals, double> currentOfB,
        Func<MeanSignals, double> product
    ) => [Of(a, currentOfA), Of(b, currentOfB), Of("Iu", _ => 1), Of($"{a} {b}", product)];

    // The mean charging current is what decay and cross-coupling take: a capacitor keeps no charge in the long run.
    private Branch[] Integrator(
        string name,
        Func<MeanSignals, double> half,
        Func<MeanSignals, double> other,
        Func<MeanSignals, double> gradient
    ) =>
        [
            Of("u + rho wq^2", s => gradient(s) + _rest),
            Of("IG", _ => _gain),
            Of(name, half),
            Of("Iup", s => Decay + Cross * other(s)),
        ];

    // Four of the six devices; the other two mirror the product into the capacitor's discharge.
    private Branch[] Coupling(string name, Func<MeanSignals, double> other) =>
        [Of("IX", _ => Cross), Of(name, other), Of("Iu", _ => 1), Of($"IX {name}", s => Cross * other(s))];

    private Branch Of(string carries, Func<MeanSignals, double> current) =>
        new(carries, current(mean) * model.Design.UnitCurrent, current(_idle) * model.Design.UnitCurrent);
}
