using System.Net;
using System.Text;
using YieldLab.Notebooks.Showing;

namespace YieldLab.Notebooks;

/// <summary>A table that shows itself: names on the left, numbers on the right.</summary>
/// <param name="Caption">What it is of.</param>
/// <param name="Header">Names of the columns.</param>
/// <param name="Rows">As long as the header each.</param>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record ShownTable(string Caption, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
    : IShown
{
    private const string Gap = "  ";

    /// <inheritdoc/>
    public string ToHtml()
    {
        var html = new StringBuilder($"<table>\n<caption>{Text(Caption)}</caption>\n<thead>\n<tr>");
        html.AppendJoin("", Header.Select((cell, i) => Cell("th", i, cell))).Append("</tr>\n</thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in Rows)
            html.Append("<tr>").AppendJoin("", row.Select((cell, i) => Cell("td", i, cell))).Append("</tr>\n");
        return html.Append("</tbody>\n</table>").ToString();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        int[] widths =
        [
            .. Header.Select(
                (name, i) => Math.Max(name.Length, Rows.Select(row => row[i].Length).DefaultIfEmpty().Max())
            ),
        ];
        string Line(IReadOnlyList<string> cells) =>
            string.Join(Gap, cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[i])))
                .TrimEnd();
        return string.Join('\n', [Caption, Line(Header), .. Rows.Select(Line)]);
    }

    // Web viewers strip styles, and keep this attribute.
    private static string Cell(string tag, int column, string text) =>
        $"<{tag} align=\"{(column == 0 ? "left" : "right")}\">{Text(text)}</{tag}>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
