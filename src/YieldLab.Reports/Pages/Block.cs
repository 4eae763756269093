using YieldLab.Reports.Figures;

namespace YieldLab.Reports.Pages;

/// <summary>What a section of a page is made of.</summary>
public abstract record Block
{
    private Block() { }

    /// <summary>A paragraph.</summary>
    public sealed record Text(string Words) : Block;

    /// <summary>What a reader must know to read what stands before it.</summary>
    public sealed record Note(string Words) : Block;

    /// <summary>The heading of a part of the section.</summary>
    public sealed record Heading(string Words) : Block;

    /// <summary>What the page is about, in a sentence that is seen first.</summary>
    /// <param name="Words">The sentence.</param>
    /// <param name="Tone">What it says of a target.</param>
    public sealed record Verdict(string Words, Tone Tone) : Block;

    /// <summary>Lines for a shell or of a file.</summary>
    /// <param name="Label">What they are; no other block of the page has it.</param>
    public sealed record Code(string Label, string Lines) : Block;

    /// <summary>Names and what they are.</summary>
    public sealed record Facts(IReadOnlyList<(string Name, string Value)> Items) : Block;

    /// <summary>A table whose first column names its rows.</summary>
    /// <param name="Caption">What it shows; no other table of the page has it.</param>
    /// <param name="Header">Of each column.</param>
    /// <param name="Rows">As long as the header.</param>
    /// <param name="Folded">Whether it is seen only where a reader asks for it.</param>
    public sealed record Table(
        string Caption,
        IReadOnlyList<string> Header,
        IReadOnlyList<IReadOnlyList<string>> Rows,
        bool Folded = false
    ) : Block
    {
        /// <summary>Whether its last column is a text of several lines rather than a number.</summary>
        public bool Prose { get; init; }
    }

    /// <summary>A picture, with its numbers.</summary>
    public sealed record Picture(Figure Figure) : Block;
}

/// <summary>What a sentence says of a target.</summary>
public enum Tone
{
    /// <summary>There is none.</summary>
    Plain,

    /// <summary>It is met.</summary>
    Good,

    /// <summary>It is missed.</summary>
    Bad,

    /// <summary>The dies are too few to say.</summary>
    Open,
}
