using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Designs;

/// <summary>
/// Latin hypercubes (M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21 (1979) 239): of n points each coordinate
/// has one in every interval (i/n, (i + 1)/n), at a random place there, and the coordinates are in independent random
/// orders. What a function's coordinates do on their own, added up, leaves the variance of the mean (M. Stein,
/// Technometrics 29 (1987) 143); what they do together stays.
/// </summary>
/// <remarks>The points depend on how many there are. Orders are made when first asked for and kept: four bytes a die and
/// dimension.</remarks>
public sealed class LatinHypercube : PointSet
{
    /// <summary>Most dies: with 256 dimensions their orders take 256 MB.</summary>
    public const long MostDies = 1 << 18;

    private static readonly RandomStream OrderStream = new("silicon/design/latin/order");
    private static readonly RandomStream PlaceStream = new("silicon/design/latin/place");

    private readonly AddressedDraws _draws;
    private readonly int _points;
    private readonly int[]?[] _orders;

    /// <param name="seed">Names the whole experiment.</param>
    /// <param name="dimensions">Coordinates of a point.</param>
    /// <param name="randomisations">Independent hypercubes.</param>
    /// <param name="dies">Points of all of them together, a multiple of their number, at most <see cref="MostDies"/>.</param>
    public LatinHypercube(ulong seed, int dimensions, int randomisations, long dies)
        : base(dimensions, randomisations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dies, randomisations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dies, MostDies);
        if (dies % randomisations != 0)
            throw new ArgumentException(
                $"{dies} dies are no multiple of {randomisations} randomisations.",
                nameof(dies)
            );
        Dies = dies;
        _draws = new(seed);
        _points = (int)(dies / randomisations);
        _orders = new int[dimensions * randomisations][];
    }

    public override long Dies { get; }

    public override bool IsExtensible => false;

    private protected override ulong Bits(long die, int dimension)
    {
        var (point, randomisation) = Math.DivRem(die, Randomisations);
        int stratum = Order(randomisation, dimension)[point];
        ulong first = FirstOf(stratum);
        ulong width = FirstOf(stratum + 1) - first;
        ulong place = Math.BigMul(_draws.Bits(PlaceStream, die, (uint)dimension), width, out _);
        return (first + place) << 12;
    }

    // Two threads may make the same order at once; it is the same numbers, and either array will do.
    private int[] Order(long randomisation, int dimension) =>
        _orders[dimension * Randomisations + randomisation] ??= _draws.Permutation(
            OrderStream,
            ((long)dimension << 32) | randomisation,
            _points
        );

    // The smallest k with (2k + 1)/2^53 >= stratum/n.
    private ulong FirstOf(int stratum)
    {
        ulong n = (ulong)_points;
        return (ulong)((((UInt128)(ulong)stratum << 53) + n - 1) / (2 * n));
    }
}
