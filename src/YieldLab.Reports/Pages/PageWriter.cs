using YieldLab.Reports.Figures;

namespace YieldLab.Reports.Pages;

/// <summary>Writes a page: where its parts stand, how they are named to a screen reader, how one gets about with keys.
/// </summary>
internal sealed class PageWriter(Page page)
{
    // Nothing is loaded from anywhere, and no script runs, whatever stands in a study.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    // Of a page that is 320 pixels wide (WCAG 2.2, 1.4.10): pixels for tables and letters of code beside the margins, and pixels of
    // a wide letter and between columns, as in page.css.
    private const int NarrowTable = 290;
    private const int NarrowCode = 32;
    private const int Letter = 10;
    private const int BetweenColumns = 14;

    private readonly HtmlWriter _html = new();
    private readonly Dictionary<Figure, string> _pictures = Pictures(page.Figures);

    private static Dictionary<Figure, string> Pictures(IReadOnlyList<Figure> figures) =>
        figures.Zip(Together.Select(figures, figure => figure.Svg())).ToDictionary();

    public string Html()
    {
        _html.Trusted("<!DOCTYPE html>").Line();
        _html.Element(
            "html",
            () =>
            {
                _html.Element("head", Head).Line();
                _html.Element("body", Body);
            },
            ("lang", "en")
        );
        return _html.Line().ToString();
    }

    private void Head()
    {
        _html.Line().Open("meta", ("charset", "utf-8")).Line();
        _html.Open("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy)).Line();
        _html.Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        _html.Open("meta", ("name", "color-scheme"), ("content", "light dark")).Line();
        _html.Element("title", page.Title).Line();
        _html.Element("style", () => _html.Trusted(PageStyle.Css).Trusted(Figure.Css)).Line();
    }

    private void Body()
    {
        _html.Line().Element("a", "Skip to the results", ("class", "skip"), ("href", "#main")).Line();
        _html
            .Element(
                "header",
                () =>
                    _html
                        .Element("h1", page.Title)
                        .Element("p", page.Lead, ("class", "lead"))
                        .Element("nav", Contents, ("aria-label", "Sections"))
            )
            .Line();
        _html.Element("main", () => Each(page.Sections, Write), ("id", "main"), ("tabindex", "-1")).Line();
        _html.Element("footer", () => _html.Element("p", page.Foot)).Line();
    }

    private void Contents() =>
        _html.Element(
            "ul",
            () =>
                Each(
                    page.Sections,
                    section => _html.Element("li", () => _html.Element("a", section.Title, ("href", $"#{section.Id}")))
                )
        );

    private void Write(Section section) =>
        _html
            .Element(
                "section",
                () =>
                {
                    _html.Element("h2", section.Title, ("id", $"{section.Id}-title")).Line();
                    Each(Grouped(section.Blocks), Write);
                },
                ("id", section.Id),
                ("aria-labelledby", $"{section.Id}-title")
            )
            .Line();

    // Pictures that follow each other stand side by side where there is room.
    private static IEnumerable<IReadOnlyList<Block>> Grouped(IReadOnlyList<Block> blocks)
    {
        for (int first = 0, end; first < blocks.Count; first = end)
        {
            for (end = first + 1; end < blocks.Count && AreBothPictures(blocks[first], blocks[end]); end++) { }
            yield return [.. blocks.Skip(first).Take(end - first)];
        }
    }

    private static bool AreBothPictures(Block one, Block other) => one is Block.Picture && other is Block.Picture;

    private void Write(IReadOnlyList<Block> group)
    {
        if (group.Count == 1)
            Write(group[0]);
        else
            _html.Element("div", () => Each(group, Write), ("class", "pictures"));
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case Block.Text text:
                _html.Element("p", text.Words);
                break;
            case Block.Note note:
                _html.Element("p", note.Words, ("class", "note"));
                break;
            case Block.Heading heading:
                _html.Element("h3", heading.Words);
                break;
            case Block.Verdict verdict:
                _html.Element("p", verdict.Words, ("class", $"verdict {verdict.Tone.ToString().ToLowerInvariant()}"));
                break;
            case Block.Code code:
                Write(code);
                break;
            case Block.Facts facts:
                Write(facts);
                break;
            case Block.Table table:
                Write(table);
                break;
            case Block.Picture picture:
                Write(picture.Figure);
                break;
        }
        _html.Line();
    }

    private void Write(Block.Code code)
    {
        _html.Element("p", $"{code.Label}:");
        _html.Element("pre", () => _html.Element("code", code.Lines), IsWide(code) ? Scrolled(code.Label) : []);
    }

    private void Write(Block.Facts facts) =>
        _html.Element(
            "dl",
            () => Each(facts.Items, item => _html.Element("dt", item.Name).Element("dd", item.Value).Line())
        );

    private void Write(Figure figure) =>
        _html.Element(
            "figure",
            () =>
            {
                _html.Trusted(_pictures[figure]).Line();
                _html.Element("figcaption", figure.Title).Line();
                Folded(
                    "In words and numbers",
                    figure.Title,
                    () =>
                    {
                        _html.Element("p", figure.Description).Line();
                        Write(new Block.Table($"Numbers of: {figure.Title}", figure.Table.Header, figure.Table.Rows));
                    }
                );
            }
        );

    private void Write(Block.Table table)
    {
        if (table.Folded)
            Folded(table.Caption, null, () => Write(table with { Folded = false }));
        else
            _html.Element(
                "div",
                () => _html.Element("table", () => Cells(table)),
                [.. IsWide(table) ? Scrolled(table.Caption) : [], ("class", table.Prose ? "scroll prose" : "scroll")]
            );
    }

    // Seen only where a reader asks for it. Who hears the page is told of what it is.
    private void Folded(string name, string? of, Action content) =>
        _html.Element(
            "details",
            () =>
            {
                _html.Element(
                    "summary",
                    () =>
                    {
                        _html.Text(name);
                        if (of is not null)
                            _html.Element("span", $" of: {of}", ("class", "heard"));
                    }
                );
                content();
            }
        );

    private void Cells(Block.Table table)
    {
        _html.Element("caption", table.Caption).Line();
        _html.Element(
            "thead",
            () => _html.Element("tr", () => Each(table.Header, name => _html.Element("th", name, ("scope", "col"))))
        );
        _html.Line().Element("tbody", () => Each(table.Rows, Row));
    }

    private void Row(IReadOnlyList<string> row)
    {
        _html.Element(
            "tr",
            () =>
            {
                _html.Element("th", row[0], ("scope", "row"));
                Each(row.Skip(1), cell => _html.Element("td", cell));
            }
        );
        _html.Line();
    }

    // What may be wider than a phone's screen scrolls by itself, with keys as well. What is not is no stop for who goes by keys.
    private static (string, string)[] Scrolled(string label) =>
        [("role", "group"), ("tabindex", "0"), ("aria-label", label)];

    private static bool IsWide(Block.Code code) => code.Lines.Split('\n').Max(line => line.Length) > NarrowCode;

    // Heads are broken between words, cells are not.
    private static bool IsWide(Block.Table table) =>
        table.Prose
        || table
            .Header.Select((head, i) => table.Rows.Select(row => row[i].Length).Append(LongestWord(head)).Max())
            .Sum(letters => Letter * letters + BetweenColumns) > NarrowTable;

    private static int LongestWord(string text) => text.Split(' ').Max(word => word.Length);

    private static void Each<T>(IEnumerable<T> items, Action<T> write)
    {
        foreach (T item in items)
            write(item);
    }
}
