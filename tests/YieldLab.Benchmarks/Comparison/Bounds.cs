using YieldLab.Benchmarks.Workload;

namespace YieldLab.Benchmarks.Comparison;

/// <summary>The rates that each limit of the machine would allow alone.</summary>
internal sealed class Bounds
{
    private readonly List<(string Name, double Rate)> _bounds;

    public Bounds(MachineLimits machine, int lanes, int inputs)
    {
        bool single = lanes == 16;
        double solver = KernelCost.SolverMultiplications(single, DigitsWorkload.Substeps, inputs);
        _bounds =
        [
            ("first-level reads", lanes * machine.FirstLevel / KernelCost.BytesRead),
            ("second-level reads", lanes * machine.SecondLevel / KernelCost.BytesRead),
            ("multiply-adds", lanes * machine.MultiplyAdds / (KernelCost.SweepMultiplications + solver)),
        ];
    }

    /// <summary>One line: each bound in G updates/s, and how near a measured rate comes to the nearest.</summary>
    public string Describe(double rate)
    {
        string all = string.Join(", ", _bounds.Select(bound => $"{bound.Name} {bound.Rate / 1e9:f2}"));
        var nearest = _bounds.MinBy(bound => bound.Rate);
        return $"{all}; nearest: {nearest.Name}, of which C# reaches {rate / nearest.Rate:p0}";
    }
}
