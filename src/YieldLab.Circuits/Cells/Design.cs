using YieldLab.Circuits.Technology;

namespace YieldLab.Circuits.Cells;

/// <summary>What the designer chooses: currents, the memory capacitor, quiescent levels and device sizes.</summary>
public sealed record Design
{
    [Parameter("A", "Unit current Iu: the current that stands for 1", Min = 1e-15, Max = 1e-3, Example = "10 nA")]
    public required double UnitCurrent { get; init; }

    [Parameter("F", "Nominal memory capacitor C of each half of a weight", Min = 1e-16, Max = 1e-6, Example = "1 pF")]
    public required double Capacitor { get; init; }

    [Parameter("1", "Quiescent input of each polarity in units of Iu (xq)", Min = 0, Max = 1, Example = "0.02")]
    public required double InputQuiescent { get; init; }

    [Parameter("1", "Quiescent error of each polarity in units of Iu (eq)", Min = 0, Max = 1, Example = "0.02")]
    public required double ErrorQuiescent { get; init; }

    [Parameter("1", "Quiescent half weight in units of Iu (wq)", Min = 0, MinExcluded = true, Max = 1, Example = "0.1")]
    public required double WeightQuiescent { get; init; }

    [Parameter("1", "Cross-coupling of the halves of a weight (rho = IX/IG)", Min = 0, Max = 10, Example = "0.5")]
    public required double CrossCoupling { get; init; }

    [Parameter(
        "1",
        "Gain of the softmax input at Tref (g0); without effect in a linear layer",
        Min = 0,
        MinExcluded = true,
        Max = 100,
        Example = "2"
    )]
    public required double ActivationGain { get; init; }

    [Parameter(
        "1",
        "Temperature exponent of the bias reference (p): 1 for PTAT, 0 for constant",
        Min = -2,
        Max = 3,
        Example = "1"
    )]
    public required double BiasTemperatureExponent { get; init; }

    public required CellSizes Cells { get; init; }
}

/// <summary>Device size of each kind of cell.</summary>
public sealed record CellSizes
{
    /// <summary>Input converter, both polarities.</summary>
    public required DeviceSize Dac { get; init; }

    /// <summary>Forward multiplier, all four quadrants.</summary>
    public required DeviceSize Multiplier { get; init; }

    /// <summary>Summing mirrors of an output.</summary>
    public required DeviceSize Summing { get; init; }

    /// <summary>Differential-pair arm of the softmax.</summary>
    public required DeviceSize Activation { get; init; }

    /// <summary>Rectifier that splits the error by sign.</summary>
    public required DeviceSize Rectifier { get; init; }

    /// <summary>Gradient multiplier, all four quadrants.</summary>
    public required DeviceSize Gradient { get; init; }

    /// <summary>Charging loop of the integrator.</summary>
    public required DeviceSize Integrator { get; init; }

    /// <summary>Mirror that draws the decay current.</summary>
    public required DeviceSize Decay { get; init; }

    /// <summary>Mirror that gives the quiescent current.</summary>
    public required DeviceSize Quiescent { get; init; }

    /// <summary>Loop that couples the two halves of a weight.</summary>
    public required DeviceSize CrossCoupling { get; init; }

    /// <summary>Switch at the memory capacitor, whose leakage discharges it.</summary>
    public required DeviceSize Switch { get; init; }
}

/// <summary>Drawn width and length of each device of a cell.</summary>
public sealed record DeviceSize
{
    [Parameter("m", "Channel width W of each device", Min = 1e-9, Max = 1e-3, Example = "2 um")]
    public required double Width { get; init; }

    [Parameter("m", "Channel length L of each device", Min = 1e-9, Max = 1e-3, Example = "1 um")]
    public required double Length { get; init; }

    /// <summary>W L in square metres.</summary>
    public double Area => Width * Length;
}
