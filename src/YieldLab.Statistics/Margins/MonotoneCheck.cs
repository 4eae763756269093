namespace YieldLab.Statistics.Margins;

/// <summary>Whether a yield rises, falls or does both over the evaluated settings.</summary>
internal static class MonotoneCheck
{
    /// <summary>The clearest rise and the clearest fall; null where none is sure. A change is sure where the paired test of
    /// its two settings says so, or where their intervals do not meet.</summary>
    public static (PairedChange? Rise, PairedChange? Fall) Of(
        MarginPlan plan,
        IReadOnlyList<SettingYield> settings,
        Func<int, SettingDies> dies
    )
    {
        PairedChange[] sure =
        [
            .. from lower in settings
            from higher in settings
            where lower != higher
            let change = PairedChange.Of(dies(lower.Setting), lower.Setting, dies(higher.Setting), higher.Setting)
            where
                change.LogEvidence >= plan.LogEvidenceOfPair(lower.Setting, higher.Setting)
                || lower.Interval.Upper < higher.Interval.Lower
            select change,
        ];
        return (Clearest(sure.Where(change => change.IsRise)), Clearest(sure.Where(change => !change.IsRise)));
    }

    private static PairedChange? Clearest(IEnumerable<PairedChange> changes) =>
        changes.MaxBy(change => change.LogEvidence);
}
