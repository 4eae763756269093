using YieldLab.Reports.Figures;

namespace YieldLab.Reports.Pages;

/// <summary>A section of a page.</summary>
/// <param name="Id">Its place in links: lower-case letters.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Blocks">What stands in it.</param>
public sealed record Section(string Id, string Title, IReadOnlyList<Block> Blocks);

/// <summary>A report as one HTML file, which needs nothing else: no script, no network, no second file.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Lead">Below the heading.</param>
/// <param name="Sections">In order.</param>
/// <param name="Foot">At the end.</param>
public sealed record Page(string Title, string Lead, IReadOnlyList<Section> Sections, string Foot)
{
    /// <summary>All pictures, in order.</summary>
    public IReadOnlyList<Figure> Figures =>
        [.. Sections.SelectMany(section => section.Blocks).OfType<Block.Picture>().Select(picture => picture.Figure)];

    /// <summary>The file.</summary>
    public string Html() => new PageWriter(this).Html();
}
