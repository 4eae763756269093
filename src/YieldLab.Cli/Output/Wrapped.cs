namespace YieldLab.Cli.Output;

/// <summary>Lines of text that fit 80 columns; what goes on is indented.</summary>
internal static class Wrapped
{
    private const int Width = 80;

    public static void Print(string text)
    {
        foreach (string line in Lines(text))
            Console.WriteLine(line);
    }

    public static IEnumerable<string> Lines(string text)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = "  " + word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }
        yield return line;
    }
}
