using System.Text.Json;
using System.Text.Json.Nodes;
using YieldLab.Reports.Pages;
using YieldLab.Studies;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Pages;

/// <summary>The result of another command, from the file that its <c>--json</c> wrote.</summary>
internal static class AddedResult
{
    /// <summary>What a page shows of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="number">Which of the files, from 1: figures need unlike names.</param>
    /// <exception cref="StudyException">It is no such result.</exception>
    public static IReadOnlyList<Block> Of(string path, int number)
    {
        JsonObject json = Read(path);
        try
        {
            if (json["curves"] is JsonArray)
                return AddedMargin.Of(json, path, number);
            if (json["trainings"] is not null && json["yields"] is JsonObject)
                return AddedSensitivity.Of(json, path, number);
        }
        catch (Exception e)
            when (e is NullReferenceException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw Refused(path, "a part of it is missing or altered", e);
        }
        throw Refused(path, "it is another file", null);
    }

    private static JsonObject Read(string path)
    {
        try
        {
            return JsonNode.Parse(UserFile.ReadText(path)) as JsonObject
                ?? throw Refused(path, "it is another file", null);
        }
        catch (JsonException e)
        {
            throw Refused(path, "it is no JSON", e);
        }
    }

    private static StudyException Refused(string path, string why, Exception? inner) =>
        new($"--add {path}: {why}; expected what yieldlab margin --json or yieldlab sensitivity --json printed", inner);
}
