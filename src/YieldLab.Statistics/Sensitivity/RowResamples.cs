using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Sensitivity;

/// <summary>Rows drawn with replacement, the same ones whenever they are asked for.</summary>
/// <param name="rows">How many there are.</param>
internal sealed class RowResamples(int rows)
{
    private static readonly RandomStream Stream = new("inference/sensitivity/rows");

    private readonly int[] _drawn = new int[rows];

    /// <summary>The rows of a replicate; valid until the next call.</summary>
    public ReadOnlySpan<int> Replicate(int number)
    {
        for (int i = 0; i < _drawn.Length; i += 4)
        {
            var words = Philox4x32.Block(((uint)i, (uint)number, 0, Stream.Id), 0);
            Span<uint> four = [words.X0, words.X1, words.X2, words.X3];
            for (int j = 0; j < Math.Min(4, _drawn.Length - i); j++)
                _drawn[i + j] = Row(four[j]);
        }
        return _drawn;
    }

    // Of 2^32 words each row has as many as any other but for one: a part of 5e-6 at 20,000 rows.
    private int Row(uint word) => (int)(((ulong)word * (ulong)_drawn.Length) >> 32);
}
