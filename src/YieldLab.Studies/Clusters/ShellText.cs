namespace YieldLab.Studies.Clusters;

/// <summary>Words as a POSIX shell reads them back, whatever stands in them.</summary>
public static class ShellText
{
    private const string Plain = "-_./=:,@%+";

    /// <summary>A command line.</summary>
    public static string Line(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>One word: as it is where no character of it means anything to a shell, else in single quotes, between which
    /// nothing does but the quote itself.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c))
            ? word
            : $"'{word.Replace("'", @"'\''")}'";
}
