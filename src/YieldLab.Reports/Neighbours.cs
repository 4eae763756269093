namespace YieldLab.Reports;

/// <summary>Groups of dies that lie next to each other in a column.</summary>
internal static class Neighbours
{
    /// <summary>Groups of about as many dies each, dies with the same value together; none where two would not be filled.</summary>
    /// <param name="ascending">Values of the column.</param>
    /// <param name="size">Dies that a group has before the next begins.</param>
    /// <param name="fewest">Dies that the last group has.</param>
    public static IReadOnlyList<Range> Of(double[] ascending, int size, int fewest)
    {
        List<int> ends = [0];
        for (int next = 1; next + fewest <= ascending.Length; next++)
            if (next - ends[^1] >= size && ascending[next] > ascending[next - 1])
                ends.Add(next);
        ends.Add(ascending.Length);
        return ends.Count < 3 ? [] : [.. ends.Zip(ends.Skip(1), (from, to) => from..to)];
    }
}
