using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Designs;

/// <summary>Where a number of a die is drawn.</summary>
public readonly record struct DrawAddress(RandomStream Stream, uint Index);
