using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Reports;

/// <summary>A point of a stored run and its dies: what questions about stored data are asked of.</summary>
/// <param name="Run">The run; no die is read but those of the point.</param>
/// <param name="Point">The point.</param>
/// <param name="Dies">Its dies that count.</param>
public sealed record StoredPointDies(StoredRun Run, StoredPoint Point, StoredDies Dies)
{
    /// <summary>Opens a point of a stored run.</summary>
    /// <param name="path">Folder of the run.</param>
    /// <param name="point">Number of the point of a sweep, from 0; null for the only one.</param>
    /// <param name="option">How a message names the number.</param>
    /// <exception cref="IOException">No run is there, it has no such point, or no die.</exception>
    public static StoredPointDies Open(string path, int? point = null, string option = "--point")
    {
        using RunFolder folder = RunFolder.Open(path);
        StoredRun run = StoredRun.ReadManifest(folder);
        StoredPoint found = Find(run, point, option);
        StoredDies dies = StoredDies.Of(folder, run.Description, found);
        return dies.Indices.Length > 0
            ? new(run, found, dies)
            : throw new IOException(
                $"{path}: no part with dies is stored{(found.Name.Length == 0 ? "" : $" of {found.Name}")} yet: the run is being written, or was broken off and goes on with its run command"
            );
    }

    /// <summary>Number of the point, from 0.</summary>
    public int Number => Run.Description.Points.Index().First(point => point.Item.Name == Point.Name).Index;

    /// <summary>Metrics of the dies.</summary>
    public IReadOnlyList<Column> Metrics => [.. Run.Description.Dies.Where(column => column.IsMetric)];

    private static StoredPoint Find(StoredRun run, int? point, string option)
    {
        var points = run.Description.Points;
        if (point is null)
            return points.Count == 1
                ? points[0]
                : throw new IOException(
                    $"{run.Path}: the run is a sweep of {points.Count} points; expected one of them, {option} 0 to {option} {points.Count - 1}"
                );
        return point >= 0 && point < points.Count
            ? points[point.Value]
            : throw new IOException($"{run.Path}: there is no point {point}; expected 0 to {points.Count - 1}");
    }
}
