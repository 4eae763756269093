namespace YieldLab.Statistics.Estimation;

/// <summary>What a yield's interval has shown, so that no more dies are needed.</summary>
public enum StopReason
{
    /// <summary>The interval is as narrow as was asked for.</summary>
    Narrow,

    /// <summary>The whole interval lies above the target.</summary>
    AboveTarget,

    /// <summary>The whole interval lies below the target.</summary>
    BelowTarget,
}
