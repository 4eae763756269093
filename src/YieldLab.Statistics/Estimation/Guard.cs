namespace YieldLab.Statistics.Estimation;

/// <summary>Refuses what no interval can be made of.</summary>
internal static class Guard
{
    /// <summary>Passes 0 to all of at least one die.</summary>
    public static void Counts(long passed, long total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(passed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passed, total);
    }

    /// <summary>Above 0 and below 1.</summary>
    public static void Confidence(double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
    }
}
