using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Statistics.Margins;

/// <summary>What a search of a margin looks for, and how its chance of an error is spent.</summary>
/// <remarks>
/// <para>With alpha = 1 - confidence, 4/5 of alpha go to intervals of the yields, the same part to each of the K settings: a
/// confidence sequence (<see cref="ConfidenceSequence"/>) of the level 1 - (4/5) alpha/K. So with a probability of at least
/// 1 - (4/5) alpha no interval of any setting, after any number of dies, misses its yield. The rest goes to the paired tests
/// of <see cref="PairedChange"/>: half of it to the pairs of the settings that are looked at first, half to all other pairs.
/// Each of these parts is fixed before the first die. By the union bound, which asks for no independence, all of it holds
/// together with a probability of at least <c>confidence</c>; and whatever the search says is a consequence of it. So the
/// search may choose its settings and end when it likes, and dies may be the same at all settings.</para>
/// <para>To divide by the settings that are evaluated, about log2 K of them, instead of by all K would be wrong: which ones
/// these are depends on the dies. The price of K is small: ln K is added to about ln(1/alpha) + ln(n)/2, of which the number
/// of dies is a multiple.</para>
/// </remarks>
public sealed record MarginPlan
{
    /// <summary>Share of alpha that goes to the intervals.</summary>
    public const double ShareOfIntervals = 0.8;

    /// <summary>Most settings that are looked at first.</summary>
    public const int MostLooks = 9;

    /// <summary>Dies of the first look at a setting.</summary>
    public const int DiesOfLook = 128;

    /// <summary>A plan.</summary>
    /// <param name="settings">Number of settings, at least 2, in the order of their values.</param>
    /// <param name="target">Yield to be reached, in (0, 1).</param>
    /// <param name="confidence">Of all that the search says together, in (0, 1).</param>
    /// <param name="mostDies">Most dies of one setting.</param>
    public MarginPlan(int settings, double target, double confidence, long mostDies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings, 2);
        if (!(target > 0 && target < 1))
            throw new ArgumentOutOfRangeException(nameof(target), target, "A target lies between 0 and 1.");
        Guard.Confidence(confidence);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostDies, 1);
        (Settings, Target, Confidence, MostDies) = (settings, target, confidence, mostDies);
        int looks = Math.Min(settings, MostLooks);
        Looks = [.. Enumerable.Range(0, looks).Select(i => (int)((long)i * (settings - 1) / (looks - 1)))];
    }

    public int Settings { get; }
    public double Target { get; }
    public double Confidence { get; }
    public long MostDies { get; }

    /// <summary>The settings that are looked at first, both ends included, in order.</summary>
    public IReadOnlyList<int> Looks { get; }

    /// <summary>Confidence of the interval of one setting.</summary>
    public double IntervalConfidence => 1 - ShareOfIntervals * (1 - Confidence) / Settings;

    /// <summary>Dies of a first look, or fewer where fewer are allowed.</summary>
    internal long FirstLook => Math.Min(DiesOfLook, MostDies);

    /// <summary>ln of 1 over the error probability of the paired test of two settings: the evidence that it takes.</summary>
    public double LogEvidenceOfPair(int a, int b)
    {
        double alpha = (1 - ShareOfIntervals) * (1 - Confidence) / 2;
        double looked = Pairs(Looks.Count);
        double pairs = Looks.Contains(a) && Looks.Contains(b) ? looked : Pairs(Settings) - looked;
        return Elementary.Log(pairs / alpha);
    }

    /// <summary>Dies after which a setting is judged next: 64 more up to 1,024, then up to 1/8 more. So a setting is judged
    /// at fixed places, whatever made its dies.</summary>
    internal long NextLook(long dies)
    {
        long step = 64;
        while (step <= dies / 16)
            step *= 2;
        return Math.Min((dies / step + 1) * step, MostDies);
    }

    private static double Pairs(double count) => count * (count - 1) / 2;
}
