using Xunit;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Statistics;

/// <summary>Philox4x32-10 against the known answers that its authors publish with Random123 (file kat_vectors).</summary>
public class PhiloxTests
{
    [Theory]
    [InlineData("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void Block_gives_the_known_answers_of_Random123(string counter, string key, string answer)
    {
        uint[] c = Words(counter);
        uint[] k = Words(key);
        var (x0, x1, x2, x3) = Philox4x32.Block((c[0], c[1], c[2], c[3]), k[0] | ((ulong)k[1] << 32));
        Assert.Equal(answer, $"{x0:x8} {x1:x8} {x2:x8} {x3:x8}");
    }

    private static uint[] Words(string text) => [.. text.Split(' ').Select(word => Convert.ToUInt32(word, 16))];
}
