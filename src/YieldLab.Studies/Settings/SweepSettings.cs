using YamlDotNet.RepresentationModel;
using YieldLab.Circuits.Technology;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>
/// The section of a study that makes many of it. What stands in it is read by <see cref="StudySweep"/>; all else that
/// reads a study takes the study without it.
/// </summary>
public sealed record SweepSettings
{
    [Meaning("Keys and their values, each combined with each; the first key varies slowest")]
    public YamlMappingNode? Cross { get; init; }

    [Meaning("Keys whose values go in step, as many of each; together one more axis, which varies fastest")]
    public YamlMappingNode? Zip { get; init; }
}

/// <summary>The values of a key from one to another.</summary>
internal sealed record SweepRange
{
    [Meaning("First value")]
    public required string From { get; init; }

    [Meaning("Last value")]
    public required string To { get; init; }

    [Parameter("1", "Number of values, both ends included", Min = 2, Max = StudySweep.MostPoints, Example = "5")]
    public int? Count { get; init; }

    [Meaning("Instead of count: difference of neighbours; a whole number of them leads from the first to the last")]
    public string? Step { get; init; }

    [Meaning("linear: equal differences; log: equal ratios")]
    public RangeScale Scale { get; init; } = RangeScale.Linear;
}

/// <summary>How values of a range are spaced.</summary>
internal enum RangeScale
{
    Linear,
    Log,
}
