using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Studies.Settings;

/// <summary>At least one of width, target and after; the first that is met ends the run.</summary>
public sealed record StopSettings
{
    [Parameter(
        "1",
        "Stop when the interval of the yield of all specs is as narrow as this, end to end",
        Min = 0,
        MinExcluded = true,
        Max = 0.99,
        Example = "2 %"
    )]
    public double? Width { get; init; }

    [Parameter(
        "1",
        "Stop when that interval lies wholly above or wholly below this yield",
        Min = 0,
        MinExcluded = true,
        Max = 0.999999,
        Example = "95 %"
    )]
    public double? Target { get; init; }

    [Parameter(
        "1",
        "Confidence of that interval, which holds at every number of dies at once",
        Min = 0.5,
        Max = 0.999999,
        Example = "95 %"
    )]
    public double Confidence { get; init; } = 0.95;

    [Parameter("s", "Stop after this time", Min = 0, MinExcluded = true, Max = 1e9, Example = "1 h")]
    public double? After { get; init; }

    [Parameter("1", "Fewest dies of a stop by width or target", Min = 1, Max = 1e12, Example = "64")]
    public long Least { get; init; } = 64;

    /// <summary>The rule of width and target, or null where there is neither.</summary>
    public StopRule? Rule => Width is null && Target is null ? null : new(Width, Target, Confidence, Least);

    /// <summary>Whether nothing could ever stop the run.</summary>
    internal bool IsEmpty => Rule is null && After is null;
}
