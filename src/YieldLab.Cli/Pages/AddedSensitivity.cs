using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Pages;
using YieldLab.Statistics.Sensitivity;

namespace YieldLab.Cli.Pages;

/// <summary>The result of <c>yieldlab sensitivity --json</c>.</summary>
internal static class AddedSensitivity
{
    /// <summary>What a page shows of it.</summary>
    /// <param name="json">The result.</param>
    /// <param name="path">Its file.</param>
    /// <param name="number">Which of the files that were added.</param>
    public static IReadOnlyList<Block> Of(JsonObject json, string path, int number)
    {
        string confidence = FigureText.Exact((double)json["confidence"]!);
        return
        [
            new Block.Heading($"Sensitivity of {json["study"]} ({path})"),
            new Block.Text(
                $"Sobol' indices of groups, of {FigureText.Dies((long)json["dies"]!)} in {FigureText.Count((long)json["trainings"]!)} trainings, with {confidence} intervals. The first index is what a group does alone, the total what it takes part in."
            ),
            .. Failures(json["failures"]!.AsObject()),
            .. Parts(json["yields"]!, number),
            .. Parts(json["metrics"]!, number),
        ];
    }

    private static IEnumerable<Block> Failures(JsonObject failures)
    {
        if (failures.Count > 0)
            yield return new Block.Note(
                $"{FigureText.Dies(failures.Sum(failure => (long)failure.Value!))} failed in a training ({string.Join("; ", failures.Select(failure => $"{failure.Value}: {failure.Key}"))}): they pass nothing, and metrics leave them out."
            );
    }

    private static IEnumerable<Block> Parts(JsonNode parts, int number) =>
        parts.AsObject().Select(part => Of(part.Key, part.Value!, number));

    private static Block Of(string name, JsonNode part, int number)
    {
        if (part["groups"] is not JsonObject groups)
            return new Block.Note($"{name}: the same in all trainings, or in too few.");
        string quantity = Spec.TryParse(name)?.Column ?? name.Replace(' ', '_');
        Figure figure = ContributionFigure.Of(
            quantity,
            [.. groups.Select(group => group.Key)],
            [.. groups.Select(group => new GroupIndices(Index(group.Value!["first"]!), Index(group.Value["total"]!)))]
        );
        return new Block.Picture(figure.Named($"added-{number}-{figure.Name}"));
    }

    private static SensitivityIndex Index(JsonNode index) =>
        new(Number(index["value"]), Number(index["error"]), Number(index["lower"]), Number(index["upper"]));

    // What is not a number is null there.
    private static double Number(JsonNode? number) => number is null ? double.NaN : (double)number;
}
