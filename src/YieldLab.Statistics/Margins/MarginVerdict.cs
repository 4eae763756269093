namespace YieldLab.Statistics.Margins;

/// <summary>On which side of the target the yield of a setting is.</summary>
public enum MarginVerdict
{
    /// <summary>It was looked at, and more dies might tell.</summary>
    Open,

    /// <summary>The whole interval lies below the target.</summary>
    Below,

    /// <summary>The whole interval lies above the target.</summary>
    Above,

    /// <summary>After as many dies as are allowed the interval holds the target: the yield is that close to it.</summary>
    Undecided,
}
