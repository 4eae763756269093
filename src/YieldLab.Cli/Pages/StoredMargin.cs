using System.Text.Json.Nodes;
using YieldLab.Statistics.Margins;

namespace YieldLab.Cli.Pages;

/// <summary>A curve of a margin's result, read again. The file has the values of settings and not their indices: where it has a
/// band it has all of them, else those that were looked at count as the first.</summary>
internal sealed class StoredMargin
{
    private readonly double[] _values;

    /// <param name="json">The result.</param>
    /// <param name="curve">One of its curves, with at least one setting.</param>
    public StoredMargin(JsonNode json, JsonNode curve)
    {
        JsonNode[] settings = [.. curve["settings"]!.AsArray().Select(setting => setting!)];
        _values = [.. (curve["band"]?.AsArray() ?? curve["settings"]!.AsArray()).Select(at => (double)at!["value"]!)];
        Result = new(
            Plan(json, curve, settings),
            [.. settings.Select(Setting)],
            (Change(curve["monotone"]!["rise"]), Change(curve["monotone"]!["fall"])),
            (bool)curve["interrupted"]!
        );
    }

    /// <summary>What was found.</summary>
    public MarginResult Result { get; }

    /// <summary>The value of a setting.</summary>
    public double Value(int setting) => _values[Math.Min(setting, _values.Length - 1)];

    // Of several curves each has a part of the confidence: that of its intervals tells which.
    private static MarginPlan Plan(JsonNode json, JsonNode curve, JsonNode[] settings)
    {
        long most = settings.Max(setting => (long)setting["dies"]!);
        if (most < 1 || settings.Any(setting => (long)setting["dies"]! < 0))
            throw new FormatException("no setting has a die, or one has fewer than none");
        long all = (long)curve["dies_of_full_sweep"]! / most;
        double missed = 1 - (double)curve["interval_confidence"]!;
        return new(
            (int)all,
            (double)json["target"]!,
            1 - missed * all / MarginPlan.ShareOfIntervals,
            (long)json["most_dies"]!
        );
    }

    private SettingYield Setting(JsonNode json) =>
        new(
            IndexOf(json["value"]!),
            (long)json["dies"]!,
            (long)json["passed"]!,
            (long)json["failed"]!,
            new((double)json["lower"]!, (double)json["upper"]!),
            Enum.Parse<MarginVerdict>((string)json["verdict"]!, ignoreCase: true)
        );

    private PairedChange? Change(JsonNode? json) =>
        json is null
            ? null
            : new(
                IndexOf(json["lower"]!),
                IndexOf(json["higher"]!),
                (long)json["dies"]!,
                (long)json["only_higher"]!,
                (long)json["only_lower"]!
            );

    private int IndexOf(JsonNode value) =>
        Array.IndexOf(_values, (double)value) is >= 0 and var index
            ? index
            : throw new FormatException($"{value} is none of the settings");
}
