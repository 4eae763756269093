namespace YieldLab.Cli.Notebooks;

/// <summary>A package as <c>#r</c> names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; null: any.</param>
internal sealed record PackageName(string Name, string? Version)
{
    private const string Scheme = "nuget:";

    /// <summary>Reads "nuget: NAME, VERSION" or "nuget: NAME"; null where it is something else.</summary>
    public static PackageName? TryParse(string reference)
    {
        if (!reference.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        string[] parts = reference[Scheme.Length..].Split(',', StringSplitOptions.TrimEntries);
        return new(parts[0], parts.Length > 1 && parts[1] is not ("" or "*") ? parts[1] : null);
    }

    public override string ToString() => Version is null ? $"{Scheme} {Name}" : $"{Scheme} {Name}, {Version}";
}
