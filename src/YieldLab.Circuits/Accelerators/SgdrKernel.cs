using System.Runtime.CompilerServices;
using YieldLab.Statistics.Numerics;
using static YieldLab.Circuits.Accelerators.OutputRow;
using static YieldLab.Circuits.Accelerators.WeightRow;
using static YieldLab.Statistics.Numerics.Elementary;

namespace YieldLab.Circuits.Accelerators;

/// <summary>The arithmetic on a batch of dies, independent of the vector width that does it.</summary>
internal unsafe interface ISgdrKernel<T>
    where T : unmanaged
{
    /// <summary>Fills <see cref="LayerView{T}.Rates"/> for every example.</summary>
    void ComputeRates(in LayerView<T> layer, SignalSet<T> examples);

    /// <summary>One pass over the training set, stepped by the plan.</summary>
    void TrainEpoch(in LayerView<T> layer, SignalSet<T> examples, ReadOnlySpan<int> order, StepPlan plan);

    /// <summary>Predictions of every example, [example][output][lane], from <see cref="LayerView{T}.Folded"/>.</summary>
    void Predict(in LayerView<T> layer, SignalSet<T> examples, T* predictions);
}

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
internal sealed unsafe class SgdrKernel<V, T> : ISgdrKernel<T>
    where V : struct, ILanes<V, T>
    where T : unmanaged
{
    private static int Row => LayerView<T>.Row;

    public void ComputeRates(in LayerView<T> layer, SignalSet<T> examples)
    {
        for (int lane = 0; lane < Row; lane += V.Count)
            ComputeRatesOfSlice(layer.From(lane), examples);
    }

    public void TrainEpoch(in LayerView<T> layer, SignalSet<T> examples, ReadOnlySpan<int> order, StepPlan plan)
    {
        for (int lane = 0; lane < Row; lane += V.Count)
            TrainEpochOfSlice(layer.From(lane), examples, order, plan);
    }

    public void Predict(in LayerView<T> layer, SignalSet<T> examples, T* predictions)
    {
        for (int lane = 0; lane < Row; lane += V.Count)
            PredictSlice(layer.From(lane), examples, predictions + lane);
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
                SolveOutputs(layer, example, examples.Targets(example), plan.SubstepsOf(example));
            }
        }
        if (previous != null)
            Sweep<UpdateOnly>(layer, previous, previous);
    }

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

    // Runge-Kutta of fourth order for the outputs over one step; leaves the mean errors and their lead.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveOutputs(in LayerView<T> layer, int example, T* targets, int substeps)
    {
        int row = Row;
        int outputs = layer.Shape.Outputs;
        T* rates = layer.Rates + (nint)example * outputs * 2 * row;
        for (int o = 0; o < outputs; o++)
        {
            T* output = layer.Outputs + o * OutputRow.Count * row;
            V.Store(output + Stage * row, V.Load(output + Y * row));
            V.Store(output + ErrorP * row, default);
            V.Store(output + ErrorN * row, default);
            V.Store(output + Lead * row, default);
        }
        double h = 1.0 / substeps;
        for (int j = 0; j < substeps; j++)
        {
            RungeKuttaStage<First>(layer, rates, targets, weight: 1, left: 1 - j * h, advance: h / 2);
            RungeKuttaStage<Middle>(layer, rates, targets, weight: 2, left: 1 - (j + 0.5) * h, advance: h / 2);
            RungeKuttaStage<Middle>(layer, rates, targets, weight: 2, left: 1 - (j + 0.5) * h, advance: h);
            RungeKuttaStage<Last>(layer, rates, targets, weight: 1, left: 1 - (j + 1) * h, advance: h / 6);
        }
        V scale = Constant<V, T>(h / 6);
        V tiny = Constant<V, T>(1e-30); // keeps 0/0 out where the error and its quiescent part are both zero
        for (int o = 0; o < outputs; o++)
        {
            T* output = layer.Outputs + o * OutputRow.Count * row;
            V sumP = V.Load(output + ErrorP * row);
            V sumN = V.Load(output + ErrorN * row);
            V.Store(output + Lead * row, V.Load(output + Lead * row) / (sumP + sumN + tiny));
            V.Store(output + ErrorP * row, sumP * scale);
            V.Store(output + ErrorN * row, sumN * scale);
        }
    }

    private interface IStage;

    private struct First : IStage;

    private struct Middle : IStage;

    private struct Last : IStage;

    // A method of its own, not inlined four times: the compiler's budget for inlining is per method.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RungeKuttaStage<TStage>(
        in LayerView<T> layer,
        T* rates,
        T* targets,
        double weight,
        double left,
        double advance
    )
        where TStage : struct, IStage
    {
        int row = Row;
        int outputs = layer.Shape.Outputs;
        RectifiedErrors(layer, targets);
        V weights = Constant<V, T>(weight);
        V moment = Constant<V, T>(weight * left);
        V ahead = Constant<V, T>(advance);
        for (int o = 0; o < outputs; o++)
        {
            T* output = layer.Outputs + o * OutputRow.Count * row;
            T* rate = rates + o * 2 * row;
            V ep = V.Load(output + StageP * row);
            V en = V.Load(output + StageN * row);
            V slope = V.Fma(V.Load(rate), ep, V.Fma(V.Load(rate + row), en, V.Load(output + Drift * row)));
            V.Store(output + ErrorP * row, V.Fma(weights, ep, V.Load(output + ErrorP * row)));
            V.Store(output + ErrorN * row, V.Fma(weights, en, V.Load(output + ErrorN * row)));
            V.Store(output + Lead * row, V.Fma(moment, ep + en, V.Load(output + Lead * row)));
            V sum = typeof(TStage) == typeof(First) ? slope : V.Fma(weights, slope, V.Load(output + Slope * row));
            V y = V.Fma(ahead, typeof(TStage) == typeof(Last) ? sum : slope, V.Load(output + Y * row));
            V.Store(output + Slope * row, sum);
            V.Store(output + Stage * row, y);
            if (typeof(TStage) == typeof(Last))
                V.Store(output + Y * row, y);
        }
    }

    // Errors of the outputs at Stage, split by sign, each with its quiescent part.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RectifiedErrors(in LayerView<T> layer, T* targets)
    {
        int row = Row;
        int outputs = layer.Shape.Outputs;
        V quiescent = V.Broadcast(layer.ErrorQuiescent);
        V inverse = layer.Task == LearningTask.Softmax ? Softmax(layer.Outputs, outputs) : default;
        for (int o = 0; o < outputs; o++)
        {
            T* output = layer.Outputs + o * OutputRow.Count * row;
            V target = V.Broadcast(targets[o]);
            V stage = V.Load(output + Stage * row);
            V error =
                layer.Task == LearningTask.Softmax
                    ? V.Load(output + StageP * row) * inverse - target
                    : V.Fma(
                        V.Min(default(V) - target, default),
                        V.Load(output + SumN * row),
                        V.Fma(V.Max(default(V) - target, default), V.Load(output + SumP * row), stage)
                    );
            V positive = V.Max(error, default);
            V.Store(output + StageP * row, positive + quiescent);
            V.Store(output + StageN * row, positive - error + quiescent);
        }
    }

    // Leaves exp(z - max z) of each output at StageP and returns the reciprocal of their sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Softmax(T* outputs, int count)
    {
        int row = Row;
        V largest = default;
        for (int o = 0; o < count; o++)
        {
            T* output = outputs + o * OutputRow.Count * row;
            V z = V.Fma(
                V.Load(output + ActivationGain * row),
                V.Load(output + Stage * row),
                V.Load(output + ActivationOffset * row)
            );
            V.Store(output + StageP * row, z);
            largest = o == 0 ? z : V.Max(largest, z);
        }
        V sum = default;
        for (int o = 0; o < count; o++)
        {
            T* output = outputs + o * OutputRow.Count * row;
            V power = Exp<V, T>(V.Load(output + StageP * row) - largest);
            V.Store(output + StageP * row, power);
            sum += power;
        }
        return Constant<V, T>(1) / sum;
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
            WritePrediction(layer, predictions + (nint)e * outputs * row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WritePrediction(in LayerView<T> layer, T* prediction)
    {
        int row = Row;
        bool softmax = layer.Task == LearningTask.Softmax;
        V inverse = softmax ? Softmax(layer.Outputs, layer.Shape.Outputs) : default;
        for (int o = 0; o < layer.Shape.Outputs; o++)
        {
            T* output = layer.Outputs + o * OutputRow.Count * row;
            V value = softmax ? V.Load(output + StageP * row) * inverse : V.Load(output + Stage * row);
            V.Store(prediction + o * row, value);
        }
    }
}
