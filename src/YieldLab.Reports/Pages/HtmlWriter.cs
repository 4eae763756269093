using System.Net;
using System.Text;

namespace YieldLab.Reports.Pages;

/// <summary>Writes HTML. Every text and every value of an attribute is encoded, and what is opened is closed.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();

    /// <summary>An element around a text.</summary>
    public HtmlWriter Element(string name, string text, params (string Name, string Value)[] attributes) =>
        Element(name, () => Text(text), attributes);

    /// <summary>An element around others.</summary>
    public HtmlWriter Element(string name, Action content, params (string Name, string Value)[] attributes)
    {
        Open(name, attributes);
        content();
        _html.Append("</").Append(name).Append('>');
        return this;
    }

    /// <summary>An element that has no content and no end.</summary>
    public HtmlWriter Open(string name, params (string Name, string Value)[] attributes)
    {
        _html.Append('<').Append(name);
        foreach (var (key, value) in attributes)
            _html.Append(' ').Append(key).Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');
        _html.Append('>');
        return this;
    }

    /// <summary>A text as it is to be read.</summary>
    public HtmlWriter Text(string text)
    {
        _html.Append(WebUtility.HtmlEncode(text));
        return this;
    }

    /// <summary>HTML that this program made: pictures and the style.</summary>
    public HtmlWriter Trusted(string html)
    {
        _html.Append(html);
        return this;
    }

    /// <summary>A line, so that the file can be read.</summary>
    public HtmlWriter Line()
    {
        _html.Append('\n');
        return this;
    }

    public override string ToString() => _html.ToString();
}
