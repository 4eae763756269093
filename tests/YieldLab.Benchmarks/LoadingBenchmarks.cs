using System.Numerics;
using BenchmarkDotNet.Attributes;
using YieldLab.Benchmarks.Workload;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;

namespace YieldLab.Benchmarks;

/// <summary>Making a batch of new dies: all of it, and the drawing of their errors alone. The rest is the assembly of the
/// kernel's constants and rates.</summary>
[ShortRunJob]
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class LoadingBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DigitsWorkload _workload = new();
    private LayerBatch<T> _batch = null!;
    private double[] _threshold = null!;
    private double[] _beta = null!;

    [GlobalSetup]
    public void Allocate()
    {
        _batch = _workload.Batch(_workload.Signals<T>());
        _threshold = new double[_workload.Model.Shape.Weights * ICellErrors.Lanes];
        _beta = new double[_threshold.Length];
    }

    [GlobalCleanup]
    public void Free() => _batch.Dispose();

    /// <summary>Drawing and assembly.</summary>
    [Benchmark(Baseline = true)]
    public void Load() => _batch.Load(_workload.Dies<T>(0));

    /// <summary>Every draw that the assembly asks for.</summary>
    [Benchmark]
    public void Draw()
    {
        foreach (ICellErrors dies in _workload.Dies<T>(0))
        {
            foreach (LoopKind kind in LoopKind.All)
                DrawLoops(dies, kind);
            foreach (WeightHalf half in Enum.GetValues<WeightHalf>())
                DrawIntegrators(dies, half);
        }
    }

    private void DrawLoops(ICellErrors dies, LoopKind kind)
    {
        int count = _workload.Model.Shape.CellsAt(kind.Site) * ICellErrors.Lanes;
        dies.Loops(kind, _threshold.AsSpan(0, count), _beta.AsSpan(0, count));
    }

    private void DrawIntegrators(ICellErrors dies, WeightHalf half)
    {
        dies.Capacitances(half, _threshold);
        dies.Leakages(half, _beta);
    }
}
