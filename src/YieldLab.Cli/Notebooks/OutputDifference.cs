using System.Text.Json.Nodes;

namespace YieldLab.Cli.Notebooks;

/// <summary>Where outputs begin to differ from those that are stored.</summary>
internal static class OutputDifference
{
    private const int MostShown = 60;

    /// <summary>The first difference, in a few words.</summary>
    public static string Of(JsonArray stored, JsonArray now)
    {
        int i = 0;
        while (i < Math.Min(stored.Count, now.Count) && NotebookJson.Same(stored[i], now[i]))
            i++;
        return Of($"output {i + 1}", stored.ElementAtOrDefault(i), now.ElementAtOrDefault(i));
    }

    private static string Of(string name, JsonNode? stored, JsonNode? now)
    {
        string[] before = NotebookJson.PlainLines(stored);
        string[] after = NotebookJson.PlainLines(now);
        for (int i = 0; i < Math.Max(before.Length, after.Length); i++)
            if (before.ElementAtOrDefault(i) != after.ElementAtOrDefault(i))
                return $"line {i + 1} of {name} is {Quote(after, i)}, and {Quote(before, i)} is stored";
        return NotebookJson.SamePicture(stored, now)
            ? $"{name} differs in other than its plain text"
            : $"the picture of {name} is another";
    }

    private static string Quote(string[] lines, int i) =>
        i >= lines.Length ? "nothing"
        : lines[i].Length > MostShown ? $"\"{lines[i][..MostShown]}...\""
        : $"\"{lines[i]}\"";
}
