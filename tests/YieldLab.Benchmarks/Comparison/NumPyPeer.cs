using System.Globalization;

namespace YieldLab.Benchmarks.Comparison;

/// <summary>NumPy over all weights and dies at once, with the number of dies that suits it best.</summary>
internal sealed class NumPyPeer : IPeer
{
    // The distribution's Python first: where another one is in the path, NumPy is often installed for this one only.
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3"];

    private readonly string _python;
    private readonly string _script;
    private readonly Dictionary<string, string> _dies = [];

    private NumPyPeer(string python, string script)
    {
        _python = python;
        _script = script;
    }

    public string Name => "NumPy";

    /// <exception cref="PeerMissingException">No Python with NumPy.</exception>
    public static NumPyPeer Find(string sources)
    {
        string python =
            Interpreters.FirstOrDefault(HasNumPy)
            ?? throw new PeerMissingException("no python3 with NumPy is installed");
        return new(python, Path.Combine(sources, "kernel.py"));
    }

    public void Train(DumpFile dump, string weights) => Command.Run(_python, _script, "train", dump.Path, weights);

    public double[] Measure(DumpFile dump)
    {
        string dies = BestDies(dump);
        string[] fields = Command.Run(_python, _script, "time", dump.Path, dies)[0].Split(' ');
        return [dump.Weights * Number(fields[0]) * Number(dies) / Number(fields[1])];
    }

    private string BestDies(DumpFile dump)
    {
        if (!_dies.TryGetValue(dump.Path, out string? dies))
            _dies[dump.Path] = dies = Command.Run(_python, _script, "tune", dump.Path)[0];
        return dies;
    }

    private static bool HasNumPy(string python)
    {
        try
        {
            Command.Run(python, "-c", "import numpy");
            return true;
        }
        catch (PeerMissingException)
        {
            return false;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
