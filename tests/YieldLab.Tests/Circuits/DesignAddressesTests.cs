using Xunit;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Circuits;

/// <summary>Which draws of a die a point set stands in for, and that the dies follow it.</summary>
public class DesignAddressesTests
{
    private const ulong Seed = 31;
    private static readonly LayerShape Shape = new(2, 3);
    private static readonly Silicon Everything = Made.Silicon(Shape, Made.Everything, gradient: 2);

    [Fact]
    public void Addresses_stand_in_the_order_of_importance() =>
        Assert.Equal(
            [
                "silicon/temperature 0",
                "silicon/temperature_gradient 0",
                "silicon/temperature_gradient 1",
                .. Numbered("silicon/process/die", 5),
                .. Numbered("silicon/sum_p/vt", 2),
                .. Numbered("silicon/sum_n/vt", 2),
                .. Numbered("silicon/act/vt", 2),
                .. Numbered("silicon/err_p/vt", 2),
                .. Numbered("silicon/err_n/vt", 2),
                .. Numbered("silicon/sum_p/beta", 2),
                .. Numbered("silicon/sum_n/beta", 2),
                .. Numbered("silicon/err_p/beta", 2),
                .. Numbered("silicon/err_n/beta", 2),
                .. Numbered("silicon/dac_p/vt", 3),
                .. Numbered("silicon/dac_n/vt", 3),
                .. Numbered("silicon/dac_p/beta", 3),
                .. Numbered("silicon/dac_n/beta", 3),
            ],
            Names(Everything)
        );

    // Wafers and lots have their places in a card without them too: a point set gives each address the same numbers whatever
    // varies.
    [Fact]
    public void All_addresses_are_the_active_ones_of_a_layer_in_which_all_varies()
    {
        DrawAddress[] all = [.. DesignAddresses.All(Shape)];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(
            Names(Everything),
            all.Select(address => $"{address.Stream.Name} {address.Index}")
                .Where(name => !name.Contains("wafer") && !name.Contains("lot"))
        );
        Assert.Equal(10, all.Length - Names(Everything).Count());
    }

    // An address that the dies did not draw from would change nothing.
    [Fact]
    public void Dies_depend_on_the_draw_at_every_address()
    {
        double[] plain = Contents(Everything, new(Seed));
        foreach (DrawAddress address in Addresses(Everything))
            Assert.NotEqual(plain, Contents(Everything, new(Seed, new SobolPoints(Seed, 1, 2), [address])));
    }

    [Fact]
    public void Loops_of_weights_capacitors_and_switches_keep_their_plain_draws()
    {
        DrawAddress[] addresses = [.. Addresses(Everything)];
        Silicon still = Everything with { Gradient = 0, Variation = Made.Everything with { Process = false } };
        var designed = new DieDraws(Seed, new SobolPoints(Seed, addresses.Length, 2), addresses);
        DrawnErrors with = new(still, new(Made.Card), designed, Made.Eight(0));
        DrawnErrors without = new(still, new(Made.Card), new(Seed), Made.Eight(0));
        foreach (LoopKind kind in LoopKind.All.Where(kind => kind.Site == Site.Weight))
            Assert.Equal(Loops(without, kind), Loops(with, kind));
        foreach (var half in Enum.GetValues<WeightHalf>())
            Assert.Equal(
                Rows(Shape.Weights, rows => without.Capacitances(half, rows)),
                Rows(Shape.Weights, rows => with.Capacitances(half, rows))
            );
    }

    [Theory]
    [InlineData(false, true, true, "silicon/process")]
    [InlineData(true, false, true, "/vt", "/beta")]
    [InlineData(true, true, false, "silicon/temperature")]
    public void Source_that_is_off_is_drawn_nowhere(bool process, bool mismatch, bool temperature, params string[] gone)
    {
        Silicon silicon = Everything with { Variation = new(process, mismatch, true, temperature) };
        Assert.Equal(Names(Everything).Where(name => !gone.Any(name.Contains)), Names(silicon));
    }

    [Fact]
    public void What_does_not_vary_is_drawn_nowhere()
    {
        Assert.Equal(Names(Everything)[1..], Names(Everything with { Temperature = new TemperatureRange.Fixed(300) }));
        foreach (
            TemperatureRange range in new TemperatureRange[]
            {
                new TemperatureRange.Uniform(300, 300),
                new TemperatureRange.Normal(300, 0),
                new TemperatureRange.Listed([300, 300]),
            }
        )
            Assert.Empty(range.Addresses);
        Assert.DoesNotContain("silicon/temperature_gradient 0", Names(Everything with { Gradient = 0 }));
        MismatchParameters noBeta = Made.Card.Mismatch with { Beta = 0 };
        Assert.DoesNotContain(
            Names(Everything with { Card = Made.Card with { Mismatch = noBeta } }),
            name => name.Contains("beta")
        );
        Assert.Empty(Names(Everything with { Variation = Made.Nothing }));
    }

    // Wafers differ in the current factor alone, which the threshold's draw moves too: the two are correlated.
    [Fact]
    public void Draws_of_shifts_count_where_they_move_a_shift_at_each_level()
    {
        ProcessCard card = Made.Card with
        {
            WaferToWafer = new()
            {
                Threshold = 0,
                Beta = 0.01,
                Capacitance = 0,
                Bias = 0,
                Leakage = 0,
            },
        };
        Assert.Equal(
            [.. Numbered("silicon/process/die", 5), .. Numbered("silicon/process/wafer", 2)],
            Names(Everything with { Card = card }).Where(name => name.Contains("process"))
        );
    }

    [Fact]
    public void Temperatures_of_a_Latin_hypercube_have_one_die_in_each_part_of_the_range()
    {
        const int Dies = 40;
        DieDraws draws = Latin(Everything, Dies);
        var parts = Enumerable
            .Range(0, Dies / 2)
            .Select(point => DieConditions.Draw(Everything, new(Made.Card), draws, 2 * point).Temperature)
            .Select(kelvin => (int)((kelvin - 233.15) / 125 * (Dies / 2)));
        Assert.Equal(Enumerable.Range(0, Dies / 2), parts.Order());
    }

    [Fact]
    public void Listed_temperatures_have_equal_parts_of_each_randomisation_and_not_their_turn()
    {
        double[] list = [240, 300, 350];
        Silicon silicon = Everything with { Temperature = new TemperatureRange.Listed(list) };
        DieDraws draws = Latin(silicon, 60);
        double[] kelvin = [.. Enumerable.Range(0, 60).Select(die => silicon.Temperature.Of(draws, die))];
        foreach (int randomisation in new[] { 0, 1 })
            Assert.All(
                list,
                t => Assert.Equal(10, kelvin.Where((k, die) => die % 2 == randomisation && k == t).Count())
            );
        // All in turn by chance: a probability below 3^-50.
        Assert.NotEqual(Enumerable.Range(0, 60).Select(die => list[die % 3]), kelvin);
    }

    private static DieDraws Latin(Silicon silicon, int dies)
    {
        DrawAddress[] addresses = [.. Addresses(silicon)];
        return new(Seed, new LatinHypercube(Seed, addresses.Length, 2, dies), addresses);
    }

    private static IReadOnlyList<DrawAddress> Addresses(Silicon silicon) =>
        DesignAddresses.Active(silicon, new(silicon.Card));

    private static string[] Names(Silicon silicon) =>
        [.. Addresses(silicon).Select(address => $"{address.Stream.Name} {address.Index}")];

    private static IEnumerable<string> Numbered(string stream, int count) =>
        Enumerable.Range(0, count).Select(i => $"{stream} {i}");

    // What eight dies share and all their loops.
    private static double[] Contents(Silicon silicon, DieDraws draws)
    {
        DrawnErrors errors = new(silicon, new(silicon.Card), draws, Made.Eight(0));
        return
        [
            .. Enumerable.Range(0, 8).Select(lane => errors.Temperature(lane)),
            .. Enumerable.Range(0, 8).SelectMany(lane => errors.Conditions(lane).Shifts),
            .. Rows(Shape.Weights, rows => errors.Temperatures(Site.Weight, rows)),
            .. LoopKind.All.SelectMany(kind => Loops(errors, kind)),
        ];
    }

    // Thresholds, then current factors.
    private static double[] Loops(DrawnErrors errors, LoopKind kind)
    {
        int cells = Shape.CellsAt(kind.Site);
        double[] beta = new double[cells * 8];
        return [.. Rows(cells, rows => errors.Loops(kind, rows, beta)), .. beta];
    }

    private static double[] Rows(int cells, Action<double[]> fill)
    {
        double[] rows = new double[cells * 8];
        fill(rows);
        return rows;
    }
}
