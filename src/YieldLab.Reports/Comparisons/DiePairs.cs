using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Reports.Comparisons;

/// <summary>Which dies of two points are the same silicon.</summary>
/// <remarks>A die is a pure function of seed and index: every draw has an address. Two points of the same seed and the same
/// sampling have the same dies, whatever their circuits, temperatures and training are.</remarks>
/// <param name="Paired">Whether die k of one is die k of the other.</param>
/// <param name="Reason">Why, or why not.</param>
/// <param name="ShareDraws">Whether the two have the same seed, so that unpaired dies are not independent either.</param>
/// <param name="FirstRows">Rows of the first that are compared; of paired ones in the order of the second's.</param>
/// <param name="SecondRows">Rows of the second that are compared.</param>
public sealed record DiePairs(
    bool Paired,
    string Reason,
    bool ShareDraws,
    IReadOnlyList<int> FirstRows,
    IReadOnlyList<int> SecondRows
)
{
    /// <summary>Finds them.</summary>
    /// <param name="first">A point.</param>
    /// <param name="second">Another.</param>
    /// <param name="unpaired">Whether they are taken for independent in any case.</param>
    public static DiePairs Of(StoredPointDies first, StoredPointDies second, bool unpaired)
    {
        JsonObject a = PointIdentity.Of(first);
        JsonObject b = PointIdentity.Of(second);
        bool share = Value(a, "seed") == Value(b, "seed");
        if (unpaired)
            return Apart(first, second, share, "--unpaired");
        if (Unlike(a, b) is { } difference)
            return Apart(first, second, share, difference);
        var (rows, others) = Common(first.Dies.Indices, second.Dies.Indices);
        return rows.Count == 0
            ? Apart(first, second, false, "no die is stored in both")
            : new(
                true,
                $"same seed ({Value(a, "seed")}) and sampling ({Value(a["sampling"], "method")})",
                share,
                rows,
                others
            );
    }

    // Of the points of a design also how many there are: they depend on it.
    private static string? Unlike(JsonObject a, JsonObject b)
    {
        foreach (string key in new[] { "seed", "sampling", "samples" })
            if (JsonDifference.All(Only(a, key), Only(b, key)) is [var (name, there, here), ..])
                return name.EndsWith("sha256", StringComparison.Ordinal)
                    ? "their dies are of other tables"
                    : $"{name} is {there} in A and {here} in B";
        return null;
    }

    private static JsonObject Only(JsonObject identity, string key) => new() { [key] = identity[key]?.DeepClone() };

    private static string Value(JsonNode? section, string key) => section?[key]?.ToString() ?? "";

    private static DiePairs Apart(StoredPointDies first, StoredPointDies second, bool share, string reason) =>
        new(false, reason, share, Rows(first), Rows(second));

    private static int[] Rows(StoredPointDies stored) => [.. Enumerable.Range(0, stored.Dies.Indices.Length)];

    // Both ascend.
    private static (List<int> First, List<int> Second) Common(long[] first, long[] second)
    {
        var (rows, others) = (new List<int>(), new List<int>());
        for (int i = 0, j = 0; i < first.Length && j < second.Length; )
        {
            if (first[i] == second[j])
            {
                rows.Add(i);
                others.Add(j);
            }
            long die = Math.Min(first[i], second[j]);
            i += first[i] == die ? 1 : 0;
            j += j < second.Length && second[j] == die ? 1 : 0;
        }
        return (rows, others);
    }
}
