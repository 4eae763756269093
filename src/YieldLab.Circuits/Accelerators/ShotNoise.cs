using YieldLab.Statistics.Numerics;
using YieldLab.Statistics.Random;

namespace YieldLab.Circuits.Accelerators;

/// <summary>
/// Where the shot noise of a batch of dies is drawn: one standard normal for each half weight and presentation, at an
/// address of its own, so that the same silicon can be run with other noise and the noise does not depend on the steps.
/// </summary>
/// <param name="draws">Seed of the noise; apart from that of the silicon.</param>
/// <param name="dies">Die of each lane of the batch.</param>
public sealed class ShotNoise(AddressedDraws draws, ReadOnlyMemory<long> dies)
{
    private double[] _normals = [];

    // An index has 32 bits; a schedule longer than that goes on in another stream.
    private static RandomStream Stream(long part) => new($"noise/shot/{part}");

    internal unsafe void Fill<T>(in LayerView<T> layer, long presentation)
        where T : unmanaged
    {
        int halves = 2 * layer.Shape.Weights;
        long perStream = uint.MaxValue / halves;
        RandomStream stream = Stream(presentation / perStream);
        uint first = (uint)(presentation % perStream * halves);
        if (_normals.Length != halves * AddressedDraws.Lanes)
            _normals = new double[halves * AddressedDraws.Lanes];
        for (int lane = 0; lane < LayerView<T>.Row; lane += AddressedDraws.Lanes)
        {
            draws.Normals(stream, dies.Span.Slice(lane, AddressedDraws.Lanes), _normals, first);
            for (int half = 0; half < halves; half++)
            {
                T* row = layer.Noise + (half / 2 * NoiseRow.Count + NoiseRow.DrawP + half % 2) * LayerView<T>.Row;
                for (int i = 0; i < AddressedDraws.Lanes; i++)
                    row[lane + i] = Elementary.Narrow<T>(_normals[half * AddressedDraws.Lanes + i]);
            }
        }
    }
}
