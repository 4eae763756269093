using YieldLab.Cli.Commands;
using YieldLab.Cli.Output;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Pages;
using YieldLab.Reports.Yields;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Studies;
using YieldLab.Studies.Sensitivity;

namespace YieldLab.Cli.Pages;

/// <summary>Where variance and loss of yield come from, of the first dies: the draws of each have to be drawn again.</summary>
internal static class ContributionSection
{
    private const int MostDies = 1_000;

    /// <summary>The section.</summary>
    public static Section Of(StoredPointDies stored, ReportQuestion asked, Replay replay) =>
        new("contributions", "Where variance and lost yield come from", [.. Blocks(stored, asked, replay)]);

    private static IEnumerable<Block> Blocks(StoredPointDies stored, ReportQuestion asked, Replay replay)
    {
        StudyContributions found;
        try
        {
            found = StudyContributions.Of(
                replay.Study,
                stored.Dies.First(MostDies),
                asked.Metrics,
                stored.Run.Description.Specs,
                YieldConfidence.Of(stored.Run, asked.Yields).Confidence,
                Environment.ProcessorCount
            );
        }
        // Without its study a run has no draws: the page goes on without this section, and says why.
        catch (StudyException e)
        {
            return [new Block.Text($"Left out: {e.Message}.")];
        }
        return
        [
            .. Words(stored),
            .. found.Outputs.SelectMany(output => Of(stored, found, output)),
            .. Notes(stored, asked),
        ];
    }

    private static IEnumerable<Block> Words(StoredPointDies stored)
    {
        int all = stored.Dies.Indices.Length;
        yield return new Block.Text(
            all > MostDies
                ? $"Of the first {FigureText.Dies(MostDies)}; yieldlab contributions takes all {FigureText.Count(all)}, and has smaller errors."
                : $"Of {FigureText.Dies(all)}, as yieldlab contributions has it."
        );
    }

    private static IEnumerable<Block> Of(StoredPointDies stored, StudyContributions found, OutputContributions output)
    {
        string title = ContributionsTable.Title(output);
        yield return new Block.Heading(title);
        if (output.Split is not { } split)
        {
            yield return new Block.Text($"There is nothing to split: {ContributionsTable.Reason(output)}.");
            yield break;
        }
        yield return new Block.Text(
            $"The {ContributionsTable.Name(split.Model)} model explains {Share(split.RSquared)} of the variance, of {FigureText.Dies(output.Dies)}."
        );
        yield return new Block.Picture(
            ContributionFigure.Of(
                Name(stored, output),
                [.. found.Inputs.Select(input => input.Name), .. found.Groups.Select(group => group.Name)],
                [.. split.Inputs, .. split.Groups],
                title
            )
        );
    }

    // Of a loss of yield the column of those who pass.
    private static string Name(StoredPointDies stored, OutputContributions output) =>
        output.Unit is not null
            ? output.Name
            : stored.Run.Description.Specs.FirstOrDefault(spec => $"{spec}" == output.Name)?.Column ?? DieTable.Pass;

    private static string Share(Contribution share) =>
        $"{FigureText.Percent(share.Share)} (standard error {FigureText.Percent(share.Error)})";

    private static IEnumerable<Block> Notes(StoredPointDies stored, ReportQuestion asked)
    {
        yield return new Block.Note(
            $"Shares with {FigureText.Exact(YieldConfidence.Of(stored.Run, asked.Yields).Confidence)} intervals, each of its share alone; an estimate can be below 0 or above 100 %. What no model explains is products of different sources, and of higher order: yieldlab sensitivity sees that too."
        );
        if (stored.Run.Rule is not EstimateRule.Fixed)
            yield return new Block.Note(
                "The errors are those of independent dies whose number was fixed beforehand, which these are not."
            );
    }
}
