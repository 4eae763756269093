namespace YieldLab.Circuits.Technology;

/// <summary>
/// What a circuit needs to know of a fabrication process: one transistor type, one capacitor type, their mismatch,
/// leakage and die-to-die statistics. Numbers only; where each comes from stands in the card's file.
/// </summary>
public sealed record ProcessCard
{
    public required DeviceParameters Device { get; init; }
    public required MismatchParameters Mismatch { get; init; }
    public required CapacitorParameters Capacitor { get; init; }
    public required LeakageParameters Leakage { get; init; }

    /// <summary>Spread between the dies of a wafer, or of everything above where the levels are not separated.</summary>
    public required GlobalSpread DieToDie { get; init; }

    /// <summary>Spread between the wafers of a lot; absent where the source does not separate it.</summary>
    public GlobalSpread? WaferToWafer { get; init; }

    /// <summary>Spread between lots; absent where the source does not separate it.</summary>
    public GlobalSpread? LotToLot { get; init; }

    /// <summary>Correlations of the global shifts, the same at every level; a pair not named is uncorrelated.</summary>
    public IReadOnlyList<Correlation> Correlations { get; init; } = [];

    /// <summary>Corners beside the typical one, which is without shifts and always there.</summary>
    public IReadOnlyList<ProcessCorner> Corners { get; init; } = [];

    /// <summary>Names of all corners, the typical one first.</summary>
    public IEnumerable<string> CornerNames => [ProcessCorner.Typical, .. Corners.Select(corner => corner.Name)];

    /// <summary>The corner of a name, or null where there is none.</summary>
    public ProcessCorner? Corner(string name) =>
        name == ProcessCorner.Typical ? new() { Name = name } : Corners.FirstOrDefault(corner => corner.Name == name);
}

/// <summary>The EKV parameters of the transistor, bulk tied to source.</summary>
public sealed record DeviceParameters
{
    [Parameter("K", "Temperature at which the parameters hold (Tref)", Min = 200, Max = 450, Example = "27 C")]
    public required double ReferenceTemperature { get; init; }

    [Parameter("1", "Slope factor n of the weak-inversion characteristic", Min = 1, Max = 3, Example = "1.4")]
    public required double SlopeFactor { get; init; }

    [Parameter(
        "A",
        "Specific current per square (IS at W/L = 1)",
        Min = 0,
        MinExcluded = true,
        Max = 1e-3,
        Example = "0.5 uA"
    )]
    public required double SpecificCurrent { get; init; }

    [Parameter("V", "Threshold voltage at Tref (VT0), magnitude for p-channel", Min = -1, Max = 5, Example = "0.5 V")]
    public required double ThresholdVoltage { get; init; }

    [Parameter(
        "V/K",
        "Temperature coefficient of the threshold voltage (kVT)",
        Min = -0.01,
        Max = 0.01,
        Example = "-0.6 mV/K"
    )]
    public required double ThresholdTemperatureCoefficient { get; init; }

    [Parameter("1", "Mobility exponent bex: IS grows with T to the power 2 - bex", Min = 0, Max = 5, Example = "1.5")]
    public required double MobilityExponent { get; init; }

    [Parameter(
        "m",
        "Smallest channel width the process allows",
        Min = 0,
        MinExcluded = true,
        Max = 1e-3,
        Example = "0.42 um"
    )]
    public required double MinimumWidth { get; init; }

    [Parameter(
        "m",
        "Smallest channel length the process allows",
        Min = 0,
        MinExcluded = true,
        Max = 1e-3,
        Example = "0.15 um"
    )]
    public required double MinimumLength { get; init; }
}

/// <summary>Pelgrom coefficients of a PAIR: the standard deviation of the difference of two equal devices is the
/// coefficient over the square root of the area; one device deviates by 1/sqrt(2) of that.</summary>
public sealed record MismatchParameters
{
    [Parameter("V*m", "Threshold mismatch of a pair (AVT)", Min = 0, Max = 1e-6, Example = "5 mV*um")]
    public required double Threshold { get; init; }

    [Parameter("m", "Relative current-factor mismatch of a pair (Abeta)", Min = 0, Max = 1e-6, Example = "1 %*um")]
    public required double Beta { get; init; }

    [Parameter("m", "Relative capacitance mismatch of a pair (AC)", Min = 0, Max = 1e-6, Example = "0.5 %*um")]
    public required double Capacitance { get; init; }
}

public sealed record CapacitorParameters
{
    [Parameter("F/m^2", "Capacitance per area", Min = 0, MinExcluded = true, Max = 1, Example = "2 fF/um^2")]
    public required double Density { get; init; }
}

/// <summary>What discharges a memory capacitor beside the channel of its switch.</summary>
public sealed record LeakageParameters
{
    [Parameter("A/m", "Junction current at Tref per width of the switch", Min = 0, Max = 1, Example = "1 fA/um")]
    public required double JunctionCurrent { get; init; }

    [Parameter("eV", "Activation energy of the junction current (Ea)", Min = 0, Max = 2, Example = "0.6 eV")]
    public required double ActivationEnergy { get; init; }
}

/// <summary>Standard deviations (1 sigma) of the shifts that all cells of a die share.</summary>
public sealed record GlobalSpread
{
    [Parameter("V", "Threshold voltage", Min = 0, Max = 1, Example = "10 mV")]
    public required double Threshold { get; init; }

    [Parameter("1", "Current factor, relative", Min = 0, Max = 0.5, Example = "3 %")]
    public required double Beta { get; init; }

    [Parameter("1", "Capacitance, relative", Min = 0, Max = 0.5, Example = "3 %")]
    public required double Capacitance { get; init; }

    [Parameter("1", "Bias reference current, relative", Min = 0, Max = 0.5, Example = "2 %")]
    public required double Bias { get; init; }

    [Parameter("1", "Natural logarithm of the junction current", Min = 0, Max = 5, Example = "0.3")]
    public required double Leakage { get; init; }
}

/// <summary>The shifts of a die, in the order in which they are drawn.</summary>
public enum GlobalShift
{
    Threshold,
    Beta,
    Capacitance,
    Bias,
    Leakage,
}

/// <summary>Correlation of two shifts of a die.</summary>
/// <param name="First">One shift.</param>
/// <param name="Second">Another shift.</param>
/// <param name="Value">-1 to 1.</param>
public sealed record Correlation(GlobalShift First, GlobalShift Second, double Value);
