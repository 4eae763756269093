using BenchmarkDotNet.Attributes;
using YieldLab.Benchmarks.Workload;
using YieldLab.Statistics.Random;

namespace YieldLab.Benchmarks;

/// <summary>Time of one standard normal, drawn for eight dies at once.</summary>
[ShortRunJob]
public class DrawingBenchmarks
{
    private const int Count = 65_000 * AddressedDraws.Lanes;

    private readonly double[] _normals = new double[Count];
    private readonly long[] _dies = [0, 1, 2, 3, 4, 5, 6, 7];

    [Benchmark(OperationsPerInvoke = Count)]
    public void Normals() => DigitsWorkload.Draws.Normals(new("silicon/benchmark"), _dies, _normals);
}
