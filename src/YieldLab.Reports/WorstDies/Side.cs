using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Reports.WorstDies;

/// <summary>A side of a metric's distribution.</summary>
public enum Side
{
    /// <summary>Small values.</summary>
    Low,

    /// <summary>Large values; "never" is the largest.</summary>
    High,
}

/// <summary>On which side of a metric its bad dies are.</summary>
public static class Sides
{
    /// <summary>The sides that the specifications of a metric forbid: where it must be large, small values are bad. Both
    /// where it must lie between two limits; none where no specification names it.</summary>
    public static IReadOnlyList<Side> Bad(IEnumerable<Spec> specs, string metric) =>
        [.. specs.Where(spec => spec.Metric == metric).Select(Forbidden).Distinct().Order()];

    private static Side Forbidden(Spec spec) => spec.IsLower ? Side.Low : Side.High;
}
