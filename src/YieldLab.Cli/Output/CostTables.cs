using Spectre.Console;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Costs;
using YieldLab.Circuits.Technology;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Output;

/// <summary>Prints what a design costs, in tables that fit 80 columns.</summary>
internal static class CostTables
{
    private static readonly string[] Prefixes = ["a", "f", "p", "n", "u", "m", "", "k", "M", "G", "T"];

    public static void Print(StudyCost cost)
    {
        Console.WriteLine(Heading(cost));
        Terminal.Write(Cells(cost.Analog));
        Terminal.Write(Totals(cost.Analog));
        Terminal.Write(Comparison(cost));
        Console.WriteLine(
            $"""
            Energy of one presentation, every {Quantity(
                cost.Analog.PresentationTime,
                "s"
            )}; ratios to the analog circuit. Digital:
            45 nm as published, 130 and 180 nm scaled from it; none is the analog process.
            Weights in an 8 KB SRAM (no memory: the arithmetic alone). Area of a multiplier,
            an adder and the weights' SRAM cells: one such unit would have to do
            {Quantity(cost.Digital[0].MultiplicationsPerSecond, "")} multiplications/s.
            Left out, analog: buffers, bias generators, converters, wires, leakage. Digital:
            softmax, control, clock, registers, wires, static power, memory periphery.
            Formulas and sources: docs/cost.md
            """
        );
    }

    /// <summary>A value with an SI prefix, three digits or more.</summary>
    internal static string Quantity(double value, string unit)
    {
        int exponent = value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value) * (1 + 5e-4)) / 3);
        exponent = Math.Clamp(exponent, -6, 4);
        return $"{value / Math.Pow(10, 3 * exponent):g3} {Prefixes[exponent + 6]}{unit}".TrimEnd();
    }

    private static string Heading(StudyCost cost)
    {
        var (study, model) = (cost.Study.File.Study, cost.Study.Model);
        double celsius = model.Device.ReferenceTemperature - PhysicalConstants.ZeroCelsius;
        return $"""
            {study.Name}: {model.Shape.Outputs} x {model.Shape.Inputs} weights, {study.Process.Card}
            nominal die at {celsius:0.##} C (Tref), supply {study.Cost!.Supply:g3} V, layout factor {study.Cost.LayoutFactor:g3}
            """;
    }

    private static Table Cells(DesignCost cost)
    {
        Table table = SummaryTables.NewTable("cell", "loops", "devices", "W x L um", "power", "idle", "area um^2");
        foreach (CellCost cell in cost.Cells)
            table.AddRow(
                cell.Cell,
                $"{cell.Count}",
                $"{cell.Devices}",
                Size(cell.Size),
                Quantity(cell.Power, "W"),
                Quantity(cell.IdlePower, "W"),
                Area(cell.Area)
            );
        table.AddRow("capacitor", $"{cost.Capacitors}", "-", "-", "-", "-", Area(cost.CapacitorArea));
        table.AddRow(
            "total",
            "",
            $"{cost.Cells.Sum(cell => cell.Devices)}",
            "",
            Quantity(cost.Power, "W"),
            Quantity(cost.IdlePower, "W"),
            Area(cost.Area)
        );
        return table;
    }

    private static Table Totals(DesignCost cost)
    {
        int weights = cost.Shape.Weights;
        Table table = SummaryTables.NewTable("of a weight, its share of the layer's", "");
        table.AddRow("power", Quantity(cost.Power / weights, "W"));
        table.AddRow("energy per update", Quantity(cost.EnergyPerUpdate, "J"));
        table.AddRow("area", $"{Area(cost.Area / weights)} um^2");
        return table;
    }

    private static Table Comparison(StudyCost cost)
    {
        DesignCost analog = cost.Analog;
        Table table = SummaryTables.NewTable("design", "energy", "no memory", "ratio", "power", "area um^2", "ratio");
        table.AddRow(
            "analog",
            Quantity(analog.EnergyPerPresentation, "J"),
            "-",
            "1",
            Quantity(analog.Power, "W"),
            Area(analog.Area),
            "1"
        );
        foreach (DigitalCost digital in cost.Digital)
            table.AddRow(
                $"{digital.Arithmetic.Bits} bit, {digital.Node.FeatureSize * 1e9:0} nm {digital.Node.Supply:g2} V",
                Quantity(digital.EnergyPerPresentation, "J"),
                Quantity(digital.ArithmeticEnergy, "J"),
                Ratio(digital.EnergyPerPresentation / analog.EnergyPerPresentation),
                Quantity(digital.Power, "W"),
                Area(digital.Area),
                Ratio(digital.Area / analog.Area)
            );
        return table;
    }

    private static string Ratio(double value) => value < 1000 ? $"{value:g3}" : $"{value:0}";

    private static string Size(DeviceSize size) => $"{size.Width * 1e6:g3} x {size.Length * 1e6:g3}";

    private static string Area(double squareMetres) =>
        squareMetres is < 1e-9 or >= 1e-5 ? $"{squareMetres * 1e12:g3}" : $"{squareMetres * 1e12:0}";
}
