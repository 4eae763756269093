using System.Runtime.CompilerServices;
using YieldLab.Statistics.Numerics;
using static YieldLab.Circuits.Accelerators.OutputRow;
using static YieldLab.Circuits.Accelerators.WeightRow;
using static YieldLab.Statistics.Numerics.Elementary;

namespace YieldLab.Circuits.Accelerators;

/// <summary>
/// Training in weak inversion, many dies in lock-step, one a lane.
/// </summary>
/// <remarks>
/// <para>Within a presentation the inputs are constant, so the outputs follow an equation of their own,
/// dy/dt = Rp ep + Rn en + D, with rates R that depend on the die and the example alone (computed once) and a drift D
/// of the decay and the cross-coupling. A few Runge-Kutta steps of it, K numbers instead of K d, give the mean rectified
/// errors and their first moment over the step. With these the weights take one second-order step: the gradient
/// current is applied with its exact mean, and decay and cross-coupling act on the weight's mean over the step. So one
/// sweep over the weights is enough for a presentation, and it updates for the last example while it reads for the
/// next.</para>
/// </remarks>
internal sealed unsafe class WeakInversionKernel<V, T> : ISgdrKernel<T>
    where V : struct, ILanes<V, T>
    where T : unmanaged
{
    private static int Row => LayerView<T>.Row;

    public void Prepare(in LayerView<T> layer, SignalSet<T> examples, StepPlan plan)
    {
        for (int lane = 0; lane < Row; lane += V.Count)
        {
            LayerView<T> slice = layer.From(lane);
            ComputeRatesOfSlice(slice, examples);
            V.Store(slice.Fastest, default);
            for (int e = 0; e < examples.Count; e++)
                OutputSolver<V, T>.TrackFastest(slice, RatesOf(slice, e), plan.SubstepsOf(e));
        }
    }

    public void TrainEpoch(in LayerView<T> layer, SignalSet<T> examples, ReadOnlySpan<int> order, StepPlan plan)
    {
        for (int lane = 0; lane < Row; lane += V.Count)
            TrainEpochOfSlice(layer.From(lane), examples, order, plan);
    }

    public void AddNoise(in LayerView<T> layer, int steps)
    {
        for (int lane = 0; lane < Row; lane += V.Count)
            AddNoiseToSlice(layer.From(lane), steps);
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
        T* w = layer.Weights + (nint)weight * WeightRow.Count * Row + lane;
        double Value(int row) => Widen(w[row * Row]);
        return -Math.Min(
            Value(DecayP) + Value(CrossP) * Math.Abs(Value(N)),
            Value(DecayN) + Value(CrossN) * Math.Abs(Value(P))
        );
    }

    private static void TrainEpochOfSlice(
        in LayerView<T> layer,
        SignalSet<T> examples,
        ReadOnlySpan<int> order,
        StepPlan plan
    )
    {
        T* previous = null;
        foreach (int example in order)
        {
            T* current = examples.Polar(example);
            for (int step = 0; step < plan.Steps; step++)
            {
                if (previous == null)
                    Sweep<ReadOnly>(layer, current, current);
                else
                    Sweep<UpdateAndRead>(layer, previous, current);
                previous = current;
                OutputSolver<V, T>.Solve(
                    layer,
                    RatesOf(layer, example),
                    examples.Targets(example),
                    plan.SubstepsOf(example)
                );
            }
        }
        if (previous != null)
            Sweep<UpdateOnly>(layer, previous, previous);
    }

    private static T* RatesOf(in LayerView<T> layer, int example) =>
        layer.Rates + (nint)example * layer.Shape.Outputs * 2 * Row;

    // What a sweep does, as types, so that the compiler makes one loop without branches of each.
    private interface ISweep;

    private struct ReadOnly : ISweep;

    private struct UpdateOnly : ISweep;

    private struct UpdateAndRead : ISweep;

    // The hot loop: 16 loads, 2 stores and about 40 operations a weight.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep<TSweep>(in LayerView<T> layer, T* previous, T* current)
        where TSweep : struct, ISweep
    {
        bool update = typeof(TSweep) != typeof(ReadOnly);
        bool read = typeof(TSweep) != typeof(UpdateOnly);
        int row = Row;
        int inputs = layer.Shape.Inputs;
        V half = Constant<V, T>(0.5);
        T* w = layer.Weights;
        T* output = layer.Outputs;
        T* end = output + (nint)layer.Shape.Outputs * OutputRow.Count * row;
        for (; output < end; output += OutputRow.Count * row)
        {
            V ep = V.Load(output + ErrorP * row);
            V en = V.Load(output + ErrorN * row);
            V lead = V.Load(output + Lead * row);
            V y = default;
            V drift = default;
            T* xp = previous;
            T* nextXp = current;
            for (int i = 0; i < inputs; i++)
            {
                // All rows at once and in the order of their addresses: that is what keeps the second-level cache busy.
                V p = V.Load(w);
                V n = V.Load(w + N * row);
                V fwdPp = V.Load(w + FwdPp * row);
                V fwdNp = V.Load(w + FwdNp * row);
                V fwdNn = V.Load(w + FwdNn * row);
                V fwdPn = V.Load(w + FwdPn * row);
                V updPn = V.Load(w + UpdPn * row);
                V updNp = V.Load(w + UpdNp * row);
                V updPp = V.Load(w + UpdPp * row);
                V updNn = V.Load(w + UpdNn * row);
                V decayP = V.Load(w + DecayP * row);
                V decayN = V.Load(w + DecayN * row);
                V crossP = V.Load(w + CrossP * row);
                V crossN = V.Load(w + CrossN * row);
                V quiescentP = V.Load(w + QuiescentP * row);
                V quiescentN = V.Load(w + QuiescentN * row);
                if (update)
                {
                    V inP = V.Broadcast(xp[0]);
                    V inN = V.Broadcast(xp[inputs]);
                    V gradientP = V.Fma(ep * inN, updPn, en * inP * updNp);
                    V gradientN = V.Fma(ep * inP, updPp, en * inN * updNn);
                    V product = p * n;
                    V sourceP = V.Fma(crossP, product, V.Fma(decayP, p, quiescentP));
                    V sourceN = V.Fma(crossN, product, V.Fma(decayN, n, quiescentN));
                    // Mean change of each half over the step, on which decay and cross-coupling act.
                    V meanP = V.Fma(lead, gradientP, half * sourceP);
                    V meanN = V.Fma(lead, gradientN, half * sourceN);
                    V meanProduct = V.Fma(meanP, n, p * meanN);
                    p = V.Fma(crossP, meanProduct, V.Fma(decayP, meanP, p + (gradientP + sourceP)));
                    n = V.Fma(crossN, meanProduct, V.Fma(decayN, meanN, n + (gradientN + sourceN)));
                    V.Store(w, p);
                    V.Store(w + N * row, n);
                }
                if (read)
                {
                    V inP = V.Broadcast(nextXp[0]);
                    V inN = V.Broadcast(nextXp[inputs]);
                    V gainP = V.Fma(inN, fwdNp, inP * fwdPp);
                    V gainN = V.Fma(inP, fwdPn, inN * fwdNn);
                    V product = p * n;
                    V sourceP = V.Fma(crossP, product, V.Fma(decayP, p, quiescentP));
                    V sourceN = V.Fma(crossN, product, V.Fma(decayN, n, quiescentN));
                    y = V.Fma(gainP, p, V.Fma(gainN, n, y));
                    drift = V.Fma(gainP, sourceP, V.Fma(gainN, sourceN, drift));
                }
                xp++;
                nextXp++;
                w += WeightRow.Count * row;
            }
            if (read)
            {
                V.Store(output + Y * row, y);
                V.Store(output + Drift * row, drift);
            }
        }
    }

    // Rates are quadratic in the inputs, xp^2 a + xp xn b + xn^2 c summed over the weights of an output; a, b and c are
    // taken out of the loop over the examples, of which four share a sweep.
    private static void ComputeRatesOfSlice(in LayerView<T> layer, SignalSet<T> examples)
    {
        ComputeRateFactors(layer);
        for (int e = 0; e < examples.Count; e += 4)
            SumRates(layer, examples, e);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeRateFactors(in LayerView<T> layer)
    {
        int row = Row;
        T* w = layer.Weights;
        T* factor = layer.RateFactors;
        for (int i = 0; i < layer.Shape.Weights; i++, w += WeightRow.Count * row, factor += 6 * row)
        {
            V fwdPp = V.Load(w + FwdPp * row);
            V fwdNp = V.Load(w + FwdNp * row);
            V fwdNn = V.Load(w + FwdNn * row);
            V fwdPn = V.Load(w + FwdPn * row);
            V updPn = V.Load(w + UpdPn * row);
            V updNp = V.Load(w + UpdNp * row);
            V updPp = V.Load(w + UpdPp * row);
            V updNn = V.Load(w + UpdNn * row);
            V.Store(factor, fwdPn * updPp);
            V.Store(factor + row, fwdPp * updNp);
            V.Store(factor + 2 * row, V.Fma(fwdPp, updPn, fwdNn * updPp));
            V.Store(factor + 3 * row, V.Fma(fwdNp, updNp, fwdPn * updNn));
            V.Store(factor + 4 * row, fwdNp * updPn);
            V.Store(factor + 5 * row, fwdNn * updNn);
        }
    }

    // Of four examples from the first on; past the last one, the last one again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumRates(in LayerView<T> layer, SignalSet<T> examples, int first)
    {
        int row = Row;
        var (outputs, inputs) = layer.Shape;
        int last = examples.Count - 1;
        int second = Math.Min(first + 1, last);
        int third = Math.Min(first + 2, last);
        int fourth = Math.Min(first + 3, last);
        T* x0 = examples.Squares(first);
        T* x1 = examples.Squares(second);
        T* x2 = examples.Squares(third);
        T* x3 = examples.Squares(fourth);
        T* factor = layer.RateFactors;
        for (int o = 0; o < outputs; o++)
        {
            V p0 = default,
                p1 = default,
                p2 = default,
                p3 = default;
            V n0 = default,
                n1 = default,
                n2 = default,
                n3 = default;
            for (int i = 0; i < 3 * inputs; i++, factor += 2 * row)
            {
                V p = V.Load(factor);
                V n = V.Load(factor + row);
                V s0 = V.Broadcast(x0[i]);
                V s1 = V.Broadcast(x1[i]);
                V s2 = V.Broadcast(x2[i]);
                V s3 = V.Broadcast(x3[i]);
                p0 = V.Fma(p, s0, p0);
                n0 = V.Fma(n, s0, n0);
                p1 = V.Fma(p, s1, p1);
                n1 = V.Fma(n, s1, n1);
                p2 = V.Fma(p, s2, p2);
                n2 = V.Fma(n, s2, n2);
                p3 = V.Fma(p, s3, p3);
                n3 = V.Fma(n, s3, n3);
            }
            StoreRates(layer, first, o, p0, n0);
            StoreRates(layer, second, o, p1, n1);
            StoreRates(layer, third, o, p2, n2);
            StoreRates(layer, fourth, o, p3, n3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRates(in LayerView<T> layer, int example, int output, V positive, V negative)
    {
        T* rate = layer.Rates + ((nint)example * layer.Shape.Outputs + output) * 2 * Row;
        V.Store(rate, positive);
        V.Store(rate + Row, negative);
    }

    // The variance of a half's change is q/(C n UT) w (in + out), with what flows in and out in units of w; in is the change
    // of w and what flowed out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddNoiseToSlice(in LayerView<T> layer, int steps)
    {
        int row = Row;
        V half = Constant<V, T>(0.5);
        V presentation = Constant<V, T>(-steps);
        T* w = layer.Weights;
        T* noise = layer.Noise;
        for (int i = 0; i < layer.Shape.Weights; i++, w += WeightRow.Count * row, noise += NoiseRow.Count * row)
        {
            V p = V.Load(w);
            V n = V.Load(w + N * row);
            V startP = V.Load(noise + NoiseRow.StartP * row);
            V startN = V.Load(noise + NoiseRow.StartN * row);
            V meanP = half * (startP + p);
            V meanN = half * (startN + n);
            V decayP = presentation * V.Load(w + DecayP * row);
            V decayN = presentation * V.Load(w + DecayN * row);
            V crossP = presentation * V.Load(w + CrossP * row) * meanN;
            V crossN = presentation * V.Load(w + CrossN * row) * meanP;
            V flowP = meanP * V.Fma(meanP + meanP, decayP + crossP, p - startP);
            V flowN = meanN * V.Fma(meanN + meanN, decayN + crossN, n - startN);
            NoiseStep<V, T>.Add(w, noise, new(p, flowP, decayP, crossP), new(n, flowN, decayN, crossN));
        }
    }

    // y = sum xp (Fpp wp - Fpn wn) + xn (Fnn wn - Fnp wp); Fpn and Fnp are stored negative.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FoldSlice(in LayerView<T> layer, bool held)
    {
        int row = Row;
        V hold = default(V) - V.Load(layer.Hold);
        T* w = layer.Weights;
        T* folded = layer.Folded;
        T* retention = layer.Retention;
        for (
            int i = 0;
            i < layer.Shape.Weights;
            i++, w += WeightRow.Count * row, folded += 2 * row, retention += 2 * row
        )
        {
            V p = V.Load(w);
            V n = V.Load(w + N * row);
            if (held)
            {
                p *= Exp<V, T>(V.Load(retention) * hold);
                n *= Exp<V, T>(V.Load(retention + row) * hold);
            }
            V.Store(folded, V.Load(w + FwdPp * row) * p + V.Load(w + FwdPn * row) * n);
            V.Store(folded + row, V.Load(w + FwdNn * row) * n + V.Load(w + FwdNp * row) * p);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PredictSlice(in LayerView<T> layer, SignalSet<T> examples, T* predictions)
    {
        int row = Row;
        var (outputs, inputs) = layer.Shape;
        for (int e = 0; e < examples.Count; e++)
        {
            T* x = examples.Polar(e);
            T* folded = layer.Folded;
            for (int o = 0; o < outputs; o++)
            {
                V positive = default;
                V negative = default;
                for (int i = 0; i < inputs; i++, folded += 2 * row)
                {
                    positive = V.Fma(V.Broadcast(x[i]), V.Load(folded), positive);
                    negative = V.Fma(V.Broadcast(x[inputs + i]), V.Load(folded + row), negative);
                }
                V.Store(layer.Outputs + (o * OutputRow.Count + Stage) * row, positive + negative);
            }
            OutputSolver<V, T>.WritePrediction(layer, predictions + (nint)e * outputs * row);
        }
    }
}
