using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;
using YieldLab.Statistics.Margins;

namespace YieldLab.Tests.Reports.Figures;

public class MarginFigureTests
{
    private static readonly Column Capacitance = new("capacitance_f", ColumnType.Real, "F", "Capacitance of a weight");

    [Fact]
    public void Margin_is_the_setting_from_which_on_all_dies_pass()
    {
        // Of 11 settings, 0 to 10 pF, none passes below 4 pF and all from there on.
        Figure figure = Of((setting, _) => setting >= 4, 11);

        Assert.Contains(
            "crosses 89.95 % between capacitance_f = 3 pF, surely below, and 4 pF, surely above",
            figure.Description,
            StringComparison.Ordinal
        );
        string[] found = figure.Table.Rows.Single(row => row[0] == "4 pF");
        Assert.Equal((found[1], "100.0 %", "above"), (found[2], found[3], found[6]));
        FigureSvg.Check(figure);
    }

    [Fact]
    public void Verdicts_differ_by_their_shape_and_not_by_colour_alone()
    {
        MarginResult found = Search((setting, _) => setting >= 4, 11);
        SettingYield[] settings =
        [
            .. found.Settings.Select((setting, i) => setting with { Verdict = (MarginVerdict)Math.Min(i, 3) }),
        ];
        Figure figure = Of(new MarginResult(found.Plan, settings, (found.Rise, found.Fall), interrupted: false));
        XElement svg = XElement.Parse(figure.Svg());
        // The corners of the first marker of a colour, from the first of them on.
        string Corners(Role role) =>
            svg.Descendants()
                .Where(shape => shape.Attribute("class")?.Value == Palette.Fill(role))
                .Select(shape => Relative(shape.Attribute("d")?.Value ?? ""))
                .First(corners => corners.Length > 0);

        Assert.Distinct(new[] { Palette.First, Palette.Second, Palette.Third, Palette.Axis }.Select(Corners));
        Assert.Equal(4, figure.Table.Rows.Select(row => row[6]).Distinct().Count());
        Assert.All(
            figure.Table.Rows.Select(row => row[6]),
            verdict => Assert.Contains($">{verdict}</text>", figure.Svg(), StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Searches_without_a_margin_are_drawn()
    {
        FigureSvg.Check(Of((_, _) => false, 2));
        FigureSvg.Check(Of((_, _) => true, 2));
        FigureSvg.Check(Of((setting, _) => setting is > 20 and < 60, 101));
        FigureSvg.Check(Of((setting, die) => die % 10 != 0, 101));
        FigureSvg.Check(Of((setting, _) => setting > 300_000, 1_000_001));
    }

    private static string Relative(string path)
    {
        double[] numbers =
        [
            .. Regex
                .Matches(path.Split('z', 'Z')[0], @"-?\d+(\.\d+)?")
                .Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture)),
        ];
        return string.Join(' ', numbers.Select((number, i) => $"{number - numbers[i % 2]:0}"));
    }

    private static Figure Of(Func<int, long, bool> passes, int settings) => Of(Search(passes, settings));

    private static Figure Of(MarginResult result) => MarginFigure.Of(result, Capacitance, setting => setting * 1e-12);

    private static MarginResult Search(Func<int, long, bool> passes, int settings) =>
        MarginSearch.Run(
            new MarginPlan(settings, 0.8995, 0.95, 500),
            (setting, first, count) =>
                [
                    .. Enumerable
                        .Range(0, count)
                        .Select(i => passes(setting, first + i) ? DieResult.Passes : DieResult.Fails),
                ]
        );
}
