using YieldLab.Circuits.Technology;

namespace YieldLab.Circuits.Cells;

/// <summary>Which sources of variation act. Switching one off leaves the draws of the others as they are.</summary>
/// <param name="Process">Die-to-die shifts.</param>
/// <param name="Mismatch">Differences between the cells of a die: loops, capacitors, switches.</param>
/// <param name="Leakage">Leakage of the memory capacitors; without it they hold their charge.</param>
/// <param name="Temperature">The temperature range and the gradient on the die; without it all is at Tref.</param>
public sealed record Variation(bool Process, bool Mismatch, bool Leakage, bool Temperature);

/// <summary>A design in a process: what dies are drawn from.</summary>
/// <param name="Card">The process.</param>
/// <param name="Design">The circuit.</param>
/// <param name="Shape">The layer.</param>
/// <param name="Variation">Sources that act.</param>
/// <param name="Temperature">Temperatures of the dies.</param>
/// <param name="Gradient">Temperature difference across the array, peak to peak in kelvin, along a direction that is
/// random for each die.</param>
public sealed record Silicon(
    ProcessCard Card,
    Design Design,
    LayerShape Shape,
    Variation Variation,
    TemperatureRange Temperature,
    double Gradient
)
{
    /// <summary>The corner that all dies are in, instead of die-to-die draws and whether or not these are on; null where
    /// there is none.</summary>
    public ProcessCorner? Corner { get; init; }

    /// <summary>What is known of the dies beforehand; it comes before the corner and all draws.</summary>
    public GivenDies Given { get; init; } = GivenDies.None;
}
