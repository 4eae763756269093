using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Designs;

/// <summary>
/// Points of a unit cube that fill it more evenly than independent ones, one a die, in several randomisations that are
/// independent of each other. Every point alone is uniform, so a mean over dies has no bias; the points of a randomisation
/// depend on each other, so its error shows only between the means of randomisations.
/// </summary>
/// <remarks>Die k belongs to randomisation k mod R and is its point k div R: every number of dies fills the randomisations
/// evenly, and each with its first points.</remarks>
public abstract class PointSet
{
    /// <param name="dimensions">Coordinates of a point, at least 1.</param>
    /// <param name="randomisations">R, at least 1; an error can be estimated from 2 on.</param>
    private protected PointSet(int dimensions, int randomisations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(randomisations, 1);
        Dimensions = dimensions;
        Randomisations = randomisations;
    }

    /// <summary>Coordinates of a point.</summary>
    public int Dimensions { get; }

    /// <summary>Randomisations R.</summary>
    public int Randomisations { get; }

    /// <summary>How many dies have a point.</summary>
    public abstract long Dies { get; }

    /// <summary>Whether a set for more dies begins with the same points.</summary>
    public abstract bool IsExtensible { get; }

    /// <summary>A coordinate of a die's point in the open interval (0, 1): (2k + 1)/2^53 with k of 52 bits.</summary>
    /// <param name="die">0 to <see cref="Dies"/> - 1.</param>
    /// <param name="dimension">0 to <see cref="Dimensions"/> - 1.</param>
    public double Coordinate(long die, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(die);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(die, Dies);
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dimension, Dimensions);
        return AddressedDraws.ToUnit(Bits(die, dimension));
    }

    /// <summary>The coordinate as a fraction of 64 bits, of which the upper 52 count.</summary>
    private protected abstract ulong Bits(long die, int dimension);
}
