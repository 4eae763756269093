using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Margins;

/// <summary>How a search ended.</summary>
public enum MarginOutcome
{
    /// <summary>The yield crosses the target once, as far as can be told: there is a margin.</summary>
    Found,

    /// <summary>The yield both rises and falls over the settings, for sure, and crosses the target: there are one or more
    /// ranges of settings that reach it, and no single margin.</summary>
    NotMonotone,

    /// <summary>All settings that were decided are below the target, both ends and the one that looked best among them.</summary>
    NotReached,

    /// <summary>All settings that were decided are above the target, both ends and the one that looked worst among them.
    /// </summary>
    ReachedEverywhere,

    /// <summary>No crossing has been shown: the settings that would show it are too close to the target for so many dies, or
    /// the search was ended before.</summary>
    Undecided,
}

/// <summary>Two settings between which the yield crosses the target.</summary>
/// <param name="Below">Its yield is below the target; of all evaluated ones the nearest to the crossing.</param>
/// <param name="Above">Its yield is above the target.</param>
public sealed record MarginCrossing(int Below, int Above)
{
    /// <summary>Whether settings reach the target from <see cref="Above"/> upwards, so that it is the smallest.</summary>
    public bool IsRise => Below < Above;

    /// <summary>Whether no setting stands between the two.</summary>
    public bool IsSharp => Math.Abs(Above - Below) == 1;
}

/// <summary>Evaluated settings next to each other none of which is below the target.</summary>
/// <param name="First">The first that is above it.</param>
/// <param name="Last">The last that is above it.</param>
public sealed record MarginRange(int First, int Last);

/// <summary>
/// What a search has found: a function of the settings that were evaluated and their dies alone. All that it says holds
/// together with the confidence of the plan (see <see cref="MarginPlan"/>), also where the search was ended early.
/// </summary>
/// <remarks>
/// That the yield is below the target at one setting and above it at another needs no monotone yield, nor does the crossing
/// between. That no other setting crosses it does, and that is what <see cref="Rise"/> and <see cref="Fall"/> speak about:
/// both at once refute it. Not to be refuted is no proof.
/// </remarks>
public sealed class MarginResult
{
    private readonly SettingYield[] _decided;

    /// <summary>What some settings say, made now or read again.</summary>
    /// <param name="plan">What was looked for.</param>
    /// <param name="settings">The evaluated settings in the order of their index.</param>
    /// <param name="changes">The clearest rise and the clearest fall; null where none was shown.</param>
    /// <param name="interrupted">Whether the search was ended before it was done.</param>
    public MarginResult(
        MarginPlan plan,
        IReadOnlyList<SettingYield> settings,
        (PairedChange? Rise, PairedChange? Fall) changes,
        bool interrupted
    )
    {
        Plan = plan;
        Settings = settings;
        (Rise, Fall) = changes;
        Interrupted = interrupted;
        _decided = [.. settings.Where(setting => setting.Verdict != MarginVerdict.Open)];
        Crossings = [.. CrossingsOf([.. settings.Where(setting => setting.IsSure)])];
        Ranges = [.. RangesOf(settings)];
        Outcome = OutcomeOf();
    }

    public MarginPlan Plan { get; }

    /// <summary>The evaluated settings in the order of their index.</summary>
    public IReadOnlyList<SettingYield> Settings { get; }

    /// <summary>The clearest of the changes that show a yield higher at a higher setting; null where none does.</summary>
    public PairedChange? Rise { get; }

    /// <summary>The clearest of the changes that show a yield lower at a higher setting; null where none does.</summary>
    public PairedChange? Fall { get; }

    /// <summary>Whether the search was ended before it was done.</summary>
    public bool Interrupted { get; }

    /// <summary>Where the yield crosses the target.</summary>
    public IReadOnlyList<MarginCrossing> Crossings { get; }

    /// <summary>Where it is above; more than one only where the yield is not monotone.</summary>
    public IReadOnlyList<MarginRange> Ranges { get; }

    public MarginOutcome Outcome { get; }

    /// <summary>Whether a monotone yield is refuted.</summary>
    public bool IsNotMonotone => Rise is not null && Fall is not null;

    /// <summary>The margin; null unless there is one.</summary>
    public MarginCrossing? Margin => Outcome == MarginOutcome.Found ? Crossings[0] : null;

    /// <summary>Dies that were made, over all settings.</summary>
    public long Dies => Settings.Sum(setting => setting.Dies);

    /// <summary>Dies that all settings would have taken with as many dies each as the setting with most of them.</summary>
    public long DiesOfFullSweep => Settings.Select(setting => setting.Dies).DefaultIfEmpty().Max() * Plan.Settings;

    /// <summary>
    /// The yield of any setting, evaluated or not, where yields are monotone: at least the largest lower end and at most the
    /// smallest upper end of the settings on the sides that tell. Null where it is not known whether they rise or fall, or
    /// known that they do both. It holds for all settings at once with the confidence of the plan, if yields are monotone.
    /// </summary>
    /// <param name="setting">Index of a setting.</param>
    public ProportionInterval? Band(int setting)
    {
        if ((Rise is null) == (Fall is null))
            return null;
        bool rises = Rise is not null;
        var worse = Settings.Where(s => rises ? s.Setting <= setting : s.Setting >= setting);
        var better = Settings.Where(s => rises ? s.Setting >= setting : s.Setting <= setting);
        return new(
            worse.Select(s => s.Interval.Lower).DefaultIfEmpty(0).Max(),
            better.Select(s => s.Interval.Upper).DefaultIfEmpty(1).Min()
        );
    }

    // Neighbours among the settings whose side is known.
    private static IEnumerable<MarginCrossing> CrossingsOf(SettingYield[] sure) =>
        from pair in sure.Zip(sure.Skip(1))
        where pair.First.Verdict != pair.Second.Verdict
        select pair.First.Verdict == MarginVerdict.Below
            ? new MarginCrossing(pair.First.Setting, pair.Second.Setting)
            : new MarginCrossing(pair.Second.Setting, pair.First.Setting);

    private static IEnumerable<MarginRange> RangesOf(IEnumerable<SettingYield> settings)
    {
        MarginRange? range = null;
        foreach (SettingYield setting in settings)
        {
            if (setting.Verdict == MarginVerdict.Above)
                range = new(range?.First ?? setting.Setting, setting.Setting);
            if (setting.Verdict != MarginVerdict.Below || range is null)
                continue;
            yield return range;
            range = null;
        }
        if (range is not null)
            yield return range;
    }

    private MarginOutcome OutcomeOf() =>
        Crossings.Count > 0 ? (IsNotMonotone ? MarginOutcome.NotMonotone : MarginOutcome.Found)
        : AllAre(MarginVerdict.Below) ? MarginOutcome.NotReached
        : AllAre(MarginVerdict.Above) ? MarginOutcome.ReachedEverywhere
        : MarginOutcome.Undecided;

    private bool AllAre(MarginVerdict verdict) => !Interrupted && _decided.All(setting => setting.Verdict == verdict);
}
