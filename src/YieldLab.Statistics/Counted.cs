namespace YieldLab.Statistics;

/// <summary>Numbers of things in words.</summary>
public static class Counted
{
    /// <summary>1 die, 2 dies.</summary>
    public static string Dies(long count) => Of(count, "die", "dies");

    /// <summary>1 value, 2 values.</summary>
    public static string Values(long count) => Of(count, "value", "values");

    /// <summary>The number and what there are so many of.</summary>
    public static string Of(long count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
