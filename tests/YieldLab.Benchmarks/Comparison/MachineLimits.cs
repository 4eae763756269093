namespace YieldLab.Benchmarks.Comparison;

/// <summary>What one core could do at best.</summary>
/// <param name="FirstLevel">Read bandwidth over 32 KB in bytes a second.</param>
/// <param name="SecondLevel">Read bandwidth over 640 KB in bytes a second.</param>
/// <param name="MultiplyAdds">512-bit fused multiply-adds a second.</param>
internal sealed record MachineLimits(double FirstLevel, double SecondLevel, double MultiplyAdds);
