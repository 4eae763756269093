using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Margins;

/// <summary>
/// The same dies at two settings, as evidence that the yield of one is higher: McNemar's test, with an interval that holds at
/// every number of dies.
/// </summary>
/// <remarks>
/// Only the dies that pass at one of the two settings alone tell (Q. McNemar, Psychometrika 12 (1947) 153). Where both
/// settings have the same yield, such a die is one or the other kind with the probability one half, independently of all
/// others. So the evidence of <see cref="ConfidenceSequence.LogEvidence"/> against one half, over these dies in their order,
/// ever reaches ln(1/a) with a probability of at most a; it does not matter when one looks, nor why these two settings were
/// chosen, once all pairs that might have been have their part of alpha. A die that is unknown at one of the settings counts
/// for the other side wherever it could.
/// </remarks>
/// <param name="Lower">The setting of the lower yield.</param>
/// <param name="Higher">The setting of the higher yield.</param>
/// <param name="Dies">Dies 0 to this number less one were made at both.</param>
/// <param name="OnlyHigher">Those that pass at <paramref name="Higher"/> alone.</param>
/// <param name="OnlyLower">Those that pass, or may pass, at <paramref name="Lower"/> alone.</param>
public sealed record PairedChange(int Lower, int Higher, long Dies, long OnlyHigher, long OnlyLower)
{
    /// <summary>Whether the higher yield is at the higher setting.</summary>
    public bool IsRise => Lower < Higher;

    /// <summary>ln of how much less likely equal yields make these dies than a mixture of unequal ones does; 0 where the
    /// dies speak for the other side.</summary>
    public double LogEvidence =>
        OnlyHigher > OnlyLower ? ConfidenceSequence.LogEvidence(OnlyHigher, OnlyHigher + OnlyLower, 0.5) : 0;

    /// <summary>The evidence that one setting has a higher yield than another.</summary>
    internal static PairedChange Of(SettingDies lower, int lowerSetting, SettingDies higher, int higherSetting)
    {
        long dies = Math.Min(lower.Count, higher.Count);
        return new(
            lowerSetting,
            higherSetting,
            dies,
            higher.PassHereAlone(lower, dies),
            higher.MayPassThereAlone(lower, dies)
        );
    }
}
