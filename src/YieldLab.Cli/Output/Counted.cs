namespace YieldLab.Cli.Output;

/// <summary>Numbers of things in words.</summary>
internal static class Counted
{
    /// <summary>1 die, 2 dies.</summary>
    public static string Dies(long count) => Of(count, "die", "dies");

    /// <summary>The number and what there are so many of.</summary>
    public static string Of(long count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
