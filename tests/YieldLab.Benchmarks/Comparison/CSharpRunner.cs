using System.Diagnostics;
using System.Numerics;
using YieldLab.Benchmarks.Workload;
using YieldLab.Circuits.Accelerators;

namespace YieldLab.Benchmarks.Comparison;

/// <summary>Times the kernel in this process, each round in memory of its own: where its pages happen to lie decides
/// how many of them the second-level cache can hold, for the peers as well.</summary>
internal static class CSharpRunner
{
    /// <summary>Epochs in one round.</summary>
    public const int Repetitions = 5;

    /// <summary>Weight updates per second of each repetition, on one thread a batch.</summary>
    public static double[] Measure<T>(DigitsWorkload workload, SignalSet<T> signals, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Trainee<T>[] trainees = [.. Enumerable.Range(0, threads).Select(i => new Trainee<T>(workload, signals, i))];
        double updates = threads * workload.Updates<T>();
        double[] rates = [.. Enumerable.Range(0, Repetitions).Select(_ => updates / Seconds(trainees))];
        foreach (Trainee<T> trainee in trainees)
            trainee.Dispose();
        return rates;
    }

    private static double Seconds<T>(Trainee<T>[] trainees)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (Trainee<T> trainee in trainees)
            trainee.Restart();
        Thread[] others = [.. trainees.Skip(1).Select(trainee => new Thread(trainee.Train))];
        var watch = Stopwatch.StartNew();
        foreach (Thread thread in others)
            thread.Start();
        trainees[0].Train();
        foreach (Thread thread in others)
            thread.Join();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>A batch that can be trained again from the start.</summary>
    private sealed class Trainee<T> : IDisposable
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly LayerBatch<T> _batch;
        private readonly int[] _order;
        private readonly T[] _start;

        public Trainee(DigitsWorkload workload, SignalSet<T> signals, int number)
        {
            _batch = workload.Loaded(signals, firstDie: number * LayerBatch<T>.Lanes);
            _order = workload.Order;
            _start = Dump.Weights(_batch.View).ToArray();
        }

        public void Restart() => _start.CopyTo(Dump.Weights(_batch.View));

        public void Train() => _batch.TrainEpoch(_order);

        public void Dispose() => _batch.Dispose();
    }
}
