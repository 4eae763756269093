using System.Runtime.CompilerServices;
using YieldLab.Statistics.Numerics;
using static YieldLab.Circuits.Accelerators.EkvInputRow;
using static YieldLab.Circuits.Accelerators.EkvOutputRow;
using static YieldLab.Circuits.Accelerators.EkvRow;
using static YieldLab.Statistics.Numerics.Elementary;

namespace YieldLab.Circuits.Accelerators;

/// <summary>
/// Training with EKV transistors, many dies in lock-step, one a lane.
/// </summary>
/// <remarks>
/// <para>With E(I) = exp(v/2) = exp(sqrt(I/IS)) - 1 of a current I, a translinear loop is a product: its output is
/// IS ln^2(1 + E(a) E(b)/E(Iu) exp(eps/2)). So each loop costs one logarithm.</para>
/// <para>A step has three parts. The first reads the outputs y and how they answer to each half weight. The second finds,
/// at the errors of that moment, dy/dt and how it changes with the errors; these give the outputs' equation
/// dy/dt = Rp ep + Rn en + D, exact to first order in the step, which the same solver integrates as in weak inversion. The
/// third moves the half weights by a second-order step with the mean errors. The state is w, not the capacitor's voltage:
/// in weak inversion dw/dt does not depend on w but through the decay, so larger steps do.</para>
/// <para>The parts run output by output in short loops over the inputs that hand rows on in
/// <see cref="EkvScratch{T}"/>: a loop with more than two exponentials or logarithms outgrows what the compiler inlines,
/// and calls for its operations took eight times as long.</para>
/// </remarks>
internal sealed unsafe class EkvKernel<V, T>(SpecificCurrents specific) : ISgdrKernel<T>
    where V : struct, ILanes<V, T>
    where T : unmanaged
{
    // Ratios of specific currents: the same for all dies.
    private readonly double _forwardRatio = Math.Sqrt(specific.Integrator / specific.Multiplier);
    private readonly double _crossRatio = Math.Sqrt(specific.Integrator / specific.CrossCoupling);
    private readonly double _gradientShare = specific.Gradient / specific.Integrator;
    private readonly double _crossShare = specific.CrossCoupling / specific.Integrator;

    // Keeps 0/0 out where a current is zero; far below any current. First of a Max, which then keeps a NaN.
    private const double Tiny = 1e-18;

    private static int Row => LayerView<T>.Row;

    public void Prepare(in LayerView<T> layer, SignalSet<T> examples, StepPlan plan)
    {
        for (int lane = 0; lane < Row; lane += V.Count)
            V.Store(layer.Fastest + lane, default);
    }

    public void TrainEpoch(in LayerView<T> layer, SignalSet<T> examples, ReadOnlySpan<int> order, StepPlan plan)
    {
        for (int lane = 0; lane < Row; lane += V.Count)
            TrainEpochOfSlice(layer.From(lane), examples, order, plan);
    }

    public void AddNoise(in LayerView<T> layer, int steps)
    {
        for (int lane = 0; lane < Row; lane += V.Count)
        for (int o = 0; o < layer.Shape.Outputs; o++)
            AddNoise(layer.From(lane), o, steps);
    }

    public void Fold(in LayerView<T> layer, bool held)
    {
        for (int lane = 0; lane < Row; lane += V.Count)
            FoldSlice(layer.From(lane), held);
    }

    public void Predict(in LayerView<T> layer, SignalSet<T> examples, T* predictions)
    {
        for (int lane = 0; lane < Row; lane += V.Count)
            PredictSlice(layer.From(lane), examples, predictions + lane);
    }

    public double Relaxation(in LayerView<T> layer, int weight, int lane)
    {
        T* w = layer.Weights + (nint)weight * EkvRow.Count * Row + lane;
        double inversion = Widen(layer.Inversion[lane]);
        double Value(int row) => Widen(w[row * Row]);
        double Half(int side)
        {
            double other = Elementary.Exp(_crossRatio * Math.Sqrt(inversion * Value(1 - side))) - 1;
            double cross = Log1p(other * Value(CrossP + side));
            return inversion * (Value(DownP + side) + Value(RateP + side) * _crossShare * cross * cross);
        }
        return Math.Max(Half(0), Half(1));
    }

    private void TrainEpochOfSlice(in LayerView<T> layer, SignalSet<T> examples, ReadOnlySpan<int> order, StepPlan plan)
    {
        foreach (int example in order)
        {
            T* targets = examples.Targets(example);
            ConvertInputs(layer, examples.Polar(example), gradientToo: true);
            for (int step = 0; step < plan.Steps; step++)
            {
                for (int o = 0; o < layer.Shape.Outputs; o++)
                    ReadOutput(layer, o);
                OutputSolver<V, T>.RectifiedErrors(layer, targets);
                ConvertErrors(layer, OutputRow.StageP, OutputRow.StageN);
                for (int o = 0; o < layer.Shape.Outputs; o++)
                    FindRates(layer, o);
                OutputSolver<V, T>.TrackFastest(layer, layer.Rates, plan.SubstepsOf(example));
                OutputSolver<V, T>.Solve(layer, layer.Rates, targets, plan.SubstepsOf(example));
                ConvertErrors(layer, OutputRow.ErrorP, OutputRow.ErrorN);
                for (int o = 0; o < layer.Shape.Outputs; o++)
                    Update(layer, o);
            }
        }
    }

    private static T* WeightsOf(in LayerView<T> layer, int output) =>
        layer.Weights + (nint)output * layer.Shape.Inputs * EkvRow.Count * Row;

    // exp(v/2) of an example's inputs in the multipliers' devices.
    private static void ConvertInputs(in LayerView<T> layer, T* polar, bool gradientToo)
    {
        ConvertInputs(layer, polar, ForwardP, ExpForwardP);
        if (gradientToo)
            ConvertInputs(layer, polar, GradientP, ExpGradientP);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ConvertInputs(in LayerView<T> layer, T* polar, int converter, int exponential)
    {
        int row = Row;
        int inputs = layer.Shape.Inputs;
        T* input = layer.Inputs;
        for (int i = 0; i < inputs; i++, input += EkvInputRow.Count * row)
        {
            V positive = V.Sqrt(V.Broadcast(polar[i]) * V.Load(input + converter * row));
            V negative = V.Sqrt(V.Broadcast(polar[inputs + i]) * V.Load(input + (converter + 1) * row));
            V.Store(input + exponential * row, Expm1<V, T>(positive));
            V.Store(input + (exponential + 1) * row, Expm1<V, T>(negative));
        }
    }

    // exp(v/2) of the errors at two rows of the outputs, and d ln of it by d of the error.
    private static void ConvertErrors(in LayerView<T> layer, int positive, int negative)
    {
        for (int o = 0; o < layer.Shape.Outputs; o++)
        {
            T* output = layer.Outputs + o * OutputRow.Count * Row;
            T* factor = layer.ErrorFactors + o * EkvOutputRow.Count * Row;
            ConvertError(output + positive * Row, factor, RectifierP, ExpErrorP, ErrorSlopeP);
            ConvertError(output + negative * Row, factor, RectifierN, ExpErrorN, ErrorSlopeN);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ConvertError(T* error, T* factor, int rectifier, int exponential, int slope)
    {
        V rectified = V.Max(Constant<V, T>(Tiny), V.Load(error));
        V root = V.Sqrt(rectified * V.Load(factor + rectifier * Row));
        V e = Expm1<V, T>(root);
        V.Store(factor + exponential * Row, e);
        V.Store(factor + slope * Row, (Constant<V, T>(1) + e) * root / (e * (rectified + rectified)));
    }

    // One output, and how it answers to each half weight.
    private void ReadOutput(in LayerView<T> layer, int o)
    {
        int inputs = layer.Shape.Inputs;
        T* w = WeightsOf(layer, o);
        EkvScratch<T> scratch = layer.Scratch;
        CopyHalves(w, scratch, inputs);
        Exponentials(scratch.Halves(0), scratch.Exp(0), 2 * inputs, layer.Inversion, _forwardRatio);
        ForwardArguments(layer.Inputs, w, scratch.Exp(0), scratch, inputs);
        Logarithms(scratch.Arguments(0), scratch.Roots(0), 4 * inputs);
        SumOutput(layer, o);
    }

    private static void CopyHalves(T* w, EkvScratch<T> scratch, int inputs)
    {
        for (int i = 0; i < inputs; i++, w += EkvRow.Count * Row)
        {
            V.Store(scratch.Halves(i), V.Load(w + EkvRow.P * Row));
            V.Store(scratch.Halves(i) + Row, V.Load(w + EkvRow.N * Row));
        }
    }

    // exp(v/2) of half weights in devices whose IS is 1/ratio^2 of the integrator's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exponentials(T* halves, T* destination, int count, T* inversion, double ratio)
    {
        V scale = V.Load(inversion) * Constant<V, T>(ratio * ratio);
        for (nint i = 0; i < (nint)count * Row; i += Row)
            V.Store(destination + i, Expm1<V, T>(V.Sqrt(V.Load(halves + i) * scale)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Logarithms(T* arguments, T* destination, int count)
    {
        for (nint i = 0; i < (nint)count * Row; i += Row)
            V.Store(destination + i, Log1p<V, T>(V.Load(arguments + i)));
    }

    // From exp(v/2) of the halves, in the order pp, nn, np, pn of the polarities of input and weight.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardArguments(T* input, T* w, T* exp, EkvScratch<T> scratch, int inputs)
    {
        int row = Row;
        for (int i = 0; i < inputs; i++, w += EkvRow.Count * row, input += EkvInputRow.Count * row, exp += 2 * row)
        {
            V p = V.Load(exp);
            V n = V.Load(exp + row);
            V xp = V.Load(input + ExpForwardP * row);
            V xn = V.Load(input + ExpForwardN * row);
            T* argument = scratch.Arguments(i);
            V.Store(argument, xp * p * V.Load(w + FwdPp * row));
            V.Store(argument + row, xn * n * V.Load(w + FwdNn * row));
            V.Store(argument + 2 * row, xn * p * V.Load(w + FwdNp * row));
            V.Store(argument + 3 * row, xp * n * V.Load(w + FwdPn * row));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumOutput(in LayerView<T> layer, int o)
    {
        int row = Row;
        int inputs = layer.Shape.Inputs;
        EkvScratch<T> scratch = layer.Scratch;
        T* w = WeightsOf(layer, o);
        T* factor = layer.ErrorFactors + o * EkvOutputRow.Count * row;
        V one = Constant<V, T>(1);
        V inversion = V.Load(layer.Inversion);
        V scale = inversion * Constant<V, T>(_forwardRatio);
        V mirrorP = V.Load(factor + MirrorP * row);
        V mirrorN = V.Load(factor + MirrorN * row);
        V positive = default;
        V negative = default;
        for (int i = 0; i < inputs; i++, w += EkvRow.Count * row)
        {
            T* root = scratch.Roots(i);
            T* argument = scratch.Arguments(i);
            V pp = V.Load(root);
            V nn = V.Load(root + row);
            V np = V.Load(root + 2 * row);
            V pn = V.Load(root + 3 * row);
            positive += V.Fma(pp, pp, nn * nn);
            negative += V.Fma(np, np, pn * pn);
            V answerP = mirrorP * Slope(pp, argument) - mirrorN * Slope(np, argument + 2 * row);
            V answerN = mirrorP * Slope(nn, argument + row) - mirrorN * Slope(pn, argument + 3 * row);
            V p = V.Load(scratch.Exp(i));
            V n = V.Load(scratch.Exp(i) + row);
            V rootP = V.Sqrt(V.Load(scratch.Halves(i)) * inversion);
            V rootN = V.Sqrt(V.Load(scratch.Halves(i) + row) * inversion);
            V.Store(w + OutputSlopeP * row, answerP * scale * (one + p) / (p * rootP));
            V.Store(w + OutputSlopeN * row, answerN * scale * (one + n) / (n * rootN));
        }
        V y = mirrorP * positive - mirrorN * negative;
        V.Store(layer.Outputs + (o * OutputRow.Count + OutputRow.Y) * row, y);
        V.Store(layer.Outputs + (o * OutputRow.Count + OutputRow.Stage) * row, y);
    }

    // Half of what a loop's current over IS changes with ln of its argument.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Slope(V root, T* argument)
    {
        V z = V.Load(argument);
        return root * z / (Constant<V, T>(1) + z);
    }

    // Rates and drift of an output's equation at the present errors.
    private void FindRates(in LayerView<T> layer, int o)
    {
        EkvScratch<T> scratch = layer.Scratch;
        int inputs = layer.Shape.Inputs;
        T* w = WeightsOf(layer, o);
        CopyHalves(w, scratch, inputs);
        Charging(layer, o);
        Integrator(layer, w);
        SumRates(layer, o);
    }

    // sqrt(Iin/IS) of the integrators' input currents and exp(v/2) of it, from the errors.
    private void Charging(in LayerView<T> layer, int o)
    {
        EkvScratch<T> scratch = layer.Scratch;
        int inputs = layer.Shape.Inputs;
        T* w = WeightsOf(layer, o);
        GradientArguments(layer.Inputs, w, layer.ErrorFactors + o * EkvOutputRow.Count * Row, scratch, inputs);
        Logarithms(scratch.Arguments(0), scratch.Roots(0), 4 * inputs);
        ChargingRoots(w, scratch, inputs);
        for (nint i = 0; i < 2 * (nint)inputs * Row; i += Row)
            V.Store(scratch.ChargeExp(0) + i, Expm1<V, T>(V.Load(scratch.ChargeRoots(0) + i)));
    }

    // In the order pn, np (charge the positive half), pp, nn of the polarities of error and input.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientArguments(T* input, T* w, T* factor, EkvScratch<T> scratch, int inputs)
    {
        int row = Row;
        V errorP = V.Load(factor + ExpErrorP * row);
        V errorN = V.Load(factor + ExpErrorN * row);
        for (int i = 0; i < inputs; i++, w += EkvRow.Count * row, input += EkvInputRow.Count * row)
        {
            V xp = V.Load(input + ExpGradientP * row);
            V xn = V.Load(input + ExpGradientN * row);
            T* argument = scratch.Arguments(i);
            V.Store(argument, errorP * xn * V.Load(w + UpdPn * row));
            V.Store(argument + row, errorN * xp * V.Load(w + UpdNp * row));
            V.Store(argument + 2 * row, errorP * xp * V.Load(w + UpdPp * row));
            V.Store(argument + 3 * row, errorN * xn * V.Load(w + UpdNn * row));
        }
    }

    // The input current of a half: two gradient currents and the quiescent one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ChargingRoots(T* w, EkvScratch<T> scratch, int inputs)
    {
        int row = Row;
        V share = Constant<V, T>(_gradientShare);
        V tiny = Constant<V, T>(Tiny);
        for (int i = 0; i < inputs; i++, w += EkvRow.Count * row)
        for (int side = 0; side < 2; side++)
        {
            V first = V.Load(scratch.Roots(i) + 2 * side * row);
            V second = V.Load(scratch.Roots(i) + (2 * side + 1) * row);
            V current = V.Fma(share, V.Fma(first, first, second * second), V.Load(w + (RestP + side) * row));
            V.Store(scratch.ChargeRoots(i) + side * row, V.Sqrt(V.Max(tiny, current)));
        }
    }

    // The charging and the cross-coupling loops of all halves at the state in Halves.
    private void Integrator(in LayerView<T> layer, T* w)
    {
        EkvScratch<T> scratch = layer.Scratch;
        int inputs = layer.Shape.Inputs;
        Exponentials(scratch.Halves(0), scratch.Exp(0), 2 * inputs, layer.Inversion, 1);
        // Devices of the integrator's own size hold the same.
        T* cross = scratch.Exp(0);
        if (_crossRatio != 1)
        {
            cross = scratch.CrossExp(0);
            Exponentials(scratch.Halves(0), cross, 2 * inputs, layer.Inversion, _crossRatio);
        }
        IntegratorArguments(w, cross, scratch, inputs);
        Logarithms(scratch.LoopArguments(0), scratch.LoopRoots(0), 4 * inputs);
    }

    // In the order charging p, n, cross-coupling p, n.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void IntegratorArguments(T* w, T* cross, EkvScratch<T> scratch, int inputs)
    {
        int row = Row;
        for (int i = 0; i < inputs; i++, w += EkvRow.Count * row, cross += 2 * row)
        for (int side = 0; side < 2; side++)
        {
            V charge = V.Load(scratch.ChargeExp(i) + side * row) * V.Load(w + (ChargeP + side) * row);
            V other = V.Load(cross + (1 - side) * row);
            V.Store(scratch.LoopArguments(i) + side * row, charge / V.Load(scratch.Exp(i) + side * row));
            V.Store(scratch.LoopArguments(i) + (2 + side) * row, other * V.Load(w + (CrossP + side) * row));
        }
    }

    // d(I/IS)/dv of the device that holds a half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Conductance(EkvScratch<T> scratch, int i, int side, V inversion)
    {
        V e = V.Load(scratch.Exp(i) + side * Row);
        return V.Sqrt(V.Load(scratch.Halves(i) + side * Row) * inversion) * e / (Constant<V, T>(1) + e);
    }

    // dw/dt of a half in a step, and the part of it that charges.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (V Slope, V Charging) HalfSlope(T* w, EkvScratch<T> scratch, int i, int side, V inversion)
    {
        int row = Row;
        V up = V.Load(scratch.LoopRoots(i) + side * row);
        V cross = V.Load(scratch.LoopRoots(i) + (2 + side) * row);
        V conductance = Conductance(scratch, i, side, inversion);
        V rate = conductance * V.Load(w + (RateP + side) * row);
        V charging = rate * up * up;
        V down = V.Fma(
            rate * Constant<V, T>(_crossShare),
            cross * cross,
            conductance * V.Load(w + (DownP + side) * row)
        );
        return (charging - down, charging);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumRates(in LayerView<T> layer, int o)
    {
        int row = Row;
        EkvScratch<T> scratch = layer.Scratch;
        T* w = WeightsOf(layer, o);
        T* factor = layer.ErrorFactors + o * EkvOutputRow.Count * row;
        T* output = layer.Outputs + o * OutputRow.Count * row;
        V inversion = V.Load(layer.Inversion);
        V ratesP = default;
        V ratesN = default;
        V slope = default;
        for (int i = 0; i < layer.Shape.Inputs; i++, w += EkvRow.Count * row)
        for (int side = 0; side < 2; side++)
        {
            V answer = V.Load(w + (OutputSlopeP + side) * row);
            var (change, charging) = HalfSlope(w, scratch, i, side, inversion);
            slope = V.Fma(answer, change, slope);
            answer *= charging * ByCharge(scratch, i, side);
            T* roots = scratch.Roots(i) + 2 * side * row;
            T* arguments = scratch.Arguments(i) + 2 * side * row;
            ratesP = V.Fma(answer, Slope(V.Load(roots), arguments), ratesP);
            ratesN = V.Fma(answer, Slope(V.Load(roots + row), arguments + row), ratesN);
        }
        V twice = Constant<V, T>(2 * _gradientShare);
        ratesP *= twice * V.Load(factor + ErrorSlopeP * row);
        ratesN *= twice * V.Load(factor + ErrorSlopeN * row);
        V present = V.Fma(
            ratesP,
            V.Load(output + OutputRow.StageP * row),
            ratesN * V.Load(output + OutputRow.StageN * row)
        );
        V.Store(layer.Rates + o * 2 * row, ratesP);
        V.Store(layer.Rates + (o * 2 + 1) * row, ratesN);
        V.Store(output + OutputRow.Drift * row, slope - present);
    }

    // d ln of the charging current by d of Iin/IS.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ByCharge(EkvScratch<T> scratch, int i, int side)
    {
        V one = Constant<V, T>(1);
        V argument = V.Load(scratch.LoopArguments(i) + side * Row);
        V root = V.Load(scratch.LoopRoots(i) + side * Row);
        V charge = V.Load(scratch.ChargeExp(i) + side * Row);
        V chargeRoot = V.Load(scratch.ChargeRoots(i) + side * Row);
        return argument * (one + charge) / ((one + argument) * root * charge * chargeRoot);
    }

    // One step of all half weights of an output with the mean errors.
    private void Update(in LayerView<T> layer, int o)
    {
        EkvScratch<T> scratch = layer.Scratch;
        int inputs = layer.Shape.Inputs;
        T* w = WeightsOf(layer, o);
        CopyHalves(w, scratch, inputs);
        Charging(layer, o);
        Integrator(layer, w);
        MoveToMeans(layer, o);
        Integrator(layer, w);
        MoveWeights(layer, o);
    }

    // Mean of each half over the step. What the gradient brings comes as early as the errors are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveToMeans(in LayerView<T> layer, int o)
    {
        int row = Row;
        EkvScratch<T> scratch = layer.Scratch;
        T* w = WeightsOf(layer, o);
        V one = Constant<V, T>(1);
        V tiny = Constant<V, T>(Tiny);
        V half = Constant<V, T>(0.5);
        V inversion = V.Load(layer.Inversion);
        V early = V.Load(layer.Outputs + (o * OutputRow.Count + OutputRow.Lead) * row) - half;
        for (int i = 0; i < layer.Shape.Inputs; i++, w += EkvRow.Count * row)
        for (int side = 0; side < 2; side++)
        {
            var (change, charging) = HalfSlope(w, scratch, i, side, inversion);
            V root = V.Load(scratch.ChargeRoots(i) + side * row);
            V gradient = charging * (one - V.Load(w + (RestP + side) * row) / (root * root));
            V mean = V.Fma(early, gradient, V.Fma(half, change, V.Load(scratch.Halves(i) + side * row)));
            V.Store(scratch.Halves(i) + side * row, V.Max(tiny, mean));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveWeights(in LayerView<T> layer, int o)
    {
        int row = Row;
        EkvScratch<T> scratch = layer.Scratch;
        T* w = WeightsOf(layer, o);
        V tiny = Constant<V, T>(Tiny);
        V inversion = V.Load(layer.Inversion);
        for (int i = 0; i < layer.Shape.Inputs; i++, w += EkvRow.Count * row)
        for (int side = 0; side < 2; side++)
        {
            var (change, _) = HalfSlope(w, scratch, i, side, inversion);
            V.Store(w + side * row, V.Max(tiny, V.Load(w + side * row) + change));
        }
    }

    // As in weak inversion, with dw = g dv: the variance of a half's change is q/(C n UT) g^2 (in + out), in and out in units
    // of v, so that in is the change of w over g and what flowed out.
    private void AddNoise(in LayerView<T> layer, int o, int steps)
    {
        EkvScratch<T> scratch = layer.Scratch;
        int inputs = layer.Shape.Inputs;
        T* w = WeightsOf(layer, o);
        T* noise = layer.Noise + (nint)o * inputs * NoiseRow.Count * Row;
        V half = Constant<V, T>(0.5);
        for (int i = 0; i < inputs; i++)
        for (int side = 0; side < 2; side++)
        {
            V start = V.Load(noise + (i * NoiseRow.Count + NoiseRow.StartP + side) * Row);
            V end = V.Load(w + (i * EkvRow.Count + side) * Row);
            V.Store(scratch.Halves(i) + side * Row, half * (start + end));
        }
        Integrator(layer, w);
        AddNoise(layer, w, noise, steps);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddNoise(in LayerView<T> layer, T* w, T* noise, int steps)
    {
        V inversion = V.Load(layer.Inversion);
        V presentation = Constant<V, T>(steps);
        for (int i = 0; i < layer.Shape.Inputs; i++, w += EkvRow.Count * Row, noise += NoiseRow.Count * Row)
            NoiseStep<V, T>.Add(
                w,
                noise,
                Flow(layer.Scratch, w, noise, i, 0, inversion, presentation),
                Flow(layer.Scratch, w, noise, i, 1, inversion, presentation)
            );
    }

    // g = conductance/inversion, and rates are those of w: over inversion.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private HalfFlow<V> Flow(EkvScratch<T> scratch, T* w, T* noise, int i, int side, V inversion, V presentation)
    {
        int row = Row;
        V loop = V.Load(scratch.LoopRoots(i) + (2 + side) * row);
        V conductance = Conductance(scratch, i, side, inversion);
        V cross = presentation * Constant<V, T>(_crossShare) * V.Load(w + (RateP + side) * row) * loop * loop;
        V decay = presentation * V.Load(w + (DownP + side) * row);
        V end = V.Load(w + side * row);
        V change = end - V.Load(noise + (NoiseRow.StartP + side) * row);
        V flow = conductance / inversion * V.Fma(conductance + conductance, decay + cross, change);
        return new(end, flow, inversion * decay, inversion * cross);
    }

    // Leakage takes charge at a constant current, so v falls in proportion to time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FoldSlice(in LayerView<T> layer, bool held)
    {
        int row = Row;
        V inversion = V.Load(layer.Inversion);
        V hold = Constant<V, T>(-0.5) * V.Load(layer.Hold);
        V ratio = Constant<V, T>(_forwardRatio);
        for (int weight = 0; weight < layer.Shape.Weights; weight++)
        for (int side = 0; side < 2; side++)
        {
            V root = V.Sqrt(V.Load(layer.Weights + ((nint)weight * EkvRow.Count + side) * row) * inversion);
            T* retention = layer.Retention + ((nint)weight * 2 + side) * row;
            if (held)
                root = Log1p<V, T>(Expm1<V, T>(root) * Exp<V, T>(V.Load(retention) * hold));
            V.Store(layer.Folded + ((nint)weight * 2 + side) * row, Expm1<V, T>(root * ratio));
        }
    }

    private static void PredictSlice(in LayerView<T> layer, SignalSet<T> examples, T* predictions)
    {
        int row = Row;
        var (outputs, inputs) = layer.Shape;
        EkvScratch<T> scratch = layer.Scratch;
        for (int e = 0; e < examples.Count; e++)
        {
            ConvertInputs(layer, examples.Polar(e), gradientToo: false);
            for (int o = 0; o < outputs; o++)
            {
                T* folded = layer.Folded + (nint)o * inputs * 2 * row;
                ForwardArguments(layer.Inputs, WeightsOf(layer, o), folded, scratch, inputs);
                Logarithms(scratch.Arguments(0), scratch.Roots(0), 4 * inputs);
                V.Store(layer.Outputs + (o * OutputRow.Count + OutputRow.Stage) * row, SumPrediction(layer, o));
            }
            OutputSolver<V, T>.WritePrediction(layer, predictions + (nint)e * outputs * row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static V SumPrediction(in LayerView<T> layer, int o)
    {
        int row = Row;
        V positive = default;
        V negative = default;
        for (int i = 0; i < layer.Shape.Inputs; i++)
        {
            T* root = layer.Scratch.Roots(i);
            V pp = V.Load(root);
            V nn = V.Load(root + row);
            V np = V.Load(root + 2 * row);
            V pn = V.Load(root + 3 * row);
            positive += V.Fma(pp, pp, nn * nn);
            negative += V.Fma(np, np, pn * pn);
        }
        T* factor = layer.ErrorFactors + o * EkvOutputRow.Count * row;
        return V.Load(factor + MirrorP * row) * positive - V.Load(factor + MirrorN * row) * negative;
    }
}
