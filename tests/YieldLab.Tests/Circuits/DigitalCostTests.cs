using Xunit;
using YieldLab.Circuits.Costs;

namespace YieldLab.Tests.Circuits;

/// <summary>Digital SGDr, counted by hand.</summary>
public class DigitalCostTests
{
    // Fewer than 50 rounded operations, none of them a difference of near numbers.
    private const double Rounding = 1e-14;

    // 3 x 5 weights: 48 multiplications, 33 additions, 45 accesses of a weight.
    [Theory]
    [InlineData(8, 48 * 0.2 + 33 * 0.03, 45 * 8 * 10.0 / 64, 318 + 15 * 8 * 140 * 0.045 * 0.045)]
    [InlineData(32, 48 * 3.1 + 33 * 0.1, 45 * 32 * 10.0 / 64, 3632 + 15 * 32 * 140 * 0.045 * 0.045)]
    public void Published_values_times_the_operations(int bits, double arithmetic, double memory, double area)
    {
        DigitalCost cost = Cost(bits, DigitalNode.Nm45);
        Near(1e-12 * arithmetic, cost.ArithmeticEnergy);
        Near(1e-12 * memory, cost.MemoryEnergy);
        Near(1e-12 * (arithmetic + memory), cost.EnergyPerPresentation);
        Near(1e-6 * (arithmetic + memory), cost.Power);
        Near(1e-12 * area, cost.Area);
        Near(48e6, cost.MultiplicationsPerSecond);
    }

    // By hand: 45 nm at 0.9 V 0.69885; 130 nm at 1.2 V 5.17944; 180 nm at 1.8 V 26.372.
    [Theory]
    [InlineData(130, 5.17944 / 0.69885, 6.4)]
    [InlineData(180, 26.372 / 0.69885, 19)]
    public void Scaled_values_are_the_published_times_the_factors(int nanometres, double energy, double logic)
    {
        DigitalNode node = DigitalNode.All.Single(n => Math.Round(n.FeatureSize * 1e9) == nanometres);
        DigitalCost scaled = Cost(8, node);
        DigitalCost published = Cost(8, DigitalNode.Nm45);
        Near(energy * published.EnergyPerPresentation, scaled.EnergyPerPresentation);
        Near(logic * published.UnitArea, scaled.UnitArea);
        Near(nanometres * nanometres / 2025.0 * published.StorageArea, scaled.StorageArea);
    }

    // Constant-field scaling, F V^2, is what the fit replaces; a wrong coefficient would leave its neighbourhood.
    [Fact]
    public void Energy_factors_are_within_three_of_classical_scaling()
    {
        foreach (DigitalNode node in DigitalNode.All)
        {
            double classical = node.FeatureSize / 45e-9 * node.Supply * node.Supply / 0.81;
            Assert.InRange(node.EnergyFactor / classical, 1 / 3.0, 3);
        }
    }

    private static DigitalCost Cost(int bits, DigitalNode node) =>
        new(DigitalArithmetic.All.Single(arithmetic => arithmetic.Bits == bits), node, new(3, 5), 1e-6);

    private static void Near(double expected, double actual) =>
        Assert.InRange(actual, expected * (1 - Rounding), expected * (1 + Rounding));
}
