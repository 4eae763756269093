using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Cli.Output;

/// <summary>How far a run is, in one line.</summary>
internal static class ProgressLine
{
    private const int WidestBar = 20;
    private const int NarrowestBar = 5;

    /// <summary>Without a bar, for a log.</summary>
    public static string Plain(RunProgress now) => string.Join(", ", Parts(now));

    /// <summary>With a bar, for a terminal. What does not fit is left out: first of the bar, then parts from the end.</summary>
    /// <param name="now">How far the run is.</param>
    /// <param name="width">Most columns.</param>
    public static string WithBar(RunProgress now, int width)
    {
        List<string> parts = Parts(now);
        while (parts.Count > 1 && string.Join(", ", parts).Length > width)
            parts.RemoveAt(parts.Count - 1);
        string text = string.Join(", ", parts);
        int bar = Math.Min(WidestBar, width - text.Length - "[] ".Length);
        return bar >= NarrowestBar ? $"{Bar(now, bar)} {text}" : text[..Math.Min(text.Length, width)];
    }

    private static List<string> Parts(RunProgress now)
    {
        List<string> parts = [$"{now.Done} of {now.Total} dies", $"{now.Rate:0}/s", Remaining(now)];
        if (now.Done > 0)
            parts.Add($"yield {(double)now.Passed / now.Done:p1}");
        if (now.Failed > 0)
            parts.Add($"{now.Failed} failed");
        return parts;
    }

    private static string Remaining(RunProgress now) =>
        now.Remaining is { } left ? $"{(left.Days > 0 ? $"{left.Days} d " : "")}{left:hh\\:mm\\:ss} left" : "starting";

    private static string Bar(RunProgress now, int length)
    {
        int full = (int)(length * now.Done / Math.Max(now.Total, 1));
        return $"[{new string('#', full)}{new string('-', length - full)}]";
    }
}
