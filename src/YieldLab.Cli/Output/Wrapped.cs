namespace YieldLab.Cli.Output;

/// <summary>Lines of text that fit 80 columns; what goes on is indented.</summary>
internal static class Wrapped
{
    private const int Width = 80;

    public static void Print(string text)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                Console.WriteLine(line);
                line = "  " + word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }
        Console.WriteLine(line);
    }
}
