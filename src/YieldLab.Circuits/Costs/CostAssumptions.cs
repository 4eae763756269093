using YieldLab.Circuits.Technology;

namespace YieldLab.Circuits.Costs;

/// <summary>What power and area depend on beside the circuit itself.</summary>
public sealed record CostAssumptions
{
    [Parameter("V", "Supply of every branch (VDD)", Min = 0, MinExcluded = true, Max = 20, Example = "1.8 V")]
    public required double Supply { get; init; }

    [Parameter(
        "1",
        "Area of a laid-out cell over the W L of its devices: contacts, spacing, wiring",
        Min = 1,
        Max = 100,
        Example = "3"
    )]
    public required double LayoutFactor { get; init; }
}
