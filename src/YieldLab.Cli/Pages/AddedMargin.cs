using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Pages;
using YieldLab.Studies.Margins;

namespace YieldLab.Cli.Pages;

/// <summary>The result of <c>yieldlab margin --json</c>.</summary>
internal static class AddedMargin
{
    /// <summary>What a page shows of it.</summary>
    /// <param name="json">The result.</param>
    /// <param name="path">Its file.</param>
    /// <param name="number">Which of the files that were added.</param>
    public static IReadOnlyList<Block> Of(JsonObject json, string path, int number)
    {
        string[] keys = [.. json["vary"]!.AsArray().Select(key => (string)key!)];
        return
        [
            new Block.Heading($"Margin of {json["study"]} ({path})"),
            new Block.Text(
                $"Settings of {string.Join(", ", keys)} that reach a yield of {FigureText.Exact((double)json["target"]!)} of {string.Join(" and ", json["specs"]!.AsArray())}; all that is said holds together with {FigureText.Exact((double)json["confidence"]!)} confidence."
            ),
            .. (bool)json["complete"]!
                ? Array.Empty<Block>()
                :
                [
                    new Block.Note(
                        "The search was interrupted: what is said holds all the same, and settings that it had not come to are missing."
                    ),
                ],
            .. json["curves"]!.AsArray().SelectMany((curve, i) => Curve(json, keys, curve!, $"added-{number}-{i + 1}")),
        ];
    }

    private static IEnumerable<Block> Curve(JsonObject json, string[] keys, JsonNode curve, string name)
    {
        if (curve["at"] is { } at)
            yield return new Block.Text($"At {json["against"]} = {At(at, (string?)json["against_unit"])}:");
        if (curve["settings"]!.AsArray().Count == 0)
        {
            yield return new Block.Note("No setting was looked at.");
            yield break;
        }
        var stored = new StoredMargin(json, curve);
        var by = new Column(MarginAxis.NameOf(keys), ColumnType.Real, (string)json["unit"]!, string.Join(", ", keys));
        Figure figure = MarginFigure.Of(stored.Result, by, stored.Value);
        yield return new Block.Picture(figure.Named($"{name}-{figure.Name}"));
    }

    private static string At(JsonNode at, string? unit) =>
        at.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? FigureText.Quantity((double)at, unit ?? "1")
            : $"{at}";
}
