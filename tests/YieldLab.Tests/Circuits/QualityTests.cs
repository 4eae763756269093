using Xunit;
using YieldLab.Circuits.Accelerators;

namespace YieldLab.Tests.Circuits;

public class QualityTests
{
    [Fact]
    public void Metrics_match_values_worked_out_by_hand()
    {
        double[] predictions = [0.7, 0.2, 0.1, 0.3, 0.3, 0.4];
        double[] targets = [1, 0, 0, 0, 1, 0];
        Assert.Equal(0.5, Quality.Accuracy(predictions, targets, 3));
        Assert.Equal(-(Math.Log(0.7) + Math.Log(0.3)) / 2, Quality.CrossEntropy(predictions, targets, 3), 1e-15);
        Assert.Equal(0.125, Quality.MeanSquare([1, 2], [1.5, 2]));
        Assert.Equal(0.75, Quality.RSquared([0.5, 1, 1.5], [0, 1, 2]), 1e-15);
    }

    [Fact]
    public void Quantizer_of_b_bits_has_b_effective_bits()
    {
        // A quantizer of full scale 1 and B bits has steps of 2^-B and a mean square error of (2^-B)^2/12.
        Assert.Equal(8, Quality.EffectiveBits(Math.Pow(2, -16) / 12), 1e-12);
    }
}
