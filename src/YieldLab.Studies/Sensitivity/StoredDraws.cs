using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Random;

namespace YieldLab.Studies.Sensitivity;

/// <summary>The draws of stored dies, drawn again at their addresses.</summary>
/// <param name="draws">What the dies were drawn from.</param>
/// <param name="dies">Index of the die of each row.</param>
/// <param name="groups">The groups.</param>
internal sealed class StoredDraws(DieDraws draws, long[] dies, IReadOnlyList<DrawGroup> groups)
{
    /// <summary>Reads the draws of a group for some rows: [row][draw].</summary>
    public double[][] Read(int group, int firstRow, int rows)
    {
        var read = new double[rows][];
        for (int i = 0; i < rows; i++)
            read[i] = new double[groups[group].Draws];
        for (int row = 0; row < rows; row += AddressedDraws.Lanes)
            ReadLanes(groups[group], firstRow + row, read.AsSpan(row, Math.Min(AddressedDraws.Lanes, rows - row)));
        return read;
    }

    private void ReadLanes(DrawGroup group, int firstRow, Span<double[]> read)
    {
        var members = new long[AddressedDraws.Lanes];
        for (int lane = 0; lane < members.Length; lane++)
            members[lane] = dies[firstRow + Math.Min(lane, read.Length - 1)];
        int first = 0;
        foreach (var (stream, cells) in group.Streams)
        {
            var normals = new double[cells * AddressedDraws.Lanes];
            draws.Normals(stream, members, normals);
            for (int lane = 0; lane < read.Length; lane++)
            for (int cell = 0; cell < cells; cell++)
                read[lane][first + cell] = normals[cell * AddressedDraws.Lanes + lane];
            first += cells;
        }
    }
}
