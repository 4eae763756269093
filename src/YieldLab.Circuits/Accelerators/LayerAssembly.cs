using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;

namespace YieldLab.Circuits.Accelerators;

/// <summary>
/// Turns the errors of eight dies into the constants of a kernel: each loop's error becomes a gain, and what the cells of
/// a half weight do in a step becomes rates.
/// </summary>
internal abstract unsafe class LayerAssembly<T>(AcceleratorModel model, int steps, LayerView<T> view, int firstLane)
    where T : unmanaged
{
    protected AcceleratorModel Model { get; } = model;

    protected LayerView<T> View { get; } = view;

    /// <summary>Length of a step in seconds.</summary>
    protected double Step { get; } = model.Rule.PresentationTime / steps;

    public void Assemble(ICellErrors errors, Span<EffectiveRates> effective)
    {
        var voltages = Enum.GetValues<Site>().ToDictionary(site => site, site => InverseVoltages(errors, site));
        var bias = PerDie(lane => errors.BiasGain(lane) * Model.BiasFactor(errors.Temperature(lane)));
        var gains = new LoopGains(errors, View.Shape, voltages);
        AssembleOutputs(errors, gains, bias);
        var statistics = new RateStatistics();
        var halves = Enum.GetValues<WeightHalf>()
            .Select(half => AssembleHalf(half, errors, gains, bias, voltages[Site.Weight]))
            .ToArray();
        foreach (HalfRates half in halves)
        foreach (var (charge, decay) in half.Charge.Zip(half.Decay))
            statistics.Add(charge * Vector512.Create(Model.Rule.PresentationTime / Step), decay / charge);
        statistics.CopyTo(effective);
        AssembleLoops(errors, gains, bias, halves);
    }

    /// <summary>What the cells of a half weight do in a step, in weak inversion and in units of Iu.</summary>
    /// <param name="Charge">alpha: charging by the gradient current.</param>
    /// <param name="Decay">beta: decay with leakage.</param>
    /// <param name="Cross">chi: cross-coupling.</param>
    /// <param name="PerAmpere">1/(C n UT), in 1/(A s).</param>
    protected sealed record HalfRates(
        Vector512<double>[] Charge,
        Vector512<double>[] Decay,
        Vector512<double>[] Cross,
        Vector512<double>[] PerAmpere
    );

    /// <summary>Stores what depends on the kernel.</summary>
    protected abstract void AssembleLoops(
        ICellErrors errors,
        LoopGains gains,
        Vector512<double> bias,
        HalfRates[] halves
    );

    protected static Vector512<double> PerDie(Func<int, double> value)
    {
        Span<double> values = stackalloc double[ICellErrors.Lanes];
        for (int lane = 0; lane < values.Length; lane++)
            values[lane] = value(lane);
        return Vector512.Create<double>(values);
    }

    /// <summary>Stores a row of a table, [item][rows][lane].</summary>
    protected void Store(T* table, int rows, int item, int row, Vector512<double> value)
    {
        T* destination = table + ((nint)item * rows + row) * LayerView<T>.Row + firstLane;
        if (typeof(T) == typeof(float))
            Vector512.Narrow(value, value).GetLower().Store((float*)destination);
        else
            value.Store((double*)destination);
    }

    protected void StoreWeight(int weight, int row, Vector512<double> value) =>
        Store(View.Weights, View.RowsPerWeight, weight, row, value);

    // 1/(n UT) of each cell.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector512<double>[] InverseVoltages(ICellErrors errors, Site site)
    {
        var rows = new Vector512<double>[View.Shape.CellsAt(site)];
        errors.Temperatures(site, LoopGains.Flat(rows));
        double perKelvin = Model.Device.SlopeFactor * PhysicalConstants.ThermalVoltage(1);
        foreach (ref var row in rows.AsSpan())
            row = Vector512<double>.One / (Vector512.Create(perKelvin) * row);
        return rows;
    }

    private void AssembleOutputs(ICellErrors errors, LoopGains gains, Vector512<double> bias)
    {
        var sumP = gains.Of(LoopKind.SumP);
        var sumN = gains.Of(LoopKind.SumN);
        var offsets = gains.ThresholdErrors(LoopKind.Act);
        var temperatures = new Vector512<double>[View.Shape.Outputs];
        errors.Temperatures(Site.Output, LoopGains.Flat(temperatures));
        var gain = Vector512.Create(Model.Design.ActivationGain * Model.Device.ReferenceTemperature) * bias;
        for (int o = 0; o < View.Shape.Outputs; o++)
        {
            for (int row = 0; row < OutputRow.Count; row++)
                Store(View.Outputs, OutputRow.Count, o, row, Vector512<double>.Zero);
            Store(View.Outputs, OutputRow.Count, o, OutputRow.SumP, sumP[o]);
            Store(View.Outputs, OutputRow.Count, o, OutputRow.SumN, sumN[o]);
            Store(View.Outputs, OutputRow.Count, o, OutputRow.ActivationGain, gain / temperatures[o]);
            Store(View.Outputs, OutputRow.Count, o, OutputRow.ActivationOffset, offsets[o]);
        }
    }

    // Also stores the initial state of the half and its retention.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private HalfRates AssembleHalf(
        WeightHalf half,
        ICellErrors errors,
        LoopGains gains,
        Vector512<double> bias,
        Vector512<double>[] inverseVoltages
    )
    {
        var charge = gains.Of(half == WeightHalf.P ? LoopKind.IntUpP : LoopKind.IntUpN);
        var decay = gains.Of(half == WeightHalf.P ? LoopKind.IntDecP : LoopKind.IntDecN);
        var cross = gains.Of(half == WeightHalf.P ? LoopKind.IntCcP : LoopKind.IntCcN);
        var perAmpere = new Vector512<double>[charge.Length];
        var leakage = new Vector512<double>[charge.Length];
        errors.Capacitances(half, LoopGains.Flat(perAmpere));
        errors.Leakages(half, LoopGains.Flat(leakage));

        var gainCurrent = Vector512.Create(Model.GainCurrent) * bias;
        var decayCurrent = Vector512.Create(Model.Rule.L2) * gainCurrent;
        var crossCurrent = Vector512.Create(Model.Design.CrossCoupling) * gainCurrent;
        var initial = Vector512.Create(Model.Design.WeightQuiescent);
        var step = Vector512.Create(Step);
        var electron = Vector512.Create(PhysicalConstants.ElementaryCharge);
        for (int w = 0; w < charge.Length; w++)
        {
            perAmpere[w] = inverseVoltages[w] / perAmpere[w];
            StoreWeight(w, WeightRow.P + (int)half, initial);
            Store(View.Retention, 2, w, (int)half, leakage[w] * perAmpere[w]);
            if (View.Noise != null)
            {
                Store(View.Noise, NoiseRow.Count, w, NoiseRow.StartP + (int)half, initial);
                Store(View.Noise, NoiseRow.Count, w, NoiseRow.ElectronP + (int)half, electron * perAmpere[w]);
            }
            charge[w] = gainCurrent * charge[w] * perAmpere[w] * step;
            decay[w] = (decayCurrent * decay[w] + leakage[w]) * perAmpere[w] * step;
            cross[w] = crossCurrent * cross[w] * perAmpere[w] * step;
        }
        return new(charge, decay, cross, perAmpere);
    }
}
