using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Designs;

/// <summary>
/// What dies are drawn from: independent numbers, or at chosen addresses the coordinates of a point set. At every other
/// address the numbers are those of <see cref="AddressedDraws"/>, bit for bit. Whole streams of independent numbers can be
/// taken from other dies, or held at their centre.
/// </summary>
public sealed class DieDraws
{
    private readonly AddressedDraws _plain;

    // By stream, the designed indices and their dimensions.
    private readonly Dictionary<uint, (uint Index, int Dimension)[]>? _designed;

    private readonly HashSet<uint>? _moved;

    // What is added to the die of a moved stream; null where such streams stand at their centre.
    private readonly long? _offset;

    /// <summary>Independent numbers alone.</summary>
    public DieDraws(ulong seed) => _plain = new(seed);

    /// <param name="seed">Names the whole experiment.</param>
    /// <param name="points">The point set.</param>
    /// <param name="addresses">Dimension j of the point set stands for address j; no more than it has dimensions, and none
    /// twice.</param>
    public DieDraws(ulong seed, PointSet points, IReadOnlyList<DrawAddress> addresses)
        : this(seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(addresses.Count, points.Dimensions);
        if (addresses.Distinct().Count() != addresses.Count)
            throw new ArgumentException("An address is designed twice.", nameof(addresses));
        Points = points;
        _designed = addresses
            .Select((address, dimension) => (address.Stream, address.Index, Dimension: dimension))
            .GroupBy(entry => entry.Stream.Id, entry => (entry.Index, entry.Dimension))
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    private DieDraws(ulong seed, IEnumerable<RandomStream> moved, long? offset)
        : this(seed)
    {
        _moved = [.. moved.Select(stream => stream.Id)];
        _offset = offset;
    }

    public ulong Seed => _plain.Seed;

    /// <summary>The point set; null where all numbers are independent.</summary>
    public PointSet? Points { get; }

    /// <summary>The same seed without a point set.</summary>
    public DieDraws Plain => Points is null && _moved is null ? this : new(Seed);

    /// <summary>The independent numbers of the seed, with some streams from other dies: die k has there the numbers of die
    /// k + offset, and everywhere else its own.</summary>
    public DieDraws Moved(IEnumerable<RandomStream> streams, long offset) => new(Seed, streams, offset);

    /// <summary>The independent numbers of the seed, with some streams at their centre: there uniforms are 1/2 and normals
    /// 0.</summary>
    public DieDraws Centred(IEnumerable<RandomStream> streams) => new(Seed, streams, null);

    /// <summary>Whether the numbers of a stream stand at their centre.</summary>
    public bool IsCentred(RandomStream stream) => IsMoved(stream) && _offset is null;

    /// <summary>Whether the numbers of a stream come from another die or stand at their centre.</summary>
    public bool IsMoved(RandomStream stream) => _moved is not null && _moved.Contains(stream.Id);

    public static implicit operator DieDraws(AddressedDraws draws) => new(draws.Seed);

    /// <summary>Whether a number is a coordinate of the point set.</summary>
    public bool IsDesigned(RandomStream stream, uint index) => Dimension(stream, index) is not null;

    /// <summary>Uniform on the open interval (0, 1).</summary>
    public double Uniform(RandomStream stream, long die, uint index) =>
        IsMoved(stream) ? MovedUniform(stream, die, index)
        : Dimension(stream, index) is { } dimension ? Points!.Coordinate(die, dimension)
        : _plain.Uniform(stream, die, index);

    /// <summary>Standard normal: the quantile of <see cref="Uniform"/> at the same address.</summary>
    public double Normal(RandomStream stream, long die, uint index) => NormalQuantile.At(Uniform(stream, die, index));

    /// <summary>Standard normals of the first indices for eight dies, laid out [index][die]. Bit for bit those of
    /// <see cref="Normal"/>.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="dies">Eight die indices.</param>
    /// <param name="destination">A multiple of eight numbers.</param>
    public void Normals(RandomStream stream, ReadOnlySpan<long> dies, Span<double> destination)
    {
        if (IsMoved(stream))
        {
            MovedNormals(stream, dies, destination);
            return;
        }
        _plain.Normals(stream, dies, destination);
        if (_designed is null || !_designed.TryGetValue(stream.Id, out var entries))
            return;
        var rows = MemoryMarshal.Cast<double, Vector512<double>>(destination);
        foreach (var (index, dimension) in entries)
            if (index < (uint)rows.Length)
                rows[(int)index] = NormalQuantile.At(Coordinates(dies, dimension));
    }

    private double MovedUniform(RandomStream stream, long die, uint index) =>
        _offset is { } offset ? _plain.Uniform(stream, die + offset, index) : 0.5;

    private void MovedNormals(RandomStream stream, ReadOnlySpan<long> dies, Span<double> destination)
    {
        if (_offset is not { } offset)
        {
            destination.Clear();
            return;
        }
        Span<long> others = stackalloc long[AddressedDraws.Lanes];
        for (int lane = 0; lane < others.Length; lane++)
            others[lane] = dies[lane] + offset;
        _plain.Normals(stream, others, destination);
    }

    private Vector512<double> Coordinates(ReadOnlySpan<long> dies, int dimension)
    {
        Span<double> coordinates = stackalloc double[AddressedDraws.Lanes];
        for (int lane = 0; lane < coordinates.Length; lane++)
            coordinates[lane] = Points!.Coordinate(dies[lane], dimension);
        return Vector512.Create<double>(coordinates);
    }

    private int? Dimension(RandomStream stream, uint index)
    {
        if (_designed is null || !_designed.TryGetValue(stream.Id, out var entries))
            return null;
        foreach (var entry in entries)
            if (entry.Index == index)
                return entry.Dimension;
        return null;
    }
}
