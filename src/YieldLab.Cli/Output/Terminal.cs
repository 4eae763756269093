using Spectre.Console;
using Spectre.Console.Rendering;

namespace YieldLab.Cli.Output;

/// <summary>Prints tables as plain text: no escape codes, no blanks at the end of a line.</summary>
internal static class Terminal
{
    /// <summary>Columns of what is printed, where it is not said otherwise.</summary>
    public const int Width = 80;

    // Below a header; a table of this border has no other character that is not ASCII.
    private const char Rule = '─';

    /// <summary>Prints a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="width">Most columns.</param>
    public static void Write(IRenderable table, int width = Width)
    {
        var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(text),
            }
        );
        console.Profile.Width = width;
        console.Write(table);
        foreach (string line in Lines(text))
            Console.WriteLine((Glyphs.ShowsUnicode ? line : line.Replace(Rule, '-')).TrimEnd());
    }

    // The last line ends too.
    private static string[] Lines(StringWriter text) =>
        text.ToString().ReplaceLineEndings("\n").TrimSuffix("\n").Split('\n');

    private static string TrimSuffix(this string text, string suffix) =>
        text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text;
}
