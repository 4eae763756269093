namespace YieldLab.Statistics.Margins;

/// <summary>What a die did at one setting.</summary>
public enum DieResult : byte
{
    Fails,
    Passes,

    /// <summary>Nobody knows: its computation broke, say.</summary>
    Unknown,
}

/// <summary>Makes dies at a setting: a pure function of setting and die.</summary>
/// <param name="setting">Index of the setting.</param>
/// <param name="first">Index of the first die.</param>
/// <param name="count">How many consecutive dies, at least 1.</param>
/// <returns>One result for each die, in order.</returns>
/// <remarks>Die i is the same at every setting as far as it can be: of the same silicon, say. Dies of one setting must be
/// independent and pass with one probability; dies of different settings need not be.</remarks>
public delegate DieResult[] DieTrial(int setting, long first, int count);
