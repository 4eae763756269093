using System.Text.Json.Nodes;
using YieldLab.Circuits.Technology;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports;
using YieldLab.Reports.Pages;
using YieldLab.Studies;
using YieldLab.Studies.Processes;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Pages;

/// <summary>What was run, from which a colleague can run the same again.</summary>
internal static class RunSection
{
    /// <summary>The section.</summary>
    /// <param name="stored">The run and one of its points.</param>
    /// <param name="study">The study's file as it is named on a command line; null where it is not there any more.</param>
    public static Section Of(StoredPointDies stored, string? study)
    {
        JsonObject manifest = stored.Run.Manifest;
        string[] changes = [.. StoredStudy.Changes(stored.Run)];
        return new(
            "run",
            "What was run",
            [
                new Block.Facts([.. Facts(stored)]),
                Again(stored.Run, study),
                .. changes.Length > 0
                    ? [new Block.Text($"Set on the command line: {string.Join(", ", changes)}.")]
                    : Array.Empty<Block>(),
                new Block.Code("The study", (string)manifest["study"]!["text"]!),
                .. Card((string)manifest["process"]!["card"]!, study),
                Settings(manifest),
            ]
        );
    }

    private static Block Again(StoredRun run, string? study) =>
        RunCommandLine.Of(run, study) is { } line
            ? new Block.Code(
                study is null
                    ? "The same again, from the study below, which is not where it was, and its data beside it"
                    : "The same again",
                line
            )
            : new Block.Note(
                "There is no command that runs the same again: an older version of the program did not note what the command line swept."
            );

    private static IEnumerable<(string, string)> Facts(StoredPointDies stored)
    {
        JsonObject manifest = stored.Run.Manifest;
        JsonNode identity = manifest["identity"]!;
        yield return ("study", stored.Run.Name);
        yield return ("program", (string)manifest["program"]!);
        yield return ("status", (string)manifest["status"]!);
        yield return ("dies", $"{manifest["samples"]} asked for{(stored.Run.Swept.Count > 0 ? " of each point" : "")}");
        yield return ("seed of the silicon", $"{manifest["seed"]}");
        yield return (
            "data",
            $"{manifest["data"]!["file"]}: {manifest["data"]!["train"]} examples to train, {manifest["data"]!["test"]} to test"
        );
        yield return ("SHA-256 of the data", (string)manifest["data"]!["sha256"]!);
        yield return ("process card", (string)manifest["process"]!["card"]!);
        if (identity["corner"] is { } corner)
            yield return ("corner", $"{corner}");
        yield return ("temperature", Temperature(identity["temperature"]));
        yield return ("sampling", $"{identity["sampling"]?["method"] ?? "swept"}");
        yield return (
            "stop rule",
            stored.Run.Rule is EstimateRule.AnyTime ? "by looking at the dies, as the study says" : "none"
        );
        yield return (
            "intervals of the run",
            $"{stored.Run.Rule.Name}, confidence {100 * stored.Run.Rule.Confidence:0.######} %"
        );
    }

    // Stored in kelvin, and left out where it is swept.
    private static string Temperature(JsonNode? stored)
    {
        string Celsius(string key) =>
            $"{Math.Round((double)stored![key]! - PhysicalConstants.ZeroCelsius, 9):0.####} °C";
        string law =
            stored?["values"] is JsonArray values ? $"one of {values.Count} values"
            : stored?["mean"] is not null ? $"normal, mean {Celsius("mean")}, sigma {stored["sigma"]} K"
            : stored?["from"] is not null ? $"uniform from {Celsius("from")} to {Celsius("to")}"
            : stored?["value"] is not null ? Celsius("value")
            : "swept";
        return stored?["gradient"] is { } gradient ? $"{law}, gradient {gradient} K" : law;
    }

    private static IEnumerable<Block> Card(string card, string? study)
    {
        string path =
            ProcessLibrary.IsPath(card) && study is not null
                ? Path.Combine(Path.GetDirectoryName(study) ?? "", card)
                : card;
        IReadOnlyList<CardSource>? sources = Sources(path);
        yield return sources is null
            ? new Block.Note($"The process card {card} is not there any more; its values are among all settings.")
            : new Block.Table(
                $"Values of {card} and their sources, as this version of the program has them",
                ["parameter", "value", "source"],
                [.. sources.Select(source => (string[])[source.Key, source.Value, source.Source])],
                Folded: true
            )
            {
                Prose = true,
            };
    }

    private static IReadOnlyList<CardSource>? Sources(string card)
    {
        try
        {
            return CardSource.Of(card);
        }
        catch (StudyException)
        {
            return null;
        }
    }

    private static Block.Table Settings(JsonObject manifest)
    {
        var all = (JsonObject)manifest["identity"]!.DeepClone();
        all["process"] = manifest["process"]!["values"]!.DeepClone();
        return new(
            "All settings that the dies depend on, in SI units",
            ["key", "value"],
            [.. JsonDifference.All([], all).Select(setting => (string[])[setting.Key, setting.Here])],
            Folded: true
        )
        {
            Prose = true,
        };
    }
}
