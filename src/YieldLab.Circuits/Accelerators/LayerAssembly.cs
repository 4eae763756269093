using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Circuits.Accelerators;

/// <summary>
/// Turns the errors of eight dies into the kernel's constants: each loop's error becomes the gain exp(eps), and the gains
/// along a signal's way are multiplied, so that the kernel meets 14 constants a weight instead of 24 loops.
/// </summary>
internal sealed unsafe class LayerAssembly<T>(
    AcceleratorModel model,
    int steps,
    LayerView<T> view,
    T* retention,
    int firstLane
)
    where T : unmanaged
{
    private readonly AcceleratorModel _model = model;
    private readonly int _steps = steps;
    private readonly LayerView<T> _view = view;
    private readonly T* _retention = retention;
    private readonly int _firstLane = firstLane;

    public void Assemble(ICellErrors errors, Span<EffectiveRates> effective)
    {
        LayerShape shape = _view.Shape;
        var voltages = Enum.GetValues<Site>().ToDictionary(site => site, site => InverseVoltages(errors, site));

        Vector512<double> bias = PerDie(lane => errors.BiasGain(lane) * _model.BiasFactor(errors.Temperature(lane)));
        var gains = new LoopGains(errors, shape, voltages);
        AssembleOutputs(errors, gains, bias);
        Vector512<double>[] dacP = gains.Of(LoopKind.DacP);
        Vector512<double>[] dacN = gains.Of(LoopKind.DacN);
        var sumP = gains.Of(LoopKind.SumP);
        Vector512<double>[] negativeSumN = [.. gains.Of(LoopKind.SumN).Select(gain => -gain)];
        var errP = gains.Of(LoopKind.ErrP);
        var errN = gains.Of(LoopKind.ErrN);
        StoreProducts(WeightRow.FwdPp, gains.Of(LoopKind.FwdPp), dacP, sumP);
        StoreProducts(WeightRow.FwdNp, gains.Of(LoopKind.FwdNp), dacN, negativeSumN);
        StoreProducts(WeightRow.FwdNn, gains.Of(LoopKind.FwdNn), dacN, sumP);
        StoreProducts(WeightRow.FwdPn, gains.Of(LoopKind.FwdPn), dacP, negativeSumN);

        var statistics = new RateStatistics();
        var rateP = AssembleIntegrator(WeightHalf.P, errors, gains, bias, voltages[Site.Weight], ref statistics);
        StoreProducts(WeightRow.UpdPn, gains.Of(LoopKind.UpdPn), dacN, errP, rateP);
        StoreProducts(WeightRow.UpdNp, gains.Of(LoopKind.UpdNp), dacP, errN, rateP);
        var rateN = AssembleIntegrator(WeightHalf.N, errors, gains, bias, voltages[Site.Weight], ref statistics);
        StoreProducts(WeightRow.UpdPp, gains.Of(LoopKind.UpdPp), dacP, errP, rateN);
        StoreProducts(WeightRow.UpdNn, gains.Of(LoopKind.UpdNn), dacN, errN, rateN);
        statistics.CopyTo(effective);
    }

    // 1/(n UT) of each cell.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector512<double>[] InverseVoltages(ICellErrors errors, Site site)
    {
        var rows = new Vector512<double>[_view.Shape.CellsAt(site)];
        errors.Temperatures(site, Flat(rows));
        double perKelvin = _model.Device.SlopeFactor * PhysicalConstants.ThermalVoltage(1);
        foreach (ref var row in rows.AsSpan())
            row = Vector512<double>.One / (Vector512.Create(perKelvin) * row);
        return rows;
    }

    private void AssembleOutputs(ICellErrors errors, LoopGains gains, Vector512<double> bias)
    {
        var sumP = gains.Of(LoopKind.SumP);
        var sumN = gains.Of(LoopKind.SumN);
        var offsets = gains.ThresholdErrors(LoopKind.Act);
        var temperatures = new Vector512<double>[_view.Shape.Outputs];
        errors.Temperatures(Site.Output, Flat(temperatures));
        Vector512<double> gain =
            Vector512.Create(_model.Design.ActivationGain * _model.Device.ReferenceTemperature) * bias;
        for (int o = 0; o < _view.Shape.Outputs; o++)
        {
            T* output = _view.Outputs + (nint)o * OutputRow.Count * LayerView<T>.Row + _firstLane;
            for (int row = 0; row < OutputRow.Count; row++)
                Store(output + row * LayerView<T>.Row, Vector512<double>.Zero);
            Store(output + OutputRow.SumP * LayerView<T>.Row, sumP[o]);
            Store(output + OutputRow.SumN * LayerView<T>.Row, sumN[o]);
            Store(output + OutputRow.ActivationGain * LayerView<T>.Row, gain / temperatures[o]);
            Store(output + OutputRow.ActivationOffset * LayerView<T>.Row, offsets[o]);
        }
    }

    // Stores decay, cross-coupling, quiescent charge and the initial state of a half; returns its charging rate a step.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector512<double>[] AssembleIntegrator(
        WeightHalf half,
        ICellErrors errors,
        LoopGains gains,
        Vector512<double> bias,
        Vector512<double>[] inverseVoltages,
        ref RateStatistics statistics
    )
    {
        var up = gains.Of(half == WeightHalf.P ? LoopKind.IntUpP : LoopKind.IntUpN);
        var decay = gains.Of(half == WeightHalf.P ? LoopKind.IntDecP : LoopKind.IntDecN);
        var quiescent = gains.Of(half == WeightHalf.P ? LoopKind.IntQP : LoopKind.IntQN);
        var cross = gains.Of(half == WeightHalf.P ? LoopKind.IntCcP : LoopKind.IntCcN);
        var capacitance = new Vector512<double>[up.Length];
        var leakage = new Vector512<double>[up.Length];
        errors.Capacitances(half, Flat(capacitance));
        errors.Leakages(half, Flat(leakage));

        Design design = _model.Design;
        Vector512<double> gainCurrent = Vector512.Create(_model.GainCurrent) * bias;
        Vector512<double> decayCurrent = Vector512.Create(_model.Rule.L2) * gainCurrent;
        Vector512<double> crossCurrent = Vector512.Create(design.CrossCoupling) * gainCurrent;
        Vector512<double> initial = Vector512.Create(design.WeightQuiescent);
        Vector512<double> presentation = Vector512.Create(_model.Rule.PresentationTime);
        Vector512<double> step = Vector512.Create(_model.Rule.PresentationTime / _steps);
        Vector512<double> restCharge = Vector512.Create(
            design.CrossCoupling * design.WeightQuiescent * design.WeightQuiescent
        );
        int side = (int)half;
        for (int w = 0; w < up.Length; w++)
        {
            Vector512<double> perAmpere = inverseVoltages[w] / capacitance[w];
            Vector512<double> alpha = gainCurrent * up[w] * perAmpere;
            Vector512<double> beta = (decayCurrent * decay[w] + leakage[w]) * perAmpere;
            statistics.Add(alpha * presentation, beta / alpha);
            up[w] = alpha * step;
            StoreWeight(w, WeightRow.P + side, initial);
            StoreWeight(w, WeightRow.DecayP + side, -beta * step);
            StoreWeight(w, WeightRow.CrossP + side, -crossCurrent * cross[w] * perAmpere * step);
            StoreWeight(w, WeightRow.QuiescentP + side, up[w] * restCharge * quiescent[w]);
            Store(_retention + ((nint)w * 2 + side) * LayerView<T>.Row + _firstLane, leakage[w] * perAmpere);
        }
        return up;
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
        var (outputs, inputs) = _view.Shape;
        for (int o = 0; o < outputs; o++)
        for (int i = 0; i < inputs; i++)
        {
            int w = o * inputs + i;
            Vector512<double> product = loops[w] * perInput[i] * perOutput[o];
            StoreWeight(w, row, perWeight is null ? product : product * perWeight[w]);
        }
    }

    private void StoreWeight(int weight, int row, Vector512<double> value) =>
        Store(_view.Weights + ((nint)weight * WeightRow.Count + row) * LayerView<T>.Row + _firstLane, value);

    private static void Store(T* destination, Vector512<double> value)
    {
        if (typeof(T) == typeof(float))
            Vector512.Narrow(value, value).GetLower().Store((float*)destination);
        else
            value.Store((double*)destination);
    }

    private static Vector512<double> PerDie(Func<int, double> value)
    {
        Span<double> values = stackalloc double[ICellErrors.Lanes];
        for (int lane = 0; lane < values.Length; lane++)
            values[lane] = value(lane);
        return Vector512.Create<double>(values);
    }

    private static Span<double> Flat(Vector512<double>[] rows) =>
        MemoryMarshal.Cast<Vector512<double>, double>(rows.AsSpan());

    /// <summary>Gains exp(eps) of the loops of eight dies.</summary>
    private sealed class LoopGains(
        ICellErrors errors,
        LayerShape shape,
        Dictionary<Site, Vector512<double>[]> inverseVoltages
    )
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public Vector512<double>[] Of(LoopKind kind)
        {
            var (threshold, beta) = Read(kind);
            var voltages = inverseVoltages[kind.Site];
            for (int cell = 0; cell < threshold.Length; cell++)
            {
                Vector512<double> error = threshold[cell] * voltages[cell] + beta[cell];
                threshold[cell] = Elementary.Exp<Lanes512<double>, double>(new(error)).Vector;
            }
            return threshold;
        }

        /// <summary>dV/(n UT) alone.</summary>
        public Vector512<double>[] ThresholdErrors(LoopKind kind)
        {
            var (threshold, _) = Read(kind);
            for (int cell = 0; cell < threshold.Length; cell++)
                threshold[cell] *= inverseVoltages[kind.Site][cell];
            return threshold;
        }

        private (Vector512<double>[] Threshold, Vector512<double>[] Beta) Read(LoopKind kind)
        {
            var threshold = new Vector512<double>[shape.CellsAt(kind.Site)];
            var beta = new Vector512<double>[threshold.Length];
            errors.Loops(kind, Flat(threshold), Flat(beta));
            return (threshold, beta);
        }
    }

    private struct RateStatistics
    {
        private Vector512<double> _eta;
        private Vector512<double> _etaSquared;
        private Vector512<double> _lambda;
        private Vector512<double> _lambdaSquared;
        private Vector512<double> _firstEta;
        private Vector512<double> _firstLambda;
        private int _count;

        public void Add(Vector512<double> eta, Vector512<double> lambda)
        {
            // Deviations from the first cell: squares of the values themselves would cancel.
            if (_count == 0)
                (_firstEta, _firstLambda) = (eta, lambda);
            eta -= _firstEta;
            lambda -= _firstLambda;
            _eta += eta;
            _etaSquared += eta * eta;
            _lambda += lambda;
            _lambdaSquared += lambda * lambda;
            _count++;
        }

        public readonly void CopyTo(Span<EffectiveRates> effective)
        {
            for (int lane = 0; lane < effective.Length; lane++)
                effective[lane] = new(
                    _firstEta[lane] + _eta[lane] / _count,
                    Deviation(_eta[lane], _etaSquared[lane]),
                    _firstLambda[lane] + _lambda[lane] / _count,
                    Deviation(_lambda[lane], _lambdaSquared[lane])
                );
        }

        private readonly double Deviation(double sum, double squares) =>
            Math.Sqrt(Math.Max(0, squares / _count - sum / _count * (sum / _count)));
    }
}
