using System.Reflection;
using Xunit;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Circuits;

/// <summary>Which draws of a die stand in which group, and dies of which a group comes from another die.</summary>
public class DrawGroupTests
{
    private const ulong Seed = 31;
    private const long Offset = 1L << 40;
    private static readonly LayerShape Shape = new(2, 3);
    private static readonly Silicon Everything = Made.Silicon(Shape, Made.Everything, gradient: 2);
    private static readonly GlobalVariation Global = new(Made.Card);

    public static TheoryData<string> Lists => ["BySource", "ByCell", "ByStream"];

    // A new stream of the silicon must find its group: without one it would be exchanged with none.
    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_stream_of_a_die_is_in_exactly_one_group(string list)
    {
        string[] grouped = [.. Groups(list).SelectMany(group => group.Streams).Select(stream => stream.Name)];
        Assert.Equal(grouped.Length, grouped.Distinct().Count());
        string[] known =
        [
            .. DrawnErrors.Streams.Select(stream => stream.Name),
            .. DieConditions.AllAddresses.Select(address => address.Stream.Name).Distinct(),
        ];
        Assert.Equal(known.Order(), grouped.Order());
        Assert.Empty(DeclaredStreams().Where(name => name.StartsWith("silicon/")).Except(grouped));
        Assert.Equal(Groups(list).Count, Groups(list).Select(group => group.Name).Distinct().Count());
    }

    [Fact]
    public void Groups_have_the_names_of_what_a_designer_sizes()
    {
        string[] cells = [.. typeof(CellSizes).GetProperties().Select(property => Snake(property.Name))];
        string[] shared = ["process", "temperature", "temperature_gradient", "capacitor"];
        Assert.Equal(shared.Concat(cells).Order(), DrawGroup.ByCell.Select(group => group.Name).Order());
        Assert.Contains("multiplier_vt", DrawGroup.ByStream.Select(group => group.Name));
        Assert.Contains("mismatch_beta", DrawGroup.BySource.Select(group => group.Name));
    }

    // By the cell's size: a loop in the wrong group would move with the size of another cell.
    [Fact]
    public void Loops_are_in_the_group_of_the_cell_that_has_their_size()
    {
        foreach (LoopKind kind in LoopKind.All)
        {
            string cell = Snake(
                typeof(CellSizes).GetProperties().Single(property => kind.Size(Sized(property)).Width == 1).Name
            );
            DrawGroup group = DrawGroup.ByCell.Single(group => group.Name == cell);
            Assert.Contains(DrawnErrors.LoopStreams[kind].Threshold, group.Streams);
            Assert.Contains(DrawnErrors.LoopStreams[kind].Beta, group.Streams);
        }
    }

    [Fact]
    public void Dies_with_all_groups_moved_are_the_other_dies()
    {
        var draws = new DieDraws(Seed).Moved(DrawGroup.ByCell.SelectMany(group => group.Streams), Offset);
        Assert.Equal(Contents(new DieDraws(Seed), Offset), Contents(draws, 0));
    }

    // What a group moves is that group's and comes from the other die; what the groups move together is all.
    [Theory]
    [MemberData(nameof(Lists))]
    public void Each_number_of_a_die_comes_from_one_of_two_dies(string list)
    {
        double[] own = Contents(new DieDraws(Seed), 0);
        double[] other = Contents(new DieDraws(Seed), Offset);
        int[] moved = new int[own.Length];
        foreach (DrawGroup group in Groups(list))
        {
            double[] mixed = Contents(new DieDraws(Seed).Moved(group.Streams, Offset), 0);
            for (int i = 0; i < mixed.Length; i++)
                if (mixed[i] != own[i])
                {
                    Assert.Equal(other[i], mixed[i]);
                    moved[i]++;
                }
        }
        Assert.All(moved, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Dies_with_all_groups_at_their_centre_are_nominal_at_the_middle_temperature()
    {
        var draws = new DieDraws(Seed).Centred(DrawGroup.ByCell.SelectMany(group => group.Streams));
        DrawnErrors errors = new(Everything, Global, draws, Made.Eight(0));
        for (int lane = 0; lane < 8; lane++)
        {
            DieConditions conditions = errors.Conditions(lane);
            Assert.Equal((233.15 + 358.15) / 2, conditions.Temperature, 1e-10);
            Assert.Equal((0, 0), conditions.Gradient);
            Assert.All(conditions.Shifts, shift => Assert.Equal(0, shift));
        }
        foreach (LoopKind kind in LoopKind.All)
            Assert.All(Loops(errors, kind), error => Assert.Equal(0, error));
    }

    [Fact]
    public void Centre_of_every_temperature_range_is_its_median()
    {
        DieDraws draws = new DieDraws(Seed).Centred([TemperatureRange.Address.Stream]);
        Assert.Equal(300, new TemperatureRange.Fixed(300).Of(draws, 5));
        Assert.Equal(310, new TemperatureRange.Uniform(300, 320).Of(draws, 5));
        Assert.Equal(305, new TemperatureRange.Normal(305, 20).Of(draws, 5));
        Assert.Equal(320, new TemperatureRange.Listed([350, 300, 320]).Of(draws, 5));
        Assert.Equal(300, new TemperatureRange.Listed([350, 300]).Of(draws, 5));
    }

    // In turn, the other die of every die would have the same difference in turn. Of 3000 dies each of the nine pairs has
    // about 333, with a deviation of 15 where the other is drawn (of 1000 with probability 1/3); 85 is 5.7 of these.
    [Fact]
    public void Listed_temperature_of_another_die_does_not_depend_on_the_turn()
    {
        double[] list = [240, 300, 350];
        var range = new TemperatureRange.Listed(list);
        DieDraws moved = new DieDraws(Seed).Moved([TemperatureRange.Address.Stream], Offset);
        var pairs = Enumerable
            .Range(0, 3000)
            .CountBy(die => (range.Of(new DieDraws(Seed), die), range.Of(moved, die)))
            .ToDictionary();
        Assert.Equal(9, pairs.Count);
        Assert.All(pairs.Values, count => Assert.InRange(count, 333 - 85, 333 + 85));
        Assert.All(Enumerable.Range(0, 30), die => Assert.Equal(list[die % 3], range.Of(new DieDraws(Seed), die)));
    }

    [Theory]
    [InlineData(false, true, true, true, "process")]
    [InlineData(true, true, false, true, "switch")]
    [InlineData(true, true, true, false, "temperature", "temperature_gradient")]
    [InlineData(
        true,
        false,
        true,
        true,
        "dac",
        "multiplier",
        "summing",
        "activation",
        "rectifier",
        "gradient",
        "integrator",
        "decay",
        "quiescent",
        "cross_coupling",
        "capacitor",
        "switch"
    )]
    public void Source_that_is_off_leaves_its_groups_still(
        bool process,
        bool mismatch,
        bool leakage,
        bool temperature,
        params string[] still
    ) =>
        Assert.Equal(
            still,
            Still(DrawGroup.ByCell, Everything with { Variation = new(process, mismatch, leakage, temperature) })
        );

    [Fact]
    public void What_has_no_spread_is_still()
    {
        Assert.Empty(Still(DrawGroup.ByCell, Everything));
        Assert.Equal(["activation_beta"], Still(DrawGroup.ByStream, Everything));
        Assert.Equal(["temperature_gradient"], Still(DrawGroup.ByCell, Everything with { Gradient = 0 }));
        Assert.Equal(
            ["temperature"],
            Still(DrawGroup.ByCell, Everything with { Temperature = new TemperatureRange.Listed([300, 300]) })
        );
        MismatchParameters betaAlone = Made.Card.Mismatch with { Threshold = 0, Capacitance = 0 };
        Assert.Equal(
            ["mismatch_vt", "capacitor", "switch"],
            Still(DrawGroup.BySource, Everything with { Card = Made.Card with { Mismatch = betaAlone } })
        );
    }

    private static string[] Still(IReadOnlyList<DrawGroup> groups, Silicon silicon) =>
        [.. groups.Where(group => !group.Varies(silicon, new(silicon.Card))).Select(group => group.Name)];

    private static IReadOnlyList<DrawGroup> Groups(string list) =>
        (IReadOnlyList<DrawGroup>)typeof(DrawGroup).GetProperty(list)!.GetValue(null)!;

    private static IEnumerable<string> DeclaredStreams() =>
        typeof(DrawnErrors)
            .Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(field => field.GetValue(null))
            .SelectMany(value =>
                value switch
                {
                    RandomStream stream => [stream],
                    IEnumerable<RandomStream> streams => streams,
                    _ => Array.Empty<RandomStream>(),
                }
            )
            .Select(stream => stream.Name);

    private static CellSizes Sized(PropertyInfo cell)
    {
        CellSizes sizes = Made.Design(2, 2).Cells with { };
        cell.SetValue(sizes, new DeviceSize { Width = 1, Length = 1 });
        return sizes;
    }

    private static string Snake(string name) =>
        string.Concat(
            name.Select(
                (c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"
            )
        );

    // All numbers of eight dies that depend on one draw alone: shifts are correlated, and what they and the temperature move
    // is asked at a point where the cells do not.
    private static double[] Contents(DieDraws draws, long first)
    {
        Silicon still = Everything with { Gradient = 0 };
        DrawnErrors errors = new(still, Global, draws, Made.Eight(first));
        DrawnErrors cool = new(
            still with
            {
                Variation = new(false, true, true, false),
            },
            Global,
            draws,
            Made.Eight(first)
        );
        DrawnErrors sloped = new(
            Everything with
            {
                Temperature = new TemperatureRange.Fixed(300),
            },
            Global,
            draws,
            Made.Eight(first)
        );
        return
        [
            .. Enumerable.Range(0, 8).Select(lane => errors.Temperature(lane)),
            .. Enumerable.Range(0, 8).SelectMany(lane => errors.Conditions(lane).Shifts),
            .. Enumerable.Range(0, 8).Select(lane => sloped.Conditions(lane).Gradient.Inputs),
            .. Enumerable.Range(0, 8).Select(lane => sloped.Conditions(lane).Gradient.Outputs),
            .. LoopKind.All.SelectMany(kind => Loops(errors, kind)),
            .. Rows(rows => cool.Capacitances(WeightHalf.P, rows)),
            .. Rows(rows => cool.Capacitances(WeightHalf.N, rows)),
            .. Rows(rows => cool.Leakages(WeightHalf.P, rows)),
            .. Rows(rows => cool.Leakages(WeightHalf.N, rows)),
        ];
    }

    // Thresholds, then current factors.
    private static double[] Loops(DrawnErrors errors, LoopKind kind)
    {
        double[] threshold = new double[Shape.CellsAt(kind.Site) * 8];
        double[] beta = new double[threshold.Length];
        errors.Loops(kind, threshold, beta);
        return [.. threshold, .. beta];
    }

    private static double[] Rows(Action<double[]> fill)
    {
        double[] rows = new double[Shape.Weights * 8];
        fill(rows);
        return rows;
    }
}
