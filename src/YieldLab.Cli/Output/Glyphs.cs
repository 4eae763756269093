namespace YieldLab.Cli.Output;

/// <summary>Characters of drawings: blocks where the output can show them, else ASCII.</summary>
/// <param name="Levels">Heights of a bar from the lowest to the highest, each above nothing.</param>
/// <param name="Block">Of a bar that lies.</param>
/// <param name="Shade">Of an interval.</param>
internal sealed record Glyphs(string Levels, char Block, char Shade)
{
    /// <summary>At a limit or an estimate.</summary>
    public const char Mark = '|';

    /// <summary>Under what fails.</summary>
    public const char Fails = 'x';

    /// <summary>A bar, a shade and a level of a bar in blocks.</summary>
    public static readonly Glyphs Unicode = new("▁▂▃▄▅▆▇█", '█', '▒');

    public static readonly Glyphs Ascii = new(".:-=+*#@", '#', '-');

    // UTF-8, UTF-16 and UTF-32, both ways round.
    private static readonly int[] UnicodePages = [65001, 1200, 1201, 12000, 12001];

    /// <summary>Whether the output shows more than ASCII. .NET takes UTF-8 for the locales C and POSIX, which are ASCII.</summary>
    public static bool ShowsUnicode { get; } = UnicodePages.Contains(Console.OutputEncoding.CodePage) && !IsPosix();

    /// <summary>Those that the output can show.</summary>
    public static Glyphs OfOutput => ShowsUnicode ? Unicode : Ascii;

    private static bool IsPosix() =>
        !OperatingSystem.IsWindows()
        && new[] { "LC_ALL", "LC_CTYPE", "LANG" }
            .Select(Environment.GetEnvironmentVariable)
            .FirstOrDefault(value => !string.IsNullOrEmpty(value))
            is "C"
                or "POSIX";
}
