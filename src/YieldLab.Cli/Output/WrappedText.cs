namespace YieldLab.Cli.Output;

/// <summary>A sentence in lines of at most 80 columns; further lines are indented.</summary>
internal static class WrappedText
{
    private const int Widest = 80;
    private const string Indent = "  ";

    public static string Of(string text)
    {
        List<string> lines = [""];
        foreach (string word in text.Split(' '))
            if (lines[^1].Length == 0)
                lines[^1] = word;
            else if (lines[^1].Length + 1 + word.Length <= Widest)
                lines[^1] += $" {word}";
            else
                lines.Add(Indent + word);
        return string.Join(Environment.NewLine, lines);
    }
}
