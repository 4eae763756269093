using System.Runtime.CompilerServices;
using YieldLab.Statistics.Numerics;
using static YieldLab.Circuits.Accelerators.OutputRow;
using static YieldLab.Statistics.Numerics.Elementary;

namespace YieldLab.Circuits.Accelerators;

/// <summary>What happens behind the summing mirrors, the same in every fidelity: activation, error, rectifier, and how the
/// outputs move within a step.</summary>
internal static unsafe class OutputSolver<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged
{
    private static int Row => LayerView<T>.Row;

    /// <summary>
    /// Solves dy/dt = Rp ep + Rn en + D over one step by the Runge-Kutta method of fourth order, from <see cref="Y"/> and
    /// <see cref="Drift"/>; leaves the mean errors and their <see cref="Lead"/>.
    /// </summary>
    /// <param name="layer">The batch.</param>
    /// <param name="rates">Rp and Rn of each output, [output][2][lane].</param>
    /// <param name="targets">Target of each output.</param>
    /// <param name="substeps">Runge-Kutta steps in the step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(in LayerView<T> layer, T* rates, T* targets, int substeps)
    {
        int row = Row;
        int outputs = layer.Shape.Outputs;
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

    /// <summary>Keeps the largest change of an output in a substep at <see cref="LayerView{T}.Fastest"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TrackFastest(in LayerView<T> layer, T* rates, int substeps)
    {
        int row = Row;
        V fastest = V.Load(layer.Fastest);
        V share = Constant<V, T>((layer.Task == LearningTask.Softmax ? 0.5 : 1) / substeps);
        for (int o = 0; o < layer.Shape.Outputs; o++, rates += 2 * row)
        {
            // Rates are negative where learning converges; each acts where the error has its sign.
            V rate = V.Max(default(V) - V.Load(rates), default(V) - V.Load(rates + row)) * share;
            if (layer.Task == LearningTask.Softmax)
                rate *= V.Load(layer.Outputs + (o * OutputRow.Count + ActivationGain) * row);
            fastest = V.Max(rate, fastest);
        }
        V.Store(layer.Fastest, fastest);
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

    /// <summary>Errors of the outputs at <see cref="Stage"/>, split by sign, each with its quiescent part; left at
    /// <see cref="StageP"/> and <see cref="StageN"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RectifiedErrors(in LayerView<T> layer, T* targets)
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

    /// <summary>The prediction that belongs to the outputs at <see cref="Stage"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WritePrediction(in LayerView<T> layer, T* prediction)
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
