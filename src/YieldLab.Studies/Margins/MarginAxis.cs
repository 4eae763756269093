using System.Globalization;
using System.Text.Json;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Margins;

/// <summary>A setting of a study, from one value to another: the candidates of a margin.</summary>
/// <param name="Vary">Keys of numbers, separated by commas, which all get the same value; * stands for one part of a key.
/// </param>
/// <param name="From">First value, as a file has it.</param>
/// <param name="To">Last value.</param>
/// <param name="Count">How many values; null: see <see cref="UsualCount"/>.</param>
/// <param name="IsLogarithmic">Whether neighbours have equal ratios instead of equal differences.</param>
public sealed record MarginAxis(string Vary, string From, string To, int? Count = null, bool IsLogarithmic = false)
{
    /// <summary>Values where none are asked for and no round step fits. Where one of 1, 2, 2.5 or 5 times a power of ten does,
    /// in 32 to 128 steps, the nearest to so many; of whole numbers all.</summary>
    public const int UsualCount = 65;

    private static readonly decimal[] RoundSteps = [1m, 2m, 2.5m, 5m];

    /// <summary>The keys.</summary>
    /// <exception cref="StudyException">One is unknown.</exception>
    public IReadOnlyList<string> Keys => KeyPattern.Keys($"--vary {Vary}", Vary, SweepKeys.Names);

    /// <summary>A name for keys that are set together, fit for a column: of several the part that they all end in.</summary>
    public static string NameOf(IReadOnlyList<string> keys)
    {
        string[] ends = [.. keys.Select(key => key.Split('.')[^1]).Distinct()];
        return keys.Count == 1 ? keys[0].Replace('.', '_')
            : ends.Length == 1 ? ends[0]
            : "settings";
    }

    internal string Origin => $"--vary {Vary} --from {From} --to {To}";

    /// <summary>The values of each key, as a sweep takes them.</summary>
    internal IReadOnlyList<StudyChange> Changes() => [.. Keys.Select(Change)];

    private StudyChange Change(string key)
    {
        SweptType type = TypeOf(key);
        string scale = IsLogarithmic ? "log" : "linear";
        return new($"{key}={{from: {Text(From)}, to: {Text(To)}, scale: {scale}, {Spacing(type)}}}", Origin);
    }

    /// <summary>A mistake in an end or the scale, which a range of a sweep names by its keys, named by its option.</summary>
    internal StudyException InOptions(StudyException mistake)
    {
        var names = new (string Part, string Option)[]
        {
            ("from", $"--from {From}"),
            ("to", $"--to {To}"),
            ("scale", "--scale log"),
        };
        foreach (string key in Keys)
        foreach (var (part, option) in names)
            if (mistake.Message.StartsWith($"{Origin}: {key}.{part}: ", StringComparison.Ordinal))
                return new($"{option}: {key}: {mistake.Message[$"{Origin}: {key}.{part}: ".Length..]}", mistake);
        return mistake;
    }

    private SweptType TypeOf(string key)
    {
        StudyException Error(string message) => new($"--vary {key}: {message}");
        var type = new SweptType(SweepKeys.Find(key, Error, Error));
        return type.IsNumber ? type : throw Error("is no number; expected a setting that has a smallest value");
    }

    private string Spacing(SweptType type) =>
        Count is { } count ? $"count: {count}"
        : type.IsWhole && !IsLogarithmic ? $"step: {(Span(type) < 0 ? -1 : 1)}"
        : $"count: {RoundCount(type)}";

    private int RoundCount(SweptType type) =>
        !IsLogarithmic && Span(type) is { } span and not 0 ? RoundCount(Math.Abs(span)) : UsualCount;

    // Null where an end is not what the key takes, which is refused where it is read.
    private double? Span(SweptType type) =>
        Quantity.TryParse(From, type.Parameter!.Unit, out double from, out _)
        && Quantity.TryParse(To, type.Parameter.Unit, out double to, out _)
            ? to - from
            : null;

    // A temperature in kelvin has no more than 12 of its digits left in a difference.
    private static int RoundCount(double span)
    {
        decimal digits = decimal.Parse(
            span.ToString("E9", CultureInfo.InvariantCulture).Split('E')[0],
            CultureInfo.InvariantCulture
        );
        var counts =
            from power in new[] { 0.01m, 0.1m, 1m }
            from step in RoundSteps
            let steps = digits / (step * power)
            where steps == decimal.Floor(steps) && steps is >= 32 and <= 128
            select (int)steps + 1;
        return counts.OrderBy(count => Math.Abs(count - UsualCount)).FirstOrDefault(UsualCount);
    }

    private static string Text(string value) => JsonSerializer.Serialize(value);
}
