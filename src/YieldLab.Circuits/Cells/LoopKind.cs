namespace YieldLab.Circuits.Cells;

/// <summary>Where in the array a cell stands: at an input, at an output, or at their crossing.</summary>
public enum Site
{
    Input,
    Output,
    Weight,
}

/// <summary>
/// A kind of translinear loop or mirror. Its error at its own temperature T is dV/(n UT) + b with
/// dV ~ N(0, N AVT^2/(2 W L)) and b ~ N(0, N Abeta^2/(2 W L)), N its number of devices: the sum over devices that each
/// deviate by 1/sqrt(2) of a pair.
/// </summary>
/// <param name="Name">Its name in case files and streams, which never changes.</param>
/// <param name="Site">One loop for each input, output or weight.</param>
/// <param name="Devices">N.</param>
/// <param name="Size">Which of the design's sizes its devices have.</param>
public sealed record LoopKind(string Name, Site Site, int Devices, Func<CellSizes, DeviceSize> Size)
{
    public static readonly LoopKind DacP = new("dac_p", Site.Input, 2, c => c.Dac);
    public static readonly LoopKind DacN = new("dac_n", Site.Input, 2, c => c.Dac);
    public static readonly LoopKind FwdPp = new("fwd_pp", Site.Weight, 6, c => c.Multiplier);
    public static readonly LoopKind FwdPn = new("fwd_pn", Site.Weight, 6, c => c.Multiplier);
    public static readonly LoopKind FwdNp = new("fwd_np", Site.Weight, 6, c => c.Multiplier);
    public static readonly LoopKind FwdNn = new("fwd_nn", Site.Weight, 6, c => c.Multiplier);
    public static readonly LoopKind SumP = new("sum_p", Site.Output, 2, c => c.Summing);
    public static readonly LoopKind SumN = new("sum_n", Site.Output, 2, c => c.Summing);
    public static readonly LoopKind Act = new("act", Site.Output, 1, c => c.Activation);
    public static readonly LoopKind ErrP = new("err_p", Site.Output, 2, c => c.Rectifier);
    public static readonly LoopKind ErrN = new("err_n", Site.Output, 2, c => c.Rectifier);
    public static readonly LoopKind UpdPp = new("upd_pp", Site.Weight, 6, c => c.Gradient);
    public static readonly LoopKind UpdPn = new("upd_pn", Site.Weight, 6, c => c.Gradient);
    public static readonly LoopKind UpdNp = new("upd_np", Site.Weight, 6, c => c.Gradient);
    public static readonly LoopKind UpdNn = new("upd_nn", Site.Weight, 6, c => c.Gradient);
    public static readonly LoopKind IntUpP = new("int_up_p", Site.Weight, 4, c => c.Integrator);
    public static readonly LoopKind IntUpN = new("int_up_n", Site.Weight, 4, c => c.Integrator);
    public static readonly LoopKind IntDecP = new("int_dec_p", Site.Weight, 2, c => c.Decay);
    public static readonly LoopKind IntDecN = new("int_dec_n", Site.Weight, 2, c => c.Decay);
    public static readonly LoopKind IntQP = new("int_q_p", Site.Weight, 2, c => c.Quiescent);
    public static readonly LoopKind IntQN = new("int_q_n", Site.Weight, 2, c => c.Quiescent);
    public static readonly LoopKind IntCcP = new("int_cc_p", Site.Weight, 6, c => c.CrossCoupling);
    public static readonly LoopKind IntCcN = new("int_cc_n", Site.Weight, 6, c => c.CrossCoupling);

    /// <summary>All loops of a layer, in the order of a signal's way through it.</summary>
    public static readonly IReadOnlyList<LoopKind> All =
    [
        DacP,
        DacN,
        FwdPp,
        FwdPn,
        FwdNp,
        FwdNn,
        SumP,
        SumN,
        Act,
        ErrP,
        ErrN,
        UpdPp,
        UpdPn,
        UpdNp,
        UpdNn,
        IntUpP,
        IntUpN,
        IntDecP,
        IntDecN,
        IntQP,
        IntQN,
        IntCcP,
        IntCcN,
    ];

    /// <summary>The loops of each kind of cell, under the cell's key in a design: those whose devices have its size.</summary>
    public static readonly IReadOnlyList<(string Cell, LoopKind[] Kinds)> ByCell =
    [
        ("dac", [DacP, DacN]),
        ("multiplier", [FwdPp, FwdPn, FwdNp, FwdNn]),
        ("summing", [SumP, SumN]),
        ("activation", [Act]),
        ("rectifier", [ErrP, ErrN]),
        ("gradient", [UpdPp, UpdPn, UpdNp, UpdNn]),
        ("integrator", [IntUpP, IntUpN]),
        ("decay", [IntDecP, IntDecN]),
        ("quiescent", [IntQP, IntQN]),
        ("cross_coupling", [IntCcP, IntCcN]),
    ];
}

/// <summary>The two halves of a weight, w = wp - wn.</summary>
public enum WeightHalf
{
    P,
    N,
}
