using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Figures;

namespace YieldLab.Reports.Pages;

/// <summary>What the interval of a yield says of a target.</summary>
/// <param name="Tone">Met where the whole interval reaches it, missed where none of it does.</param>
/// <param name="Words">A sentence; empty without a target.</param>
public sealed record TargetVerdict(Tone Tone, string Words)
{
    /// <summary>Judges a yield.</summary>
    /// <param name="all">The yield of all specifications.</param>
    /// <param name="target">What is wanted; null for nothing.</param>
    public static TargetVerdict Of(YieldEstimate all, double? target)
    {
        if (target is not { } wanted)
            return new(Tone.Plain, "");
        Tone tone = ToneOf(all, wanted);
        string share = FigureText.Exact(wanted);
        return new(
            tone,
            tone switch
            {
                Tone.Good => $"The target of {share} is met: the whole interval reaches it.",
                Tone.Bad => $"The target of {share} is missed: the whole interval lies below it.",
                _ when all.Value < wanted && wanted <= all.IfUnknownPass =>
                    $"Whether the target of {share} is met is undecided: the yield of these dies is below it if the failed dies fail and reaches it if they pass, so that more dies alone may not tell.",
                _ =>
                    $"Whether the target of {share} is met is undecided: it lies within the interval, and more dies would tell.",
            }
        );
    }

    /// <summary>Met, missed, or open.</summary>
    public static Tone ToneOf(YieldEstimate all, double target) =>
        all.Interval.Lower >= target ? Tone.Good
        : all.Interval.Upper < target ? Tone.Bad
        : Tone.Open;

    /// <summary>In a word.</summary>
    public static string Word(Tone tone) =>
        tone switch
        {
            Tone.Good => "met",
            Tone.Bad => "missed",
            Tone.Open => "undecided",
            _ => "",
        };
}
