using System.Numerics;
using YieldLab.Benchmarks.Workload;
using YieldLab.Circuits.Accelerators;

namespace YieldLab.Benchmarks.Comparison;

/// <summary>All implementations in one precision: agreement of their weights, then rounds of measuring in turn.</summary>
internal interface ISideBySide
{
    IReadOnlyList<Result> Results { get; }

    /// <summary>Trains the same batch everywhere and prints by how much the weights differ.</summary>
    void CheckAgreement();

    /// <summary>Measures each implementation once more.</summary>
    void RunRound();

    /// <summary>Prints what the machine's limits allow.</summary>
    void PrintBounds(MachineLimits machine);
}

internal sealed class SideBySide<T> : ISideBySide
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const string CSharp = "C#";

    private static readonly string Precision = typeof(T) == typeof(float) ? "float" : "double";
    private static readonly double Tolerance = typeof(T) == typeof(float) ? 1e-4 : 1e-12;

    private readonly DigitsWorkload _workload;
    private readonly SignalSet<T> _signals;
    private readonly DumpFile _dump;
    private readonly List<(Result Result, Func<double[]> Measure)> _runs;
    private readonly IReadOnlyList<IPeer> _peers;

    public SideBySide(DigitsWorkload workload, IReadOnlyList<IPeer> peers, string folder)
    {
        _workload = workload;
        _peers = peers;
        _signals = workload.Signals<T>();
        string path = Path.Combine(folder, $"{Precision}.dump");
        _dump = new(path, workload.Model.Shape.Weights, workload.Examples.Count, LayerBatch<T>.Lanes);
        _runs =
        [
            (new(CSharp, Precision, 1), () => CSharpRunner.Measure(workload, _signals, threads: 1)),
            .. peers.Select(peer => (new Result(peer.Name, Precision, 1), (Func<double[]>)(() => peer.Measure(_dump)))),
            (new(CSharp, Precision, 2), () => CSharpRunner.Measure(workload, _signals, threads: 2)),
        ];
    }

    public IReadOnlyList<Result> Results => [.. _runs.Select(run => run.Result)];

    public void CheckAgreement()
    {
        using LayerBatch<T> batch = _workload.Loaded(_signals, firstDie: 0);
        Dump.Write(_dump.Path, _workload, batch, _signals);
        batch.TrainEpoch(_workload.Order);
        double[] expected = Dump.Halves(batch.View);
        foreach (IPeer peer in _peers)
            PrintDifference(peer, expected);
    }

    public void RunRound()
    {
        foreach (var (result, measure) in _runs)
            result.Add(measure());
    }

    public void PrintBounds(MachineLimits machine) =>
        Console.WriteLine(
            $"  {Precision}: "
                + new Bounds(machine, _dump.Lanes, _workload.Model.Shape.Inputs).Describe(_runs[0].Result.Best)
        );

    // Relative to the largest half weight: halves can come as near to zero as they like.
    private void PrintDifference(IPeer peer, double[] expected)
    {
        string file = $"{_dump.Path}.weights";
        peer.Train(_dump, file);
        double[] actual = Dump.ReadHalves<T>(file);
        double difference = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max() / expected.Max(Math.Abs);
        string verdict =
            difference == 0 ? "bit for bit"
            : difference <= Tolerance ? "agrees"
            : "DISAGREES";
        Console.WriteLine(
            $"{Precision} weights after an epoch, C# and {peer.Name}: largest difference {difference:0.0e+0} ({verdict})"
        );
    }
}
