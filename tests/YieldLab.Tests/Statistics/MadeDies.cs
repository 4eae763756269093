using YieldLab.Statistics.Margins;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Statistics;

/// <summary>
/// Dies whose yield at each setting is known: a die has a uniform number and passes where it is below the yield. So where the
/// yield rises each die passes from some setting on. A part of the settings, drawn for each die anew, has numbers of their
/// own: then single dies come and go, and the yield stays what it is.
/// </summary>
internal sealed class MadeDies(Func<int, double> yield, ulong seed, double ownPart = 0, double unknownPart = 0)
{
    private static readonly RandomStream Shared = new("test/margin/shared");
    private static readonly RandomStream Coin = new("test/margin/coin");
    private static readonly RandomStream Own = new("test/margin/own");
    private static readonly RandomStream Lost = new("test/margin/lost");

    private readonly AddressedDraws _draws = new(seed);

    /// <summary>Calls so far, "setting: first + count".</summary>
    public List<(int Setting, long First, int Count)> Calls { get; } = [];

    public double Yield(int setting) => yield(setting);

    public DieResult[] Trial(int setting, long first, int count)
    {
        Calls.Add((setting, first, count));
        var results = new DieResult[count];
        double p = yield(setting);
        for (int i = 0; i < count; i++)
            results[i] = Die(setting, first + i, p);
        return results;
    }

    private DieResult Die(int setting, long die, double p)
    {
        if (unknownPart > 0 && _draws.Uniform(Lost, die, (uint)setting) < unknownPart)
            return DieResult.Unknown;
        bool own = ownPart > 0 && _draws.Uniform(Coin, die, (uint)setting) < ownPart;
        double x = own ? _draws.Uniform(Own, die, (uint)setting) : _draws.Uniform(Shared, die, 0);
        return x < p ? DieResult.Passes : DieResult.Fails;
    }
}
