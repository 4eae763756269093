using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;

namespace YieldLab.Circuits.Costs;

/// <summary>All loops of a kind.</summary>
/// <param name="Name">As in case files.</param>
/// <param name="Count">How many there are in the layer.</param>
/// <param name="Devices">Devices of each.</param>
/// <param name="Branches">Branches of each.</param>
public sealed record LoopCost(string Name, int Count, int Devices, IReadOnlyList<Branch> Branches)
{
    /// <summary>Mean current of all these loops over the training, ampere.</summary>
    public double Current => Count * Branches.Sum(branch => branch.Mean);

    /// <summary>Current of all these loops without a signal, ampere.</summary>
    public double IdleCurrent => Count * Branches.Sum(branch => branch.Idle);
}

/// <summary>All cells whose devices have one of the design's sizes.</summary>
/// <param name="Cell">The key of the size in a study.</param>
/// <param name="Size">W and L of each device.</param>
/// <param name="Loops">Its kinds of loops.</param>
/// <param name="Power">Mean power over the training, watt.</param>
/// <param name="IdlePower">Power without a signal, watt.</param>
/// <param name="Area">Area, square metres.</param>
public sealed record CellCost(
    string Cell,
    DeviceSize Size,
    IReadOnlyList<LoopCost> Loops,
    double Power,
    double IdlePower,
    double Area
)
{
    /// <summary>How many loops of all its kinds.</summary>
    public int Count => Loops.Sum(loop => loop.Count);

    /// <summary>How many devices they have together.</summary>
    public int Devices => Loops.Sum(loop => loop.Count * loop.Devices);
}

/// <summary>
/// Power and area of the nominal circuit at Tref: VDD times the current of every branch, W L of every device times the
/// layout factor, and the capacitors' area. Products are those of weak inversion.
/// </summary>
/// <remarks>Left out: the buffers that carry voltages between cells, bias generators, converters, switch drivers,
/// everything outside the layer, leakage, and the energy that charges wires.</remarks>
public sealed record DesignCost
{
    private DesignCost(LayerShape shape, double presentationTime, IReadOnlyList<CellCost> cells, double capacitor)
    {
        Shape = shape;
        PresentationTime = presentationTime;
        Cells = cells;
        Capacitors = 2 * shape.Weights;
        CapacitorArea = Capacitors * capacitor;
    }

    /// <summary>Size of the layer.</summary>
    public LayerShape Shape { get; }

    /// <summary>Ts in seconds.</summary>
    public double PresentationTime { get; }

    /// <summary>Every kind of cell, the switches of the capacitors last.</summary>
    public IReadOnlyList<CellCost> Cells { get; }

    /// <summary>How many memory capacitors: two a weight.</summary>
    public int Capacitors { get; }

    /// <summary>Area of all memory capacitors, square metres: C over the process's density, no layout factor.</summary>
    public double CapacitorArea { get; }

    /// <summary>Mean power over the training, watt.</summary>
    public double Power => Cells.Sum(cell => cell.Power);

    /// <summary>Power without a signal, watt.</summary>
    public double IdlePower => Cells.Sum(cell => cell.IdlePower);

    /// <summary>Area of all cells and capacitors, square metres.</summary>
    public double Area => Cells.Sum(cell => cell.Area) + CapacitorArea;

    /// <summary>Energy of one presentation, which reads and updates every weight once, joule.</summary>
    public double EnergyPerPresentation => Power * PresentationTime;

    /// <summary>Its share of one weight, joule.</summary>
    public double EnergyPerUpdate => EnergyPerPresentation / Shape.Weights;

    /// <summary>Power and area of a layer.</summary>
    /// <param name="model">The layer.</param>
    /// <param name="card">Its process.</param>
    /// <param name="assumptions">Supply and layout.</param>
    /// <param name="mean">What its branches carry.</param>
    public static DesignCost Of(AcceleratorModel model, ProcessCard card, CostAssumptions assumptions, MeanSignals mean)
    {
        var branches = new BranchTable(model, mean);
        CellCost[] cells =
        [
            .. LoopKind.ByCell.Select(cell =>
                Cell(
                    cell.Cell,
                    cell.Kinds[0].Size(model.Design.Cells),
                    [.. cell.Kinds.Select(kind => Loops(model, kind, branches))],
                    assumptions
                )
            ),
            Cell("switch", model.Design.Cells.Switch, Switches(model.Shape), assumptions),
        ];
        return new(model.Shape, model.Rule.PresentationTime, cells, model.Design.Capacitor / card.Capacitor.Density);
    }

    private static LoopCost Loops(AcceleratorModel model, LoopKind kind, BranchTable branches)
    {
        // A linear layer has no softmax.
        bool absent = kind == LoopKind.Act && model.Task == LearningTask.Linear;
        return new(kind.Name, absent ? 0 : model.Shape.CellsAt(kind.Site), kind.Devices, branches.Of(kind));
    }

    private static LoopCost[] Switches(LayerShape shape) =>
        [new("switch_p", shape.Weights, 1, []), new("switch_n", shape.Weights, 1, [])];

    private static CellCost Cell(string name, DeviceSize size, LoopCost[] loops, CostAssumptions assumptions) =>
        new(
            name,
            size,
            loops,
            assumptions.Supply * loops.Sum(loop => loop.Current),
            assumptions.Supply * loops.Sum(loop => loop.IdleCurrent),
            assumptions.LayoutFactor * size.Area * loops.Sum(loop => loop.Count * loop.Devices)
        );
}
