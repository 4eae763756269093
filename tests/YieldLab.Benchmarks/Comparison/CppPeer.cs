using System.Globalization;

namespace YieldLab.Benchmarks.Comparison;

/// <summary>Hand-written AVX-512, compiled on the spot for this machine.</summary>
internal sealed class CppPeer : IPeer
{
    private readonly string _program;
    private readonly string _scratch;

    private CppPeer(string folder)
    {
        _program = Path.Combine(folder, "kernel");
        _scratch = Path.Combine(folder, "cpp.weights");
    }

    public string Name => "C++ (AVX-512 intrinsics)";

    /// <exception cref="PeerMissingException">No compiler, or a processor without AVX-512.</exception>
    public static CppPeer Build(string sources, string folder)
    {
        if (!System.Runtime.Intrinsics.X86.Avx512F.IsSupported)
            throw new PeerMissingException("the processor has no AVX-512");
        var peer = new CppPeer(folder);
        string[] options = ["-O3", "-march=native", "-ffp-contract=off", "-std=c++17"];
        Command.Run("g++", [.. options, Path.Combine(sources, "kernel.cpp"), "-o", peer._program]);
        return peer;
    }

    public void Train(DumpFile dump, string weights) => Command.Run(_program, "train", dump.Path, weights, "1");

    public double[] Measure(DumpFile dump)
    {
        string[] seconds = Command.Run(_program, "train", dump.Path, _scratch, $"{CSharpRunner.Repetitions}");
        return [.. Numbers(seconds).Select(time => dump.Updates / time)];
    }

    public MachineLimits MeasureMachine()
    {
        double[] limits = [.. Numbers(Command.Run(_program, "machine"))];
        return new(limits[0], limits[1], limits[2]);
    }

    private static IEnumerable<double> Numbers(IEnumerable<string> lines) =>
        lines.Select(line => double.Parse(line, CultureInfo.InvariantCulture));
}
