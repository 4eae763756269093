namespace YieldLab.Benchmarks.Comparison;

/// <summary>What one implementation has measured in all rounds.</summary>
internal sealed class Result(string name, string precision, int threads)
{
    private readonly List<double> _rates = [];

    public string Name { get; } = name;
    public string Precision { get; } = precision;
    public int Threads { get; } = threads;

    /// <summary>Best weight updates per second.</summary>
    public double Best => _rates.Max();

    public double Median => _rates.Order().ElementAt(_rates.Count / 2);

    public void Add(IEnumerable<double> rates) => _rates.AddRange(rates);
}
