using Spectre.Console;
using YieldLab.Statistics.Margins;
using YieldLab.Studies.Margins;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Output;

/// <summary>Prints a margin and the curve behind it, in 80 columns.</summary>
internal static class MarginTable
{
    public static void Print(MarginStudy study, MarginRequest request, MarginResult result)
    {
        Wrapped.Print(Heading(study, request));
        if (study.Varied.Count > 1)
            Wrapped.Print($"{study.Axis.Vary} is {string.Join(", ", study.Varied.Select(key => key.Key))}");
        foreach (string line in MarginText.Answer(study, request, result))
            Console.WriteLine(line);
        if (result.Settings.Count > 0)
            PrintCurve(study, request, result);
        if (result.Margin is { } margin && study.Cost(0, margin.Above) is { Analog: var cost })
            Console.WriteLine(
                $"nominal design at {MarginText.Value(study, margin.Above)} (cost at Tref): {CostTables.Quantity(cost.Power, "W")}, {Area(cost.Area)} um^2"
            );
    }

    /// <summary>Which yield of what, and how sure.</summary>
    public static string Heading(MarginStudy study, MarginRequest request)
    {
        string specs = string.Join(", ", study.Study.Specs);
        return $"{study.Study.Name}: yield of {specs}; confidence {MarginText.Share(request.Confidence)} of all below together";
    }

    /// <summary>Dies of a search, and of a sweep with as many at each setting.</summary>
    public static string Dies(MarginStudy study, IReadOnlyList<MarginResult> results)
    {
        string curves = study.Curves == 1 ? "" : $" on {results.Count} curves";
        return $"{results.Sum(result => result.Dies):n0} dies trained, at {results.Sum(result => result.Settings.Count)} settings{curves}; all {study.Settings} settings with as many dies as the one with most would take {results.Sum(result => result.DiesOfFullSweep):n0}";
    }

    public static string Area(double squareMetres) => $"{squareMetres * 1e12:n0}";

    private static void PrintCurve(MarginStudy study, MarginRequest request, MarginResult result)
    {
        var picture = new MarginPicture(result);
        Table table = SummaryTables.NewTable("setting", "dies", "yield", "interval", "side", "picture");
        foreach (SettingYield setting in result.Settings)
            table.AddRow(
                MarginText.Value(study, setting.Setting),
                $"{setting.Dies:n0}",
                $"{100 * setting.Yield:0.00} %",
                $"{100 * setting.Interval.Lower:0.00} to {100 * setting.Interval.Upper:0.00} %",
                MarginText.Verdict(setting.Verdict),
                picture.Line(setting)
            );
        Terminal.Write(table);
        foreach (string note in Notes(study, request, result, picture))
            Wrapped.Print(note);
    }

    private static IEnumerable<string> Notes(
        MarginStudy study,
        MarginRequest request,
        MarginResult result,
        MarginPicture picture
    )
    {
        yield return $"picture: {picture.Scale}; * yield, - interval, : target{(picture.LeavesOut(result) ? ", < lower" : "")}";
        if (result.Settings.Any(setting => setting.Verdict == MarginVerdict.Undecided))
            yield return $"near: the interval holds the target after {request.MostDies:n0} dies";
        if (result.Settings.Any(setting => setting.Verdict == MarginVerdict.Open))
            yield return "-: looked at for the shape of the curve, not decided";
        if (result.Settings.Sum(setting => setting.Unknown) is > 0 and var unknown)
            yield return $"failed dies: {unknown:n0}; they do not pass, and count against a decision on either side";
        yield return Dies(study, [result]);
    }
}
