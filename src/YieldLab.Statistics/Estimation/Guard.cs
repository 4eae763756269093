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

    /// <summary>Passes 0 to all of more than nothing; neither need be whole, as those of effective dies are not.</summary>
    public static void Counts(double passed, double total)
    {
        if (!(total > 0 && double.IsFinite(total)))
            throw new ArgumentOutOfRangeException(nameof(total), total, "A sample is larger than nothing.");
        if (!(passed >= 0 && passed <= total))
            throw new ArgumentOutOfRangeException(nameof(passed), passed, "Passes are a part of all.");
    }

    /// <summary>Above 0 and below 1.</summary>
    public static void Share(double share, string name)
    {
        if (!(share > 0 && share < 1))
            throw new ArgumentOutOfRangeException(name, share, "A share lies between 0 and 1.");
    }

    /// <summary>Above 0 and below 1.</summary>
    public static void Confidence(double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
    }
}
