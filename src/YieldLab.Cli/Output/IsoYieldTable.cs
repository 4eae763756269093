using Spectre.Console;
using YieldLab.Statistics.Margins;
using YieldLab.Studies.Margins;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Output;

/// <summary>Prints the margin of one setting at each value of another, with what the design costs there, in 80 columns.
/// </summary>
internal static class IsoYieldTable
{
    private const string Unknown = "-";

    public static void Print(MarginStudy study, MarginRequest request, IReadOnlyList<MarginResult> results)
    {
        Wrapped.Print(MarginTable.Heading(study, request));
        Console.WriteLine($"margin: {study.Axis.Vary}");
        Console.WriteLine($"at each {study.Against}");
        Terminal.Write(Margins(study, results));
        foreach (string note in Notes(study, request, results))
            Wrapped.Print(note);
    }

    private static Table Margins(MarginStudy study, IReadOnlyList<MarginResult> results)
    {
        Table table = SummaryTables.NewTable("at", "margin", "crossing between", "dies", "power", "area um^2");
        for (int curve = 0; curve < results.Count; curve++)
        {
            MarginResult result = results[curve];
            MarginCrossing? margin = result.Margin;
            StudyCost? cost = margin is null ? null : study.Cost(curve, margin.Above);
            table.AddRow(
                MarginText.Against(study, curve),
                margin is null ? Outcome(result) : Margin(study, margin),
                margin is null ? Unknown : Crossing(study, margin),
                $"{result.Dies:n0}",
                cost is null ? Unknown : CostTables.Quantity(cost.Analog.Power, "W"),
                cost is null ? Unknown : MarginTable.Area(cost.Analog.Area)
            );
        }
        return table;
    }

    private static string Margin(MarginStudy study, MarginCrossing margin)
    {
        string sign = study.Value(margin.Above) > study.Value(margin.Below) ? ">=" : "<=";
        return $"{sign} {MarginText.Value(study, margin.Above)}";
    }

    private static string Crossing(MarginStudy study, MarginCrossing margin)
    {
        int[] ends = [.. new[] { margin.Below, margin.Above }.OrderBy(study.Value)];
        return $"{MarginText.Value(study, ends[0])} to {MarginText.Value(study, ends[1])}";
    }

    private static string Outcome(MarginResult result) =>
        result.Outcome switch
        {
            MarginOutcome.NotReached => "not reached",
            MarginOutcome.ReachedEverywhere => "all reach",
            MarginOutcome.NotMonotone => "not single",
            _ => "not known",
        };

    private static IEnumerable<string> Notes(
        MarginStudy study,
        MarginRequest request,
        IReadOnlyList<MarginResult> results
    )
    {
        yield return $"margin: settings from here on have a yield of at least {MarginText.Share(request.Target)}, as far as it is monotone";
        bool Any(MarginOutcome outcome) => results.Any(result => result.Outcome == outcome);
        if (Any(MarginOutcome.NotReached))
            yield return "not reached: no setting of the range has this yield; a wider range may";
        if (Any(MarginOutcome.ReachedEverywhere))
            yield return "all reach: every setting of the range has this yield; the margin lies outside";
        if (Any(MarginOutcome.NotMonotone))
            yield return "not single: the yield rises and falls; --set this value and leave --against out to see where";
        if (Any(MarginOutcome.Undecided))
            yield return $"not known: too close to the target for {request.MostDies:n0} dies, or ended before";
        if (study.Study.Cost is null)
            yield return "power, area: the study has no cost section; --set \"cost={supply: 1.8 V, layout_factor: 3}\" gives it";
        else
            yield return "power, area: of the nominal design at the margin";
        yield return MarginTable.Dies(study, results);
    }
}
