namespace YieldLab.Studies.Text;

/// <summary>Guesses what somebody meant who misspelt a name.</summary>
public static class NearestName
{
    private const int MostNamed = 24;
    private const int Nearest = 5;

    /// <summary>"; did you mean 'x'?" or, where nothing is near, "; expected one of a, b, c"; of many names those that are the
    /// nearest, and how many there are.</summary>
    public static string Hint(string given, IEnumerable<string> known)
    {
        string[] names = [.. known];
        return Near(given, names) is { } nearest ? $"; did you mean '{nearest}'?"
            : names.Length <= MostNamed ? $"; expected one of {string.Join(", ", names)}"
            : $"; expected one of {names.Length} names, of which the nearest are {string.Join(", ", names.OrderBy(name => Distance(given, name)).Take(Nearest))}";
    }

    /// <summary>The known name that was probably meant: two edits away, or a third of its length; null where none is.</summary>
    public static string? Near(string given, IEnumerable<string> known) =>
        known.MinBy(name => Distance(given, name)) is { } nearest
        && Distance(given, nearest) <= Math.Max(2, given.Length / 3)
            ? nearest
            : null;

    // Levenshtein's edit distance.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[^1];
    }
}
