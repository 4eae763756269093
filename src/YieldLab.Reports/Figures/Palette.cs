using System.Text;
using ScottPlot;

namespace YieldLab.Reports.Figures;

/// <summary>A colour by what it is for.</summary>
/// <param name="Name">Of the style's variable.</param>
/// <param name="Light">On a light background and in print.</param>
/// <param name="Dark">On a dark background.</param>
internal sealed record Role(string Name, string Light, string Dark)
{
    /// <summary>The colour that a plot is drawn with.</summary>
    public Color Color => Color.FromHex(Light);

    /// <param name="alpha">0 for nothing to 1 for the full colour.</param>
    public Color Faint(double alpha) => Color.WithAlpha(alpha);
}

/// <summary>
/// The colours of all pictures. Those for data are the blue, vermilion and (darkened) green of M. Okabe and K. Ito (Color
/// Universal Design, 2008), made for colour-blind readers; on dark backgrounds lighter ones of like hues. All but the background
/// and the grid have a contrast of at least 3:1 against the background (WCAG 2.2, 1.4.11), texts of 4.5:1.
/// </summary>
internal static class Palette
{
    public static readonly Role Surface = new("surface", "#FFFFFF", "#15181D");
    public static readonly Role Text = new("text", "#1C2127", "#E4E8ED");
    public static readonly Role Axis = new("axis", "#6B7580", "#8D98A4");
    public static readonly Role Grid = new("grid", "#E3E6EA", "#2B3037");
    public static readonly Role First = new("first", "#0072B2", "#56B4E9");
    public static readonly Role Second = new("second", "#D55E00", "#F0903C");
    public static readonly Role Third = new("third", "#008F68", "#2FC497");
    public static readonly Role Fail = new("fail", "#A3123A", "#FF8A9B");

    public static readonly IReadOnlyList<Role> All = [Surface, Text, Axis, Grid, First, Second, Third, Fail];

    /// <summary>The variables, for light, dark and print, and the rules that use them.</summary>
    public static string Css { get; } =
        $"""
            :root {Variables(role => role.Light)}
            @media screen and (prefers-color-scheme: dark) {"{"} :root {Variables(role => role.Dark)} {"}"}
            {Rules(All)}
            """;

    /// <summary>The rules for some colours: variables where a page sets them, else the colours themselves.</summary>
    public static string Rules(IEnumerable<Role> roles)
    {
        var light = new StringBuilder(
            $".yieldlab-figure{{display:block;width:100%;max-width:{Drawing.Width}px;height:auto}}"
        );
        var dark = new StringBuilder();
        foreach (Role role in roles)
        {
            light.Append(Rule(role, role.Light));
            dark.Append(Rule(role, role.Dark));
        }
        return $"{light}@media screen and (prefers-color-scheme:dark){{{dark}}}";
    }

    /// <summary>The role of a colour as SVG writes it; null for none.</summary>
    public static Role? Find(string colour) =>
        All.FirstOrDefault(role =>
            role.Light.Equals(colour == "white" ? "#FFFFFF" : colour, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Class of what is filled.</summary>
    public static string Fill(Role role) => $"figure-f-{role.Name}";

    /// <summary>Class of what is stroked.</summary>
    public static string Stroke(Role role) => $"figure-s-{role.Name}";

    private static string Rule(Role role, string colour)
    {
        string value = $"var(--figure-{role.Name},{colour})";
        return $".{Fill(role)}{{fill:{value}}}.{Stroke(role)}{{stroke:{value}}}";
    }

    private static string Variables(Func<Role, string> colour) =>
        $"{{ {string.Join(' ', All.Select(role => $"--figure-{role.Name}: {colour(role)};"))} }}";
}
