using System.Numerics;

namespace YieldLab.Statistics.Margins;

/// <summary>The dies of one setting, a bit each for "passes" and for "fails"; of an unknown die neither.</summary>
internal sealed class SettingDies
{
    private const int Bits = 64;

    private readonly List<ulong> _passes = [];
    private readonly List<ulong> _fails = [];

    public long Count { get; private set; }
    public long Passed { get; private set; }
    public long Unknown { get; private set; }

    public void Add(ReadOnlySpan<DieResult> dies)
    {
        foreach (DieResult die in dies)
            Add(die);
    }

    /// <summary>Passes among the first dies.</summary>
    public long PassedOf(long dies) => Sum(dies, word => _passes[word]);

    /// <summary>Of the first dies, those that pass here and fail there.</summary>
    public long PassHereAlone(SettingDies there, long dies) => Sum(dies, word => _passes[word] & there._fails[word]);

    /// <summary>Of the first dies, those that may fail here and pass there: for sure, or for all that anybody knows.</summary>
    public long MayPassThereAlone(SettingDies there, long dies) =>
        Sum(dies, word => ~_passes[word] & ~there._fails[word]);

    private void Add(DieResult die)
    {
        int bit = (int)(Count % Bits);
        if (bit == 0)
        {
            _passes.Add(0);
            _fails.Add(0);
        }
        if (die == DieResult.Passes)
            _passes[^1] |= 1UL << bit;
        else if (die == DieResult.Fails)
            _fails[^1] |= 1UL << bit;
        Count++;
        Passed += die == DieResult.Passes ? 1 : 0;
        Unknown += die == DieResult.Unknown ? 1 : 0;
    }

    private static long Sum(long dies, Func<int, ulong> word)
    {
        long sum = 0;
        for (int i = 0; i < dies / Bits; i++)
            sum += BitOperations.PopCount(word(i));
        int rest = (int)(dies % Bits);
        return rest == 0 ? sum : sum + BitOperations.PopCount(word((int)(dies / Bits)) & ((1UL << rest) - 1));
    }
}
