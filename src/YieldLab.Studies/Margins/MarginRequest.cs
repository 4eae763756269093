namespace YieldLab.Studies.Margins;

/// <summary>What is asked of a margin.</summary>
/// <param name="Target">Yield to be reached, in (0, 1).</param>
/// <param name="Confidence">Of all that is said, over all curves together.</param>
/// <param name="MostDies">Most dies of one setting.</param>
/// <param name="Threads">At least 1; the results do not depend on it.</param>
public sealed record MarginRequest(double Target, double Confidence, long MostDies, int Threads);
