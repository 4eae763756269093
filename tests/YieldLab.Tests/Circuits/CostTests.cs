using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Costs;

namespace YieldLab.Tests.Circuits;

/// <summary>Power and area of a layer, against numbers counted by hand.</summary>
public class CostTests
{
    // Fewer than 200 rounded operations stand behind each number, none of them a difference: 200 2^-53 is 2.2e-14.
    private const double Rounding = 3e-14;

    private static readonly CostAssumptions Assumptions = new() { Supply = 1.8, LayoutFactor = 3 };

    private static readonly MeanSignals Signals = new()
    {
        Input = new(0.5, 0.1),
        Error = new(0.2, 0.04),
        Weight = new(0.3, 0.15),
        Forward = new(0.16, 0.07, 0.03, 0.01),
        Gradient = new(0.11, 0.02, 0.015, 0.005),
        Target = new(0.4, 0.05),
    };

    // eta C n UT(300.15 K) / Ts, in units of the unit current of 10 nA.
    private static double GainCurrent => 0.1 * 1e-12 * 1.4 * (1.380649e-23 * 300.15 / 1.602176634e-19) / 1e-6 / 1e-8;

    // One output and two inputs: the sum over the branches of docs/cost.md, in units of Iu and of IG.
    [Theory]
    [InlineData("dac", 2 * (2 * 0.5 + 2 * 0.1), 0)]
    [InlineData("multiplier", 2 * (4 + 2 * 0.6 + 2 * 0.45 + 0.27), 0)]
    [InlineData("summing", 2 * (2 * (0.16 + 0.01) + 0.05) + 2 * (2 * (0.07 + 0.03) + 0.4), 0)]
    [InlineData("activation", 0, 0)]
    [InlineData("rectifier", 2 * 0.2 + 2 * 0.04, 0)]
    [InlineData("gradient", 2 * (4 + 2 * 0.24 + 2 * 0.6 + 0.15), 0)]
    [InlineData("integrator", 2 * (0.02 + 0.015 + 0.11 + 0.005 + 2 * 0.5 * 0.01 + 0.45), 2 * (2 + 0.002 + 0.5 * 0.45))]
    [InlineData("decay", 0, 2 * 2 * 0.001)]
    [InlineData("quiescent", 2 * 2 * 0.5 * 0.01, 0)]
    [InlineData("cross_coupling", 2 * (0.45 + 2), 2 * (2 * 0.5 + 0.5 * 0.45))]
    [InlineData("switch", 0, 0)]
    public void Power_of_a_cell_is_the_supply_times_its_branches(string cell, double units, double gains)
    {
        double expected = 1.8 * 1e-8 * (units + gains * GainCurrent);
        Near(expected, Linear().Cells.Single(c => c.Cell == cell).Power);
    }

    [Theory]
    [InlineData("dac", 8)]
    [InlineData("multiplier", 48)]
    [InlineData("summing", 4)]
    [InlineData("activation", 0)]
    [InlineData("rectifier", 4)]
    [InlineData("gradient", 48)]
    [InlineData("integrator", 16)]
    [InlineData("decay", 8)]
    [InlineData("quiescent", 8)]
    [InlineData("cross_coupling", 24)]
    public void Area_of_a_cell_is_the_layout_factor_times_W_L_of_its_devices(string cell, int devices)
    {
        CellCost cost = Linear().Cells.Single(c => c.Cell == cell);
        Assert.Equal(devices, cost.Devices);
        Near(3 * devices * 3e-6 * 2e-6, cost.Area);
    }

    // 168 devices of 6 um^2 and 4 switches of 0.25 um^2, three times; 4 capacitors of 1 pF at 2 fF/um^2.
    [Fact]
    public void Whole_layer_is_the_sum_of_its_cells_and_capacitors()
    {
        DesignCost cost = Linear();
        Near(3 * (168 * 6e-12 + 4 * 0.25e-12) + 4 * 500e-12, cost.Area);
        Near(4 * 500e-12, cost.CapacitorArea);
        Near(cost.Cells.Sum(cell => cell.Power), cost.Power);
        Near(cost.Power * 1e-6, cost.EnergyPerPresentation);
        Near(cost.Power * 1e-6 / 2, cost.EnergyPerUpdate);
    }

    // The arms of a softmax share one tail current.
    [Fact]
    public void Softmax_of_any_size_draws_one_unit_current()
    {
        AcceleratorModel model = Made.Model(LearningTask.Softmax, new(7, 3));
        CellCost activation = Cost(model, Signals).Cells.Single(c => c.Cell == "activation");
        Near(1.8 * 1e-8, activation.Power);
        Assert.Equal(7, activation.Devices);
    }

    // Quiescent parts 0.02, 0.02 and 0.1 alone: two inputs, one output, two weights.
    [Fact]
    public void Idle_power_is_that_of_the_quiescent_currents()
    {
        double multiplier = 4 + 4 * 0.02 + 4 * 0.1 + 4 * 0.002;
        double gradient = 4 + 8 * 0.02 + 4 * 0.0004;
        double integrator = 2 * (2 * 0.0004 + 0.005 + 0.1);
        double units =
            2 * 4 * 0.02
            + 2 * multiplier
            + 4 * 2 * 2 * 0.002
            + 4 * 0.02
            + 2 * gradient
            + 2 * integrator
            + 4 * 0.005
            + 2 * 2 * (0.1 + 1);
        double gains = 4 * (1 + 0.001 + 0.05) + 4 * 0.001 + 4 * (0.5 + 0.05);
        Near(1.8 * 1e-8 * (units + gains * GainCurrent), Linear().IdlePower);
    }

    [Fact]
    public void Every_kind_of_loop_is_in_one_cell_and_has_no_more_branches_than_devices()
    {
        LoopCost[] loops = [.. Linear().Cells.Where(c => c.Cell != "switch").SelectMany(cell => cell.Loops)];
        Assert.Equal(LoopKind.All.Select(kind => kind.Name).Order(), loops.Select(loop => loop.Name).Order());
        Assert.All(loops, loop => Assert.InRange(loop.Branches.Count, 1, loop.Devices));
        Assert.All(loops, loop => Assert.Equal(Kind(loop).Devices, loop.Devices));
    }

    // Each size of the design is different here, so a cell with another's size would show.
    [Fact]
    public void Each_cell_has_the_size_by_which_its_mismatch_is_drawn()
    {
        Design design = Made.Design();
        DeviceSize Size(int width) => new() { Width = width * 1e-6, Length = 1e-6 };
        CellSizes sizes = new()
        {
            Dac = Size(1),
            Multiplier = Size(2),
            Summing = Size(3),
            Activation = Size(4),
            Rectifier = Size(5),
            Gradient = Size(6),
            Integrator = Size(7),
            Decay = Size(8),
            Quiescent = Size(9),
            CrossCoupling = Size(10),
            Switch = Size(11),
        };
        DesignCost cost = Linear(design with { Cells = sizes });
        Assert.Equal(Enumerable.Range(1, 11).Select(Size), cost.Cells.Select(cell => cell.Size));
        foreach (CellCost cell in cost.Cells.SkipLast(1))
            Assert.All(cell.Loops, loop => Assert.Equal(cell.Size, Kind(loop).Size(sizes)));
    }

    // With every current doubled, IG too since it goes with C, the power doubles to the bit.
    [Fact]
    public void Power_doubles_with_all_currents()
    {
        Design design = Made.Design();
        DesignCost once = Linear(design);
        DesignCost twice = Linear(
            design with
            {
                UnitCurrent = 2 * design.UnitCurrent,
                Capacitor = 2 * design.Capacitor,
            }
        );
        Assert.Equal(2 * once.Power, twice.Power);
        Assert.Equal(2 * once.IdlePower, twice.IdlePower);
    }

    // Of the currents, only IG and what comes of it depend on C: 8.128 IG in this layer, as counted above.
    [Fact]
    public void Power_grows_with_the_capacitor_by_the_gain_currents_alone()
    {
        Design design = Made.Design();
        double more = Linear(design with { Capacitor = 3e-12 }).Power - Linear(design).Power;
        double gains = 2 * (2 + 0.002 + 0.5 * 0.45) + 2 * 2 * 0.001 + 2 * (2 * 0.5 + 0.5 * 0.45);
        double expected = 1.8 * 1e-8 * gains * 2 * GainCurrent;
        // A difference of powers ten times larger.
        Assert.InRange(more / expected, 1 - 10 * Rounding, 1 + 10 * Rounding);
    }

    [Fact]
    public void Area_doubles_with_width_and_power_does_not_change()
    {
        Design narrow = Made.Design(width: 3e-6);
        Design wide = Made.Design(width: 6e-6);
        DesignCost once = Linear(narrow);
        DesignCost twice = Linear(wide);
        Assert.Equal(once.Power, twice.Power);
        Assert.Equal(once.CapacitorArea, twice.CapacitorArea);
        foreach (var (a, b) in once.Cells.Zip(twice.Cells).Where(pair => pair.First.Cell != "switch"))
            Assert.Equal(2 * a.Area, b.Area);
    }

    [Fact]
    public void Supply_scales_power_and_layout_factor_scales_devices()
    {
        AcceleratorModel model = Made.Model(LearningTask.Linear, new(1, 2));
        DesignCost once = Cost(model, Signals);
        DesignCost twice = DesignCost.Of(model, Made.Card, new() { Supply = 3.6, LayoutFactor = 6 }, Signals);
        Assert.Equal(2 * once.Power, twice.Power);
        Near(2 * (once.Area - once.CapacitorArea), twice.Area - twice.CapacitorArea);
        Assert.Equal(once.CapacitorArea, twice.CapacitorArea);
    }

    private static LoopKind Kind(LoopCost loop) => LoopKind.All.Single(kind => kind.Name == loop.Name);

    private static DesignCost Linear(Design? design = null) =>
        Cost(Made.Model(LearningTask.Linear, new(1, 2), design: design), Signals);

    private static DesignCost Cost(AcceleratorModel model, MeanSignals signals) =>
        DesignCost.Of(model, Made.Card, Assumptions, signals);

    private static void Near(double expected, double actual) =>
        Assert.InRange(actual, expected * (1 - Rounding), expected * (1 + Rounding));
}
