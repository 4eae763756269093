using YamlDotNet.RepresentationModel;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Costs;
using YieldLab.Circuits.Technology;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>A yield study: everything that its results depend on.</summary>
public sealed record Study
{
    [Meaning("Name of the study; the default name of its data folder")]
    public required string Name { get; init; }

    [Meaning("What the study shows")]
    public string Description { get; init; } = "";

    [Meaning("What is learned")]
    public required DataSettings Data { get; init; }

    [Meaning("linear: regression on squared error; softmax: classification on cross-entropy")]
    public required LearningTask Task { get; init; }

    [Meaning("How exactly transistors are computed: weak-inversion, or ekv from weak to strong inversion")]
    public Fidelity Fidelity { get; init; } = Fidelity.WeakInversion;

    [Meaning("The learning rule and its schedule")]
    public required TrainingSettings Training { get; init; }

    [Meaning("The circuit")]
    public required Design Design { get; init; }

    [Meaning("The fabrication process")]
    public required ProcessSettings Process { get; init; }

    [Meaning("Sources of variation: each on or off")]
    public required Variation Variation { get; init; }

    [Meaning("Shot noise of the weights; none where the section is absent")]
    public NoiseSettings? Noise { get; init; }

    [Meaning("Resolution of the converters; ideal where the section is absent")]
    public ConverterSettings Converters { get; init; } = new();

    [Meaning("Temperatures of the dies: value, from and to, mean and sigma, or values")]
    public required TemperatureSettings Temperature { get; init; }

    [Meaning(
        "Corner of the process card that all dies are in, such as ss, instead of die-to-die draws; tt is the one without shifts"
    )]
    public string? Corner { get; init; }

    [Parameter(
        "s",
        "Times after training, biases off, at which the metrics are taken again",
        Min = 0,
        MinExcluded = true,
        Max = 1e9,
        Example = "1 ms"
    )]
    public IReadOnlyList<double> Hold { get; init; } = [];

    [Meaning("What is stored beside the table of dies")]
    public OutputSettings Output { get; init; } = new();

    [Meaning("Supply and layout, for power and area")]
    public CostAssumptions? Cost { get; init; }

    [Meaning("How the dies are chosen; independent where the section is absent")]
    public SamplingSettings Sampling { get; init; } = new();

    [Meaning("What a die must keep to pass, such as accuracy >= 0.9")]
    public required IReadOnlyList<Spec> Specs { get; init; }

    [Parameter("1", "Number of dies", Min = 1, Max = 1e12, Example = "1000")]
    public required long Samples { get; init; }

    [Meaning("When the run may stop before it has all its dies; never where the section is absent")]
    public StopSettings? Stop { get; init; }

    [Parameter("1", "Seed of the silicon: another seed, other dies", Min = 0, Max = 9007199254740991, Example = "1")]
    public required long Seed { get; init; }

    [Meaning("Keys that take several values, each combination a point with the same dies")]
    public SweepSettings? Sweep { get; init; }
}

public sealed record DataSettings
{
    [Meaning("CSV file with a header line, relative to the study file")]
    public required string File { get; init; }

    [Meaning("Name of the column to predict; all others are inputs")]
    public required string Target { get; init; }

    [Meaning("Which examples test and which train")]
    public required SplitSettings Split { get; init; }

    [Meaning(
        "minmax: each input's training range to [-1, 1]; standard: 3 standard deviations to 1, clipped; none: the values are in [-1, 1] already"
    )]
    public required InputScaling Scaling { get; init; }
}

public enum InputScaling
{
    Minmax,
    Standard,
    None,
}

public sealed record SplitSettings
{
    [Parameter("1", "Share of the examples that test", Min = 0, MinExcluded = true, Max = 0.95, Example = "30 %")]
    public required double Test { get; init; }

    [Meaning(
        "stratified: random with the same share of every class; shuffled: random; file: the last ones of the file"
    )]
    public required SplitMethod Method { get; init; }
}

public enum SplitMethod
{
    Stratified,
    Shuffled,
    File,
}

public sealed record TrainingSettings : SgdrRule
{
    [Meaning("file: as in the file; shuffled: a new random order each epoch, the same for all dies")]
    public required ExampleOrder Order { get; init; }

    [Parameter(
        "1",
        "Seed of split and order, independent of the silicon",
        Min = 0,
        Max = 9007199254740991,
        Example = "1"
    )]
    public long Seed { get; init; } = 1;

    [Meaning("Arithmetic of the training: single is twice as fast as double")]
    public Precision Precision { get; init; } = Precision.Single;

    [Parameter(
        "1",
        "Most integration steps a presentation for the dies on which they are tried out; a setting that needs more is refused, a single die that does gets them",
        Min = 1,
        Max = 1024,
        Example = "16"
    )]
    public int MaxSteps { get; init; } = 16;
}

public enum ExampleOrder
{
    File,
    Shuffled,
}

public enum Precision
{
    Single,
    Double,
}

public sealed record ProcessSettings
{
    [Meaning(
        "Name of a card that is built in, or path of a card file relative to the study file: anything with / or \\ or ending in .yaml or .yml"
    )]
    public required string Card { get; init; }

    [Meaning("Values that replace those of the card, under the card's own keys")]
    public YamlMappingNode? Override { get; init; }
}

public sealed record NoiseSettings
{
    [Meaning("Shot noise of the currents at each memory capacitor")]
    public required bool Shot { get; init; }

    [Parameter(
        "1",
        "Seed of the noise: another seed, other noise on the same silicon",
        Min = 0,
        Max = 9007199254740991,
        Example = "1"
    )]
    public long Seed { get; init; } = 1;
}

public sealed record ConverterSettings
{
    [Parameter("1", "Bits of the inputs over [-1, 1]", Min = 1, Max = 24, Example = "8")]
    public int? Inputs { get; init; }

    [Parameter("1", "Bits of a regression's targets over [-1, 1]", Min = 1, Max = 24, Example = "8")]
    public int? Targets { get; init; }

    [Parameter(
        "1",
        "Bits of the readout: of outputs over [-1, 1], of probabilities over [0, 1]",
        Min = 1,
        Max = 24,
        Example = "8"
    )]
    public int? Readout { get; init; }
}

/// <summary>One of: value; from and to; mean and sigma; values.</summary>
public sealed record TemperatureSettings
{
    [Parameter("K", "All dies at one temperature", Min = 100, Max = 500, Example = "27 C")]
    public double? Value { get; init; }

    [Parameter("K", "Lower end of a uniform range", Min = 100, Max = 500, Example = "-40 C")]
    public double? From { get; init; }

    [Parameter("K", "Upper end of a uniform range", Min = 100, Max = 500, Example = "85 C")]
    public double? To { get; init; }

    [Parameter("K", "Mean of a normal distribution", Min = 100, Max = 500, Example = "40 C")]
    public double? Mean { get; init; }

    [Parameter(Quantity.Difference, "Standard deviation of a normal distribution", Min = 0, Max = 40, Example = "10 K")]
    public double? Sigma { get; init; }

    [Parameter(
        "K",
        "A list that the dies take in turn, or with latin-hypercube and sobol in equal parts",
        Min = 100,
        Max = 500,
        Example = "-40 C, 27 C, 85 C"
    )]
    public IReadOnlyList<double>? Values { get; init; }

    [Parameter(
        Quantity.Difference,
        "Difference across the array, peak to peak, in a direction random for each die",
        Min = 0,
        Max = 50,
        Example = "2 K"
    )]
    public double Gradient { get; init; }

    /// <summary>The range, or null where there is a <see cref="Problem"/>.</summary>
    public TemperatureRange? Range =>
        (Value, From, To, Mean, Sigma, Values) switch
        {
            ({ } t, null, null, null, null, null) => new TemperatureRange.Fixed(t),
            (null, { } low, { } high, null, null, null) when low <= high => new TemperatureRange.Uniform(low, high),
            (null, null, null, { } mean, { } sigma, null) when FourSigmaFit => new TemperatureRange.Normal(mean, sigma),
            (null, null, null, null, null, { Count: > 0 } list) => new TemperatureRange.Listed(list),
            _ => null,
        };

    /// <summary>What is wrong with the keys as a whole, or null.</summary>
    public string? Problem =>
        (Range, Set) switch
        {
            (not null, _) => null,
            (_, ["from", "to"]) => $"from ({Celsius(From)}) is above to ({Celsius(To)}); expected from below to",
            (_, ["mean", "sigma"]) =>
                $"mean {Celsius(Mean)} and sigma {Sigma:g6} K reach {Celsius(Mean - 4 * Sigma)} to {Celsius(Mean + 4 * Sigma)} at 4 sigma; expected {Celsius(Lowest)} to {Celsius(Highest)} (100 K to 500 K)",
            (_, ["values"]) => "values is an empty list; expected at least one temperature",
            (_, []) => $"expected {Ways}",
            (_, [var only]) => $"{only} alone is no range; expected {Ways}",
            (_, [.. var others, var last]) =>
                $"{string.Join(", ", others)} and {last} are set together; expected {Ways}",
        };

    private const string Ways = "one of value; from and to; mean and sigma; values";
    private const double Lowest = 100;
    private const double Highest = 500;

    private bool FourSigmaFit => Mean - 4 * Sigma >= Lowest && Mean + 4 * Sigma <= Highest;

    private string[] Set =>
        [
            .. new (string Key, object? Value)[]
            {
                ("value", Value),
                ("from", From),
                ("to", To),
                ("mean", Mean),
                ("sigma", Sigma),
                ("values", Values),
            }
                .Where(entry => entry.Value is not null)
                .Select(entry => entry.Key),
        ];

    private static string Celsius(double? kelvin) => $"{kelvin - PhysicalConstants.ZeroCelsius:0.##} C";
}

public sealed record OutputSettings
{
    [Meaning("Store a second table with the metrics of each die after each epoch")]
    public bool Epochs { get; init; }

    [Meaning("Metric and limit whose first epoch is stored as epochs_to_target, such as accuracy >= 0.9")]
    public Spec? Target { get; init; }

    [Meaning(
        "Metric on the test examples and limit that it keeps for a time after training, biases off, which is stored as retention_s; such as accuracy >= 0.9"
    )]
    public Spec? Retention { get; init; }
}
