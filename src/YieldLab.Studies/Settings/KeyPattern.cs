namespace YieldLab.Studies.Settings;

/// <summary>Keys that get the same value together.</summary>
internal static class KeyPattern
{
    /// <summary>The keys that a text names, each once.</summary>
    /// <param name="origin">How messages name the option.</param>
    /// <param name="text">Keys separated by commas; * stands for one part of a key.</param>
    /// <param name="known">Keys that a * may stand for.</param>
    /// <exception cref="StudyException">There is none.</exception>
    public static IReadOnlyList<string> Keys(string origin, string text, IReadOnlyList<string> known)
    {
        string[] patterns = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return patterns.Length > 0
            ? [.. patterns.SelectMany(pattern => Keys(origin, pattern.Split('.'), known)).Distinct()]
            : throw new StudyException($"{origin}: expected a key, such as design.cells.multiplier.width");
    }

    // A key without * is found or refused where it is read.
    private static IReadOnlyList<string> Keys(string origin, string[] pattern, IReadOnlyList<string> known)
    {
        string text = string.Join('.', pattern);
        if (!text.Contains('*'))
            return [text];
        if (pattern.FirstOrDefault(part => part.Contains('*') && part != "*") is { } broken)
            throw new StudyException(
                $"{origin}: '{broken}' is no part of a key; a * stands for a whole one, as in design.cells.*.width"
            );
        string[] found = [.. known.Where(name => IsLike(name.Split('.'), pattern))];
        return found.Length > 0 ? found : throw new StudyException($"{origin}: no key is like {text}");
    }

    private static bool IsLike(string[] name, string[] pattern) =>
        name.Length == pattern.Length && name.Zip(pattern).All(part => part.Second is "*" || part.First == part.Second);
}
