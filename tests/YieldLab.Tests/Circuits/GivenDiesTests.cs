using Xunit;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;

namespace YieldLab.Tests.Circuits;

/// <summary>Corners and given dies take the place of draws, and leave every other draw as it is.</summary>
public class GivenDiesTests
{
    private static readonly LayerShape Shape = new(2, 3);

    private static readonly ProcessCorner Slow = new()
    {
        Name = "ss",
        Threshold = 0.02,
        Beta = -0.06,
        Capacitance = 0.1,
        Bias = 0.01,
        Leakage = -0.5,
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_dies_of_a_corner_have_its_shifts_whether_or_not_shifts_are_drawn(bool process)
    {
        Silicon silicon = Made.Silicon(Shape, Made.Everything with { Process = process });
        DrawnErrors errors = Made.Errors(silicon with { Corner = Slow }, 1, Made.Eight(0));
        for (int lane = 0; lane < 8; lane++)
            Assert.Equal([0.02, -0.06, 0.1, 0.01, -0.5], errors.Conditions(lane).Shifts);
        Assert.Equal(1.01, errors.BiasGain(3));
        Assert.Equal(1 - 0.06, errors.CurrentFactor(3));
    }

    [Fact]
    public void A_corner_changes_no_draw_of_temperature_gradient_and_mismatch()
    {
        Silicon silicon = Made.Silicon(Shape, Made.Everything, gradient: 3);
        DrawnErrors drawn = Made.Errors(silicon, 1, Made.Eight(0));
        DrawnErrors corner = Made.Errors(silicon with { Corner = Slow }, 1, Made.Eight(0));
        Assert.Equal(
            Rows(rows => drawn.Temperatures(Site.Weight, rows)),
            Rows(rows => corner.Temperatures(Site.Weight, rows))
        );
        double[] spare = new double[8 * Shape.Weights];
        foreach (LoopKind kind in LoopKind.All.Where(kind => kind.Site == Site.Weight))
        {
            Assert.Equal(Rows(rows => drawn.Loops(kind, rows, spare)), Rows(rows => corner.Loops(kind, rows, spare)));
            Assert.Equal(Rows(rows => drawn.Loops(kind, spare, rows)), Rows(rows => corner.Loops(kind, spare, rows)));
        }
    }

    [Fact]
    public void The_typical_corner_is_variation_without_process()
    {
        Silicon typical = Made.Silicon(Shape, Made.Everything) with { Corner = Made.Card.Corner("tt") };
        DrawnErrors corner = Made.Errors(typical, 1, Made.Eight(0));
        DrawnErrors off = Made.Errors(Made.Silicon(Shape, Made.Everything with { Process = false }), 1, Made.Eight(0));
        Assert.Equal(off.Conditions(2).Shifts, corner.Conditions(2).Shifts);
        Assert.Equal(Rows(rows => off.Leakages(WeightHalf.N, rows)), Rows(rows => corner.Leakages(WeightHalf.N, rows)));
        Assert.Equal(
            Rows(rows => off.Capacitances(WeightHalf.P, rows)),
            Rows(rows => corner.Capacitances(WeightHalf.P, rows))
        );
    }

    // Five dies are known in part; the others and the rest are drawn.
    [Fact]
    public void What_is_given_replaces_draws_and_nothing_else()
    {
        Silicon silicon = Made.Silicon(Shape, Made.Everything);
        var given = new GivenDies
        {
            Temperatures = [300, 301, 302, 303, 304],
            Shifts = new Dictionary<GlobalShift, IReadOnlyList<double>> { [GlobalShift.Beta] = [1, 2, 3, 4, 5] },
        };
        DrawnErrors drawn = Made.Errors(silicon, 1, Made.Eight(0));
        DrawnErrors known = Made.Errors(silicon with { Given = given }, 1, Made.Eight(0));
        for (int lane = 0; lane < 8; lane++)
        {
            DieConditions expected = drawn.Conditions(lane);
            double[] shifts = [.. expected.Shifts];
            if (lane < 5)
                shifts[(int)GlobalShift.Beta] = lane + 1;
            Assert.Equal(shifts, known.Conditions(lane).Shifts);
            Assert.Equal(lane < 5 ? 300 + lane : expected.Temperature, known.Temperature(lane));
        }
        Assert.Equal((300, 304), given.TemperatureExtent);
        Assert.Null(GivenDies.None.TemperatureExtent);
    }

    [Fact]
    public void A_given_temperature_counts_where_temperature_is_not_drawn()
    {
        Silicon silicon = Made.Silicon(Shape, Made.Nothing) with { Given = new() { Temperatures = [250, 260] } };
        DrawnErrors errors = Made.Errors(silicon, 1, Made.Eight(0));
        Assert.Equal(
            [250, 260, Made.Card.Device.ReferenceTemperature],
            new[] { 0, 1, 2 }.Select(lane => errors.Temperature(lane))
        );
    }

    private static double[] Rows(Action<double[]> fill)
    {
        double[] rows = new double[8 * Shape.Weights];
        fill(rows);
        return rows;
    }
}
