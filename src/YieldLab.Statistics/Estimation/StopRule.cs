using System.Globalization;

namespace YieldLab.Statistics.Estimation;

/// <summary>
/// When a run has seen enough dies: its yield's interval is narrow enough, or lies on one side of a target. The interval is
/// that of <see cref="ConfidenceSequence"/>, which holds whenever one looks and whatever made one stop; so the interval at
/// the end has its full confidence, and a run whose true yield is the target is said to be above it or below it with
/// probability at most 1 - confidence in all.
/// </summary>
/// <remarks>The decision is a function of the counts alone, taken of the dies in order: the same dies, the same end.</remarks>
public sealed record StopRule
{
    /// <summary>A rule of one or both kinds.</summary>
    /// <param name="width">Stop at this full width of the interval or less, in (0, 1); null: whatever its width.</param>
    /// <param name="target">Stop once the interval lies wholly above or wholly below this yield, in (0, 1); null: there is
    /// none.</param>
    /// <param name="confidence">Of the interval, at every look together.</param>
    /// <param name="least">No stop before so many dies.</param>
    public StopRule(double? width, double? target, double confidence = 0.95, long least = 1)
    {
        if (width is null && target is null)
            throw new ArgumentException("A rule needs a width or a target.");
        Share(width, nameof(width));
        Share(target, nameof(target));
        Guard.Confidence(confidence);
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        (Width, Target, Confidence, Least) = (width, target, confidence, least);
    }

    /// <summary>Full width of the interval that is narrow enough, or null.</summary>
    public double? Width { get; }

    /// <summary>Yield that the interval must leave on one side, or null.</summary>
    public double? Target { get; }

    public double Confidence { get; }

    /// <summary>Fewest dies of a decision.</summary>
    public long Least { get; }

    /// <summary>Why the run can stop after these dies, or null where it cannot. About 2 us.</summary>
    /// <param name="passed">Of the first <paramref name="total"/> dies, those that pass.</param>
    /// <param name="total">Dies, from die 0 on without a gap.</param>
    /// <param name="unknown">Of these dies, those of which nobody knows whether they pass. They are taken to fail for the lower
    /// end and to pass for the upper end, so that a decision holds whatever they would have done.</param>
    public StopReason? Decide(long passed, long total, long unknown = 0)
    {
        if (total < Least)
            return null;
        ProportionInterval interval = Interval(passed, total);
        if (unknown > 0)
            interval = new(interval.Lower, Interval(passed + unknown, total).Upper);
        return interval.Lower > Target ? StopReason.AboveTarget
            : interval.Upper < Target ? StopReason.BelowTarget
            : interval.Width <= Width ? StopReason.Narrow
            : null;
    }

    /// <summary>The interval that decides, and that a run reports wherever it ends.</summary>
    public ProportionInterval Interval(long passed, long total) => ConfidenceSequence.At(passed, total, Confidence);

    /// <summary>
    /// Whether one looks after n dies: at each multiple of 16 up to 2,048, then at each multiple of the power of two
    /// between n/128 and n/64. So a run of n dies is asked at most 64 log2(n/512) times and goes on past its first
    /// chance to stop by less than 1/64 of its dies. Its fixed places make the end of a run the same for any number of threads;
    /// the intervals hold after each die and need no schedule.
    /// </summary>
    public static bool IsLook(long n) => n > 0 && n % StepAt(n) == 0;

    /// <summary>The first look after n dies.</summary>
    public static long NextLook(long n)
    {
        long step = StepAt(n);
        return (n / step + 1) * step;
    }

    /// <summary>A reason in words, to follow "stopped after 1,024 dies: ".</summary>
    public string Text(StopReason reason) =>
        reason switch
        {
            StopReason.Narrow => $"the interval is narrow enough (at most {Percent(Width)})",
            StopReason.AboveTarget => $"the yield is above the target of {Percent(Target)}",
            _ => $"the yield is below the target of {Percent(Target)}",
        };

    private static long StepAt(long n)
    {
        long step = 16;
        while (step <= n / 128)
            step *= 2;
        return step;
    }

    private static string Percent(double? share) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.######} %");

    private static void Share(double? value, string name)
    {
        if (value is not (null or (> 0 and < 1)))
            throw new ArgumentOutOfRangeException(name, value, "A share lies between 0 and 1.");
    }
}
