namespace YieldLab.Studies.Runs;

/// <summary>One of several processes that share the dies of a run.</summary>
/// <param name="Index">Which one, from 0.</param>
/// <param name="Count">How many.</param>
public sealed record Shard(int Index, int Count);

/// <summary>How a run treats what is in its folder.</summary>
/// <param name="Overwrite">Replaces an earlier run instead of going on with it.</param>
/// <param name="OnlyFailed">Computes the failed dies that are stored again, and no other.</param>
/// <param name="Shard">Computes the share of one process; null: all dies.</param>
public sealed record RunMode(bool Overwrite = false, bool OnlyFailed = false, Shard? Shard = null);
