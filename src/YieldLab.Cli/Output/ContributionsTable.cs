using Spectre.Console;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports;
using YieldLab.Statistics;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Studies.Sensitivity;

namespace YieldLab.Cli.Output;

/// <summary>Prints where variance and loss of yield come from, in tables that fit 80 columns.</summary>
internal static class ContributionsTable
{
    // Of thirty sources that do nothing one is above two errors, and none above three.
    private const double Clear = 3;
    private const int Named = 5;

    public static void Print(StoredPointDies stored, StudyContributions found)
    {
        foreach (OutputContributions output in found.Outputs)
            if (output.Split is { } split)
            {
                Console.WriteLine($"{Title(output)}: {Counted.Dies(output.Dies)}");
                Wrapped.Print(Heading(split));
                Terminal.Write(Shares(found, output, split));
            }
            else
            {
                Wrapped.Print($"{Title(output)}: {Reason(output)}");
                Console.WriteLine();
            }
        foreach (string line in Notes(stored, found))
            Wrapped.Print(line);
    }

    /// <summary>What an output is called.</summary>
    internal static string Title(OutputContributions output) =>
        output.Unit is null ? $"lost yield of {output.Name}" : output.Name;

    /// <summary>Why an output has no split.</summary>
    internal static string Reason(OutputContributions output) =>
        output.Dies < RowBlocks.FewestRows
            ? $"only {Counted.Of(output.Dies, "die has", "dies have")} it; expected at least {RowBlocks.FewestRows}"
        : output.Unit is null ? "all dies, or nearly all, pass or fail alike"
        : "all dies, or nearly all, have the same";

    private static string Heading(Contributions split)
    {
        string tried = string.Join(
            ", ",
            split.Tried.Select(model => $"{Name(model.Model)} {model.RSquared.Share:0.00}+-{model.RSquared.Error:0.00}")
        );
        return $"{Name(split.Model)} model; R^2: {tried}";
    }

    /// <summary>What a model is called.</summary>
    internal static string Name(ContributionModel model) => model.ToString().ToLowerInvariant();

    private static Table Shares(StudyContributions found, OutputContributions output, Contributions split)
    {
        bool leans = output.Leans is not null;
        Table table = SummaryTables.NewTable([
            "source",
            "draws",
            "share of variance",
            .. leans ? new[] { "failing dies" } : [],
        ]);
        void Add(string name, string draws, string share, string lean) =>
            table.AddRow([Markup.Escape(name), draws, share, .. leans ? new[] { lean } : []]);
        var all = Sources(found, output, split).OrderByDescending(source => source.Share.Share).ToArray();
        // Those that are sure, and the next ones up to a handful, since one of them may be it.
        var named = all.Where((source, i) => source.IsClear || (i < Named && source.Share.Share > 0)).ToArray();
        foreach (Source source in named)
            Add(
                source.Name,
                source.Draws,
                source.IsClear ? Cell(source.Share) : $"({Cell(source.Share)})",
                Cell(source.Lean)
            );
        if (all.Length > named.Length)
            Add(
                $"{Counted.Of(all.Length - named.Length, "other", "others")}",
                "",
                $"{100 * all.Except(named).Sum(source => source.Share.Share):0.0} %",
                ""
            );
        Add("explained in all (R^2)", "", Cell(split.RSquared), "");
        return table;
    }

    private static IEnumerable<Source> Sources(
        StudyContributions found,
        OutputContributions output,
        Contributions split
    ) =>
        [
            .. found.Inputs.Select((input, i) => new Source(input.Name, "", split.Inputs[i], output.Leans?[i])),
            .. found.Groups.Select((group, i) => new Source(group.Name, $"{found.Draws[i]}", split.Groups[i], null)),
        ];

    private static string Cell(Contribution share) => $"{100 * share.Share:0.0} +- {100 * share.Error:0.0} %";

    private static string Cell(Lean? lean) =>
        lean is not { } found ? ""
        : double.IsFinite(found.Value) ? $"{found.Value:+0.00;-0.00} +- {found.Error:0.00} sd"
        : "-";

    private static IEnumerable<string> Notes(StoredPointDies stored, StudyContributions found)
    {
        yield return "share +- standard error; an estimate can be below 0 or above 100 %";
        yield return $"(in brackets): less than {Clear:0} errors from 0: these dies do not tell it from nothing";
        if (found.Outputs.Any(output => output is { Leans: not null, Split: not null }))
            yield return $"failing dies: by how many sd their mean differs from that of all dies; beyond {Clear:0} errors hardly by chance";
        int most = Contributions.MostDrawsOfPairs(stored.Dies.Indices.Length);
        bool pairs = found.Outputs.Any(output => output.Split is { Model: not ContributionModel.Linear });
        if (pairs && found.Draws.Any(draws => draws > most))
            yield return $"products of two draws: of groups of up to {Counted.Of(most, "draw", "draws")}; more dies allow more";
        if (found.Outputs.Any(output => output.Split is { IsGood: false }))
        {
            yield return $"R^2 below {Contributions.Enough}: the rest is products of different sources, and of higher order; yieldlab sensitivity sees that too";
        }
        if (stored.Run.Rule is EstimateRule.AnyTime)
            yield return "the number of dies was chosen by looking at their yield; the errors do not allow for that";
        if (stored.Run.Rule is EstimateRule.Replicated)
        {
            yield return "the dies are those of a design and depend on each other; the errors are those of independent dies, which are larger";
        }
    }

    private readonly record struct Source(string Name, string Draws, Contribution Share, Lean? Lean)
    {
        // A share is a square: of a source that shifts the failing dies it may be small beside its error.
        public bool IsClear =>
            Share.Share > Clear * Share.Error || (Lean is { } lean && Math.Abs(lean.Value) > Clear * lean.Error);
    }
}
