using YieldLab.Statistics.Random;

namespace YieldLab.Studies.Runs;

/// <summary>How often each source of a metric's variance is drawn; every die meets every order.</summary>
/// <param name="Dies">The study's first dies.</param>
/// <param name="Orders">Orders of presentation, the study's own first.</param>
/// <param name="Noises">Trainings of each die in each order, each with noise of its own; 1 without noise.</param>
public sealed record VarianceDesign(int Dies, int Orders, int Noises)
{
    /// <summary>Most trainings of a design: each is a number of every metric in memory.</summary>
    public const long MostTrainings = 4_000_000;

    /// <summary>Most orders, each of which is kept in memory, and most noises.</summary>
    public const int MostRepeats = 256;

    public long Trainings => (long)Dies * Orders * Noises;

    /// <summary>Seed of the noise of an order's repetition: the study's own in the first cell, a random one of 53 bits in
    /// each other cell, so that two studies with neighbouring seeds share none. It depends on neither the number of orders
    /// nor that of noises.</summary>
    public static ulong NoiseSeed(ulong seed, int order, int noise)
    {
        if (order == 0 && noise == 0)
            return seed;
        var words = Philox4x32.Block(((uint)order, (uint)noise, 0, 0), seed);
        return (words.X0 | ((ulong)words.X1 << 32)) >> 11;
    }
}
