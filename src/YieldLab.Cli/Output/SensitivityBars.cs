using YieldLab.Statistics.Sensitivity;

namespace YieldLab.Cli.Output;

/// <summary>Indices of groups as bars with their intervals, first order and total beside each other on one scale.</summary>
internal static class SensitivityBars
{
    private const int NameWidth = 22;
    private const int Width = 26;

    /// <summary>The lines.</summary>
    /// <param name="groups">Each with its name, in their order.</param>
    /// <param name="bars">Draws.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<(string Name, GroupIndices Indices)> groups, Bars bars)
    {
        double scale = Scale(groups.Select(group => group.Indices));
        string end = $"0 to {100 * scale:0} %";
        yield return Line("", $"first {end}", $"total {end}");
        string Bar(SensitivityIndex index) =>
            bars.Interval(index.Lower / scale, index.Value / scale, index.Upper / scale, Width);
        foreach (var (name, indices) in groups)
            yield return Line(name, Bar(indices.First), Bar(indices.Total));
    }

    private static string Line(string name, string first, string total) =>
        $" {name, -NameWidth} {first, -Width}  {total}";

    // Full tens of per cent; an estimate or its interval may reach beyond 1, and no index does.
    private static double Scale(IEnumerable<GroupIndices> groups)
    {
        double most = groups.Max(group => Math.Max(group.First.Upper, group.Total.Upper));
        return Math.Clamp(Math.Ceiling(10 * most) / 10, 0.1, 1);
    }
}
