using System.Numerics;
using System.Runtime.InteropServices;
using YieldLab.Benchmarks.Workload;
using YieldLab.Circuits.Accelerators;

namespace YieldLab.Benchmarks.Comparison;

/// <summary>A loaded batch as a file that the peers read: what they train from is then the same to the last bit.</summary>
internal static unsafe class Dump
{
    private const int Magic = 0x314C4459; // "YDL1"

    // Where the rows that the peers know by name stand in a weight.
    private static readonly int[] RowOrder =
    [
        WeightRow.P,
        WeightRow.N,
        WeightRow.FwdPp,
        WeightRow.FwdNp,
        WeightRow.FwdNn,
        WeightRow.FwdPn,
        WeightRow.UpdPn,
        WeightRow.UpdNp,
        WeightRow.UpdPp,
        WeightRow.UpdNn,
        WeightRow.DecayP,
        WeightRow.DecayN,
        WeightRow.CrossP,
        WeightRow.CrossN,
        WeightRow.QuiescentP,
        WeightRow.QuiescentN,
    ];

    public static void Write<T>(string path, DigitsWorkload workload, LayerBatch<T> batch, SignalSet<T> signals)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LayerView<T> view = batch.View;
        var (outputs, inputs) = view.Shape;
        using FileStream file = File.Create(path);
        WriteAll<int>(file, [Magic, sizeof(T), LayerView<T>.Row, outputs, inputs, signals.Count, .. RowOrder]);
        WriteAll<double>(file, [double.CreateTruncating(view.ErrorQuiescent)]);
        WriteAll<int>(file, workload.Plan.Substeps);
        WriteAll<int>(file, workload.Order);
        WriteAll<T>(file, Weights(view));
        for (int output = 0; output < outputs; output++)
        {
            WriteAll<T>(file, Row(view.Outputs, output * OutputRow.Count + OutputRow.ActivationGain));
            WriteAll<T>(file, Row(view.Outputs, output * OutputRow.Count + OutputRow.ActivationOffset));
        }
        WriteAll<T>(file, new(view.Rates, signals.Count * outputs * 2 * LayerView<T>.Row));
        WriteAll<T>(file, new(signals.Polar(0), signals.Count * 2 * inputs));
        WriteAll<T>(file, new(signals.Targets(0), signals.Count * outputs));
    }

    /// <summary>The weight rows of a batch, states and constants.</summary>
    public static Span<T> Weights<T>(LayerView<T> view)
        where T : unmanaged => new(view.Weights, view.Shape.Weights * WeightRow.Count * LayerView<T>.Row);

    /// <summary>The two halves of each weight, [weight][2][lane], as doubles.</summary>
    public static double[] Halves<T>(LayerView<T> view)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var halves = new List<T>();
        for (int weight = 0; weight < view.Shape.Weights; weight++)
        {
            halves.AddRange(Row(view.Weights, weight * WeightRow.Count + WeightRow.P));
            halves.AddRange(Row(view.Weights, weight * WeightRow.Count + WeightRow.N));
        }
        return ToDoubles<T>([.. halves]);
    }

    /// <summary>The same, as a peer has written them.</summary>
    public static double[] ReadHalves<T>(string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ToDoubles(MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(path)));

    private static double[] ToDoubles<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. values.ToArray().Select(double.CreateTruncating)];

    private static ReadOnlySpan<T> Row<T>(T* rows, int row)
        where T : unmanaged => new(rows + (nint)row * LayerView<T>.Row, LayerView<T>.Row);

    private static void WriteAll<TItem>(Stream file, ReadOnlySpan<TItem> items)
        where TItem : unmanaged => file.Write(MemoryMarshal.AsBytes(items));
}
