using YieldLab.Circuits.Cells;
using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Random;
using YieldLab.Studies.Runs;

namespace YieldLab.Studies.Sensitivity;

/// <summary>The draws of stored dies in groups, drawn again at their addresses.</summary>
internal sealed class StoredDraws
{
    private readonly DieDraws _draws;
    private readonly long[] _dies;
    private readonly (RandomStream Stream, int Numbers)[][] _streams;

    /// <param name="study">The study of the dies.</param>
    /// <param name="dies">Index of the die of each row.</param>
    public StoredDraws(PreparedStudy study, long[] dies)
    {
        (_draws, _dies) = (study.Draws, dies);
        Groups =
        [
            .. DrawGroup.ByStream.Where(group =>
                group.Varies(study.Silicon, study.Global)
                && group.Streams.All(stream => StreamSizes.Of(stream, study.Silicon.Shape) is not null)
            ),
        ];
        _streams =
        [
            .. Groups.Select(group =>
                group.Streams.Select(stream => (stream, StreamSizes.Of(stream, study.Silicon.Shape)!.Value)).ToArray()
            ),
        ];
    }

    /// <summary>Groups on which the dies depend, of draws that are standard normal: all but those that all cells of a die
    /// share.</summary>
    public IReadOnlyList<DrawGroup> Groups { get; }

    /// <summary>Number of draws of each group.</summary>
    public IReadOnlyList<int> Sizes => [.. _streams.Select(group => group.Sum(stream => stream.Numbers))];

    /// <summary>Reads the draws of a group for some rows: [row][draw].</summary>
    public double[][] Read(int group, int firstRow, int rows)
    {
        var read = new double[rows][];
        for (int row = 0; row < rows; row++)
            read[row] = new double[_streams[group].Sum(stream => stream.Numbers)];
        for (int row = 0; row < rows; row += AddressedDraws.Lanes)
            ReadLanes(group, firstRow + row, read.AsSpan(row, Math.Min(AddressedDraws.Lanes, rows - row)));
        return read;
    }

    private void ReadLanes(int group, int firstRow, Span<double[]> read)
    {
        var dies = new long[AddressedDraws.Lanes];
        for (int lane = 0; lane < dies.Length; lane++)
            dies[lane] = _dies[firstRow + Math.Min(lane, read.Length - 1)];
        int first = 0;
        foreach (var (stream, numbers) in _streams[group])
        {
            var normals = new double[numbers * AddressedDraws.Lanes];
            _draws.Normals(stream, dies, normals);
            for (int lane = 0; lane < read.Length; lane++)
            for (int i = 0; i < numbers; i++)
                read[lane][first + i] = normals[i * AddressedDraws.Lanes + lane];
            first += numbers;
        }
    }
}
