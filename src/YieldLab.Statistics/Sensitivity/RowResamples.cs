using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Sensitivity;

/// <summary>Rows drawn with replacement, the same ones whenever they are asked for.</summary>
/// <param name="rows">How many there are.</param>
internal sealed class RowResamples(int rows)
{
    private static readonly RandomStream Stream = new("inference/sensitivity/rows");
    private static readonly AddressedDraws Draws = new(0);

    private readonly int[] _drawn = new int[rows];

    /// <summary>The rows of a replicate; valid until the next call.</summary>
    public ReadOnlySpan<int> Replicate(int number)
    {
        for (int i = 0; i < _drawn.Length; i++)
            _drawn[i] = (int)(Draws.Uniform(Stream, number, (uint)i) * _drawn.Length);
        return _drawn;
    }
}
