using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Random;

namespace YieldLab.Circuits.Cells;

/// <summary>Draws of a die that belong together, such as those of a kind of cell.</summary>
/// <param name="Name">Lower-case, words joined by underscores.</param>
/// <param name="Streams">Streams of the draws. Those of two groups of a list are independent.</param>
public sealed record DrawGroup(string Name, IReadOnlyList<RandomStream> Streams)
{
    private const string Threshold = "vt";
    private const string Beta = "beta";

    // What all cells of a die share. The shifts are correlated, so they are one group.
    private static readonly DrawGroup[] Shared =
    [
        new("process", [.. GlobalVariation.AllAddresses.Select(address => address.Stream).Distinct()]),
        new("temperature", [TemperatureRange.Address.Stream]),
        new("temperature_gradient", [DieConditions.GradientStream]),
    ];

    private static readonly DrawGroup[] Memory =
    [
        new("capacitor", DrawnErrors.CapacitorStreams),
        new("switch", DrawnErrors.SwitchStreams),
    ];

    /// <summary>Every stream of a die in one group, by what varies: the shared shifts, temperature, its gradient, mismatch of
    /// thresholds and of current factors in the loops of all cells, of capacitors, and of the switches that leak.</summary>
    public static IReadOnlyList<DrawGroup> BySource { get; } =
    [.. Shared, Loops("mismatch", LoopKind.All, Threshold), Loops("mismatch", LoopKind.All, Beta), .. Memory];

    /// <summary>Every stream of a die in one group, by what is shared and by the kind of cell.</summary>
    public static IReadOnlyList<DrawGroup> ByCell { get; } =
    [
        .. Shared,
        .. LoopKind.ByCell.Select(cell => new DrawGroup(
            cell.Cell,
            [.. Loops(cell.Cell, cell.Kinds, Threshold).Streams, .. Loops(cell.Cell, cell.Kinds, Beta).Streams]
        )),
        .. Memory,
    ];

    /// <summary>Every stream of a die in one group; thresholds and current factors of each kind of cell apart.</summary>
    public static IReadOnlyList<DrawGroup> ByStream { get; } =
    [
        .. Shared,
        .. LoopKind.ByCell.SelectMany(cell =>
            new[] { Loops(cell.Cell, cell.Kinds, Threshold), Loops(cell.Cell, cell.Kinds, Beta) }
        ),
        .. Memory,
    ];

    /// <summary>Whether the dies of a silicon depend on the group. Also true for a cell that varies without any effect,
    /// such as the cross-coupling of a design that has none.</summary>
    public bool Varies(Silicon silicon, GlobalVariation global)
    {
        HashSet<RandomStream> varying = [.. VaryingStreams(silicon, global)];
        return Streams.Any(varying.Contains);
    }

    private static IEnumerable<RandomStream> VaryingStreams(Silicon silicon, GlobalVariation global)
    {
        MismatchParameters mismatch = silicon.Card.Mismatch;
        bool threshold = silicon.Variation.Mismatch && mismatch.Threshold != 0;
        bool beta = silicon.Variation.Mismatch && mismatch.Beta != 0;
        return
        [
            .. DieConditions.Addresses(silicon, global).Select(address => address.Stream),
            .. LoopKind.All.Where(_ => threshold).Select(kind => DrawnErrors.LoopStreams[kind].Threshold),
            // The activation's gain is set by its bias alone.
            .. LoopKind
                .All.Where(kind => beta && kind != LoopKind.Act)
                .Select(kind => DrawnErrors.LoopStreams[kind].Beta),
            .. silicon.Variation.Mismatch && mismatch.Capacitance != 0 ? DrawnErrors.CapacitorStreams : [],
            .. silicon.Variation.Leakage && threshold ? DrawnErrors.SwitchStreams : [],
        ];
    }

    private static DrawGroup Loops(string name, IEnumerable<LoopKind> kinds, string parameter) =>
        new(
            $"{name}_{parameter}",
            [
                .. kinds
                    .Select(kind => DrawnErrors.LoopStreams[kind])
                    .Select(streams => parameter == Threshold ? streams.Threshold : streams.Beta),
            ]
        );
}
