using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using YieldLab.Circuits.Cells;

namespace YieldLab.Circuits.Accelerators;

/// <summary>
/// In weak inversion each loop's error is the gain exp(eps), and the gains along a signal's way are multiplied, so that
/// the kernel meets 14 constants a weight instead of 24 loops.
/// </summary>
internal sealed unsafe class WeakInversionAssembly<T>(
    AcceleratorModel model,
    int steps,
    LayerView<T> view,
    int firstLane
) : LayerAssembly<T>(model, steps, view, firstLane)
    where T : unmanaged
{
    protected override void AssembleLoops(
        ICellErrors errors,
        LoopGains gains,
        Vector512<double> bias,
        HalfRates[] halves
    )
    {
        var dacP = gains.Of(LoopKind.DacP);
        var dacN = gains.Of(LoopKind.DacN);
        var sumP = gains.Of(LoopKind.SumP);
        Vector512<double>[] negativeSumN = [.. gains.Of(LoopKind.SumN).Select(gain => -gain)];
        StoreProducts(WeightRow.FwdPp, gains.Of(LoopKind.FwdPp), dacP, sumP);
        StoreProducts(WeightRow.FwdNp, gains.Of(LoopKind.FwdNp), dacN, negativeSumN);
        StoreProducts(WeightRow.FwdNn, gains.Of(LoopKind.FwdNn), dacN, sumP);
        StoreProducts(WeightRow.FwdPn, gains.Of(LoopKind.FwdPn), dacP, negativeSumN);

        var (p, n) = (halves[(int)WeightHalf.P], halves[(int)WeightHalf.N]);
        var errP = gains.Of(LoopKind.ErrP);
        var errN = gains.Of(LoopKind.ErrN);
        StoreProducts(WeightRow.UpdPn, gains.Of(LoopKind.UpdPn), dacN, errP, p.Charge);
        StoreProducts(WeightRow.UpdNp, gains.Of(LoopKind.UpdNp), dacP, errN, p.Charge);
        StoreProducts(WeightRow.UpdPp, gains.Of(LoopKind.UpdPp), dacP, errP, n.Charge);
        StoreProducts(WeightRow.UpdNn, gains.Of(LoopKind.UpdNn), dacN, errN, n.Charge);
        StoreRates(p, gains.Of(LoopKind.IntQP), side: 0);
        StoreRates(n, gains.Of(LoopKind.IntQN), side: 1);
    }

    private void StoreRates(HalfRates half, Vector512<double>[] quiescent, int side)
    {
        Design design = Model.Design;
        var rest = Vector512.Create(design.CrossCoupling * design.WeightQuiescent * design.WeightQuiescent);
        for (int w = 0; w < quiescent.Length; w++)
        {
            StoreWeight(w, WeightRow.DecayP + side, -half.Decay[w]);
            StoreWeight(w, WeightRow.CrossP + side, -half.Cross[w]);
            StoreWeight(w, WeightRow.QuiescentP + side, half.Charge[w] * rest * quiescent[w]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreProducts(
        int row,
        Vector512<double>[] loops,
        Vector512<double>[] perInput,
        Vector512<double>[] perOutput,
        Vector512<double>[]? perWeight = null
    )
    {
        var (outputs, inputs) = View.Shape;
        for (int o = 0; o < outputs; o++)
        for (int i = 0; i < inputs; i++)
        {
            int w = o * inputs + i;
            Vector512<double> product = loops[w] * perInput[i] * perOutput[o];
            StoreWeight(w, row, perWeight is null ? product : product * perWeight[w]);
        }
    }
}
