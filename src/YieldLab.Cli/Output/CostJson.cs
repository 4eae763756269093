using System.Text.Json.Nodes;
using YieldLab.Circuits.Costs;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Output;

/// <summary>What a design costs, for programs: SI units (W, J, m^2, A, s) throughout.</summary>
internal static class CostJson
{
    public static string Of(StudyCost cost) =>
        JsonText.Of(
            new JsonObject
            {
                ["study"] = cost.Study.File.Study.Name,
                ["process"] = cost.Study.File.Study.Process.Card,
                ["temperature"] = cost.Study.Model.Device.ReferenceTemperature,
                ["supply"] = cost.Study.File.Study.Cost!.Supply,
                ["layout_factor"] = cost.Study.File.Study.Cost.LayoutFactor,
                ["weights"] = cost.Analog.Shape.Weights,
                ["presentation_time"] = cost.Analog.PresentationTime,
                ["analog"] = Analog(cost.Analog),
                ["digital"] = new JsonArray([.. cost.Digital.Select(digital => Digital(digital, cost.Analog))]),
            }
        );

    private static JsonObject Analog(DesignCost cost) =>
        new()
        {
            ["power"] = cost.Power,
            ["idle_power"] = cost.IdlePower,
            ["energy_per_presentation"] = cost.EnergyPerPresentation,
            ["energy_per_update"] = cost.EnergyPerUpdate,
            ["area"] = cost.Area,
            ["capacitors"] = cost.Capacitors,
            ["capacitor_area"] = cost.CapacitorArea,
            ["cells"] = new JsonObject(
                cost.Cells.Select(cell => KeyValuePair.Create(cell.Cell, (JsonNode?)Cell(cell)))
            ),
        };

    private static JsonObject Cell(CellCost cell) =>
        new()
        {
            ["width"] = cell.Size.Width,
            ["length"] = cell.Size.Length,
            ["devices"] = cell.Devices,
            ["power"] = cell.Power,
            ["idle_power"] = cell.IdlePower,
            ["area"] = cell.Area,
            ["loops"] = new JsonObject(
                cell.Loops.Select(loop => KeyValuePair.Create(loop.Name, (JsonNode?)Loop(loop)))
            ),
        };

    private static JsonObject Loop(LoopCost loop) =>
        new()
        {
            ["count"] = loop.Count,
            ["devices"] = loop.Devices,
            ["branches"] = new JsonArray([
                .. loop.Branches.Select(branch => new JsonObject
                {
                    ["carries"] = branch.Carries,
                    ["mean"] = branch.Mean,
                    ["idle"] = branch.Idle,
                }),
            ]),
        };

    private static JsonNode Digital(DigitalCost digital, DesignCost analog) =>
        new JsonObject
        {
            ["bits"] = digital.Arithmetic.Bits,
            ["feature_size"] = digital.Node.FeatureSize,
            ["supply"] = digital.Node.Supply,
            ["energy_per_presentation"] = digital.EnergyPerPresentation,
            ["arithmetic_energy"] = digital.ArithmeticEnergy,
            ["energy_to_analog"] = digital.EnergyPerPresentation / analog.EnergyPerPresentation,
            ["power"] = digital.Power,
            ["unit_area"] = digital.UnitArea,
            ["storage_area"] = digital.StorageArea,
            ["area"] = digital.Area,
            ["area_to_analog"] = digital.Area / analog.Area,
            ["multiplications_per_second"] = digital.MultiplicationsPerSecond,
        };
}
