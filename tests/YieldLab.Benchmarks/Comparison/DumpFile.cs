namespace YieldLab.Benchmarks.Comparison;

/// <summary>A dumped batch and its size.</summary>
internal sealed record DumpFile(string Path, int Weights, int Examples, int Lanes)
{
    /// <summary>Weight updates of one epoch.</summary>
    public double Updates => (double)Weights * Examples * Lanes;
}
