using System.Numerics;
using BenchmarkDotNet.Attributes;
using YieldLab.Benchmarks.Workload;
using YieldLab.Circuits.Accelerators;

namespace YieldLab.Benchmarks;

/// <summary>Predictions of all 1797 examples by one batch (16 dies in float, 8 in double), at once and after a hold
/// time.</summary>
[ShortRunJob]
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class PredictionBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DigitsWorkload _workload = new();
    private SignalSet<T> _signals = null!;
    private LayerBatch<T> _batch = null!;

    [Params(0, 1e-3)]
    public double HoldTime { get; set; }

    [GlobalSetup]
    public void Train()
    {
        _signals = _workload.Signals<T>();
        _batch = _workload.Loaded(_signals, firstDie: 0);
        _batch.TrainEpoch(_workload.Order);
    }

    [GlobalCleanup]
    public void Free() => _batch.Dispose();

    [Benchmark]
    public T Predict() => _batch.Predict(_signals, HoldTime)[^1];
}
