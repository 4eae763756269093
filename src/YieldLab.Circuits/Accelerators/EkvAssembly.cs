using System.Runtime.Intrinsics;
using YieldLab.Circuits.Cells;
using YieldLab.Statistics.Numerics;
using EightDies = System.Runtime.Intrinsics.Vector512<double>;

namespace YieldLab.Circuits.Accelerators;

/// <summary>
/// In EKV a current I stands in a loop as exp(v/2) = exp(sqrt(I/IS)) - 1, which is multiplied and divided along the loop;
/// the loop's error is the factor exp(eps/2).
/// </summary>
internal sealed unsafe class EkvAssembly<T>(AcceleratorModel model, int steps, LayerView<T> view, int firstLane)
    : LayerAssembly<T>(model, steps, view, firstLane)
    where T : unmanaged
{
    protected override void AssembleLoops(ICellErrors errors, LoopGains gains, EightDies bias, HalfRates[] halves)
    {
        var specific = new DieCurrents(Model, errors);
        EightDies unit = Vector512.Create(Model.Design.UnitCurrent) * bias;
        EightDies forward = unit / specific.Of(Model.Device.SpecificCurrents.Multiplier);
        EightDies gradient = unit / specific.Of(Model.Device.SpecificCurrents.Gradient);
        Store(View.Inversion, 1, 0, 0, unit / specific.Of(Model.Device.SpecificCurrents.Integrator));
        StoreInputs(gains, forward, gradient);
        StoreErrorFactors(gains, forward, gradient);
        StoreLoops(EkvRow.FwdPp, gains.Of(LoopKind.FwdPp), forward);
        StoreLoops(EkvRow.FwdNp, gains.Of(LoopKind.FwdNp), forward);
        StoreLoops(EkvRow.FwdNn, gains.Of(LoopKind.FwdNn), forward);
        StoreLoops(EkvRow.FwdPn, gains.Of(LoopKind.FwdPn), forward);
        StoreLoops(EkvRow.UpdPn, gains.Of(LoopKind.UpdPn), gradient);
        StoreLoops(EkvRow.UpdNp, gains.Of(LoopKind.UpdNp), gradient);
        StoreLoops(EkvRow.UpdPp, gains.Of(LoopKind.UpdPp), gradient);
        StoreLoops(EkvRow.UpdNn, gains.Of(LoopKind.UpdNn), gradient);
        StoreIntegrator(WeightHalf.P, gains, halves[0], specific, bias);
        StoreIntegrator(WeightHalf.N, gains, halves[1], specific, bias);
    }

    private void StoreInputs(LoopGains gains, EightDies forward, EightDies gradient)
    {
        var dacP = gains.Of(LoopKind.DacP);
        var dacN = gains.Of(LoopKind.DacN);
        for (int i = 0; i < dacP.Length; i++)
        {
            Store(View.Inputs, EkvInputRow.Count, i, EkvInputRow.ForwardP, dacP[i] * forward);
            Store(View.Inputs, EkvInputRow.Count, i, EkvInputRow.ForwardN, dacN[i] * forward);
            Store(View.Inputs, EkvInputRow.Count, i, EkvInputRow.GradientP, dacP[i] * gradient);
            Store(View.Inputs, EkvInputRow.Count, i, EkvInputRow.GradientN, dacN[i] * gradient);
        }
    }

    private void StoreErrorFactors(LoopGains gains, EightDies forward, EightDies gradient)
    {
        var rows = new (int Row, EightDies[] Values)[]
        {
            (EkvOutputRow.MirrorP, [.. gains.Of(LoopKind.SumP).Select(gain => gain / forward)]),
            (EkvOutputRow.MirrorN, [.. gains.Of(LoopKind.SumN).Select(gain => gain / forward)]),
            (EkvOutputRow.RectifierP, [.. gains.Of(LoopKind.ErrP).Select(gain => gain * gradient)]),
            (EkvOutputRow.RectifierN, [.. gains.Of(LoopKind.ErrN).Select(gain => gain * gradient)]),
        };
        foreach (var (row, values) in rows)
            for (int o = 0; o < values.Length; o++)
                Store(View.ErrorFactors, EkvOutputRow.Count, o, row, values[o]);
    }

    private void StoreLoops(int row, EightDies[] loops, EightDies inversion)
    {
        EightDies reference = Vector512<double>.One / ExpHalf(inversion);
        for (int w = 0; w < loops.Length; w++)
            StoreWeight(w, row, Vector512.Sqrt(loops[w]) * reference);
    }

    private void StoreIntegrator(
        WeightHalf half,
        LoopGains gains,
        HalfRates rates,
        DieCurrents specific,
        EightDies bias
    )
    {
        Design design = Model.Design;
        EightDies integrator = specific.Of(Model.Device.SpecificCurrents.Integrator);
        EightDies coupling = specific.Of(Model.Device.SpecificCurrents.CrossCoupling);
        EightDies unit = Vector512.Create(design.UnitCurrent) * bias;
        EightDies gain = Vector512.Create(Model.GainCurrent) * bias;
        EightDies charge = ExpHalf(gain / integrator);
        EightDies cross = ExpHalf(Vector512.Create(design.CrossCoupling) * gain / coupling) / ExpHalf(unit / coupling);
        EightDies rest =
            Vector512.Create(design.CrossCoupling * design.WeightQuiescent * design.WeightQuiescent)
            * unit
            / integrator;
        EightDies perInversion = integrator / unit;
        bool p = half == WeightHalf.P;
        var up = gains.Of(p ? LoopKind.IntUpP : LoopKind.IntUpN);
        var quiescent = gains.Of(p ? LoopKind.IntQP : LoopKind.IntQN);
        var couplings = gains.Of(p ? LoopKind.IntCcP : LoopKind.IntCcN);
        int side = (int)half;
        for (int w = 0; w < up.Length; w++)
        {
            EightDies rate = integrator * rates.PerAmpere[w] * Vector512.Create(Step);
            StoreWeight(w, EkvRow.RestP + side, rest * quiescent[w]);
            StoreWeight(w, EkvRow.ChargeP + side, Vector512.Sqrt(up[w]) * charge);
            StoreWeight(w, EkvRow.RateP + side, rate * perInversion);
            StoreWeight(w, EkvRow.DownP + side, rates.Decay[w] * perInversion);
            StoreWeight(w, EkvRow.CrossP + side, Vector512.Sqrt(couplings[w]) * cross);
        }
    }

    // exp(v/2) of a current in units of IS.
    private static EightDies ExpHalf(EightDies current) =>
        Elementary.Expm1<Lanes512<double>, double>(new(Vector512.Sqrt(current))).Vector;

    /// <summary>Specific currents of eight dies at their temperatures.</summary>
    private readonly struct DieCurrents(AcceleratorModel model, ICellErrors errors)
    {
        private readonly EightDies _factor = PerDie(lane =>
            errors.CurrentFactor(lane) * model.Device.SpecificCurrentFactor(errors.Temperature(lane))
        );

        public EightDies Of(double current) => Vector512.Create(current) * _factor;
    }
}
