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
            IReadOnlyList<Block> blocks = Blocks(json, path, number);
            // Figures are drawn late: what cannot be drawn is to be refused here.
            foreach (Block.Picture picture in blocks.OfType<Block.Picture>())
                _ = picture.Figure.Svg();
            return blocks;
        }
        catch (Exception e) when (IsOfContent(e))
        {
            throw Refused(path, "a part of it is missing or altered", e);
        }
    }

    private static IReadOnlyList<Block> Blocks(JsonObject json, string path, int number) =>
        json["curves"] is JsonArray ? AddedMargin.Of(json, path, number)
        : json["trainings"] is not null && json["yields"] is JsonObject ? AddedSensitivity.Of(json, path, number)
        : throw Refused(path, "it is another file", null);

    private static bool IsOfContent(Exception e) =>
        e
            is NullReferenceException
                or InvalidOperationException
                or FormatException
                or ArgumentException
                or ArithmeticException
                or IndexOutOfRangeException;

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
