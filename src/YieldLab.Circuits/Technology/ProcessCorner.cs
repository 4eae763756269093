namespace YieldLab.Circuits.Technology;

/// <summary>
/// A corner of a process: the shifts themselves, not their spread, of a die whose process ended there. All cells of the die
/// share them; those that are absent are 0.
/// </summary>
public sealed record ProcessCorner
{
    /// <summary>Name of the corner without any shift, which every process has.</summary>
    public const string Typical = "tt";

    /// <summary>As the process names it, such as ff or ss.</summary>
    public required string Name { get; init; }

    [Parameter("V", "Threshold voltage; positive is slower, p-channel as well", Min = -1, Max = 1, Example = "-25 mV")]
    public double Threshold { get; init; }

    [Parameter("1", "Current factor, relative", Min = -1, MinExcluded = true, Max = 1, Example = "6 %")]
    public double Beta { get; init; }

    [Parameter("1", "Capacitance, relative", Min = -1, MinExcluded = true, Max = 1, Example = "-10 %")]
    public double Capacitance { get; init; }

    [Parameter("1", "Bias reference current, relative", Min = -1, MinExcluded = true, Max = 1, Example = "5 %")]
    public double Bias { get; init; }

    [Parameter("1", "Natural logarithm of the junction current", Min = -20, Max = 20, Example = "0.7")]
    public double Leakage { get; init; }

    /// <summary>The shifts, indexed by <see cref="GlobalShift"/>: volts, relative, relative, relative, ln.</summary>
    public double[] Shifts() => [Threshold, Beta, Capacitance, Bias, Leakage];
}
