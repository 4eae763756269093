using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Margins;

/// <summary>A setting that was evaluated.</summary>
/// <param name="Setting">Its index.</param>
/// <param name="Dies">Dies 0 to this number less one were made.</param>
/// <param name="Passed">Those that pass.</param>
/// <param name="Unknown">Those of which nobody knows.</param>
/// <param name="Interval">Of the yield, simultaneous with those of all other settings. Dies that are unknown count as failing
/// for the lower end and as passing for the upper end.</param>
/// <param name="Verdict">On which side of the target it is.</param>
public sealed record SettingYield(
    int Setting,
    long Dies,
    long Passed,
    long Unknown,
    ProportionInterval Interval,
    MarginVerdict Verdict
)
{
    /// <summary>Passes over dies; dies that are unknown do not pass.</summary>
    public double Yield => (double)Passed / Dies;

    /// <summary>Whether the side is known.</summary>
    public bool IsSure => Verdict is MarginVerdict.Below or MarginVerdict.Above;
}
