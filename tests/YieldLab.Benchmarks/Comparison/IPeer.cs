namespace YieldLab.Benchmarks.Comparison;

/// <summary>The same arithmetic in another language, run as a program of its own.</summary>
internal interface IPeer
{
    string Name { get; }

    /// <summary>Trains a dump for one epoch and writes the half weights to a file.</summary>
    void Train(DumpFile dump, string weights);

    /// <summary>Weight updates per second, of each repetition in one run of the program.</summary>
    double[] Measure(DumpFile dump);
}
