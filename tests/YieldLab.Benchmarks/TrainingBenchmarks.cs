using System.Numerics;
using BenchmarkDotNet.Attributes;
using YieldLab.Benchmarks.Workload;
using YieldLab.Circuits.Accelerators;

namespace YieldLab.Benchmarks;

/// <summary>One epoch of digits of one batch (16 dies in float, 8 in double) on one thread.</summary>
[ShortRunJob]
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class TrainingBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DigitsWorkload _workload = new();
    private LayerBatch<T> _batch = null!;

    [Params(VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Scalar)]
    public VectorWidth Width { get; set; }

    [GlobalSetup]
    public void Load() => _batch = _workload.Loaded(_workload.Signals<T>(), firstDie: 0, Width);

    [GlobalCleanup]
    public void Free() => _batch.Dispose();

    // Goes on from the weights that it has left: an epoch takes the same time whatever they are.
    [Benchmark]
    public void Epoch() => _batch.TrainEpoch(_workload.Order);
}
