using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using YieldLab.Circuits.Technology;
using YieldLab.Studies.Dies;

namespace YieldLab.Cli.Output;

/// <summary>What a comparison with ngspice found.</summary>
/// <param name="dies">One entry a die.</param>
/// <param name="tolerance">Largest allowed difference of a weight, in percent of full scale.</param>
internal sealed class VerificationReport(IReadOnlyList<DieAgreement> dies, double tolerance)
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    private readonly WeightDifference[] _differences =
    [
        .. dies.Select(die => die.Difference).OfType<WeightDifference>(),
    ];

    /// <summary>Whether every die ran and none is off by more than the tolerance.</summary>
    public bool Agrees => dies.All(die => die.Difference?.Worst <= tolerance);

    public void Print()
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("die");
        foreach (string header in new[] { "temperature", "rms", "worst weight", "ngspice" })
            table.AddColumn(new TableColumn(header).RightAligned());
        foreach (DieAgreement die in dies)
            table.AddRow(
                $"{die.Die}",
                $"{Celsius(die):0.0} C",
                die.Difference is { } rms ? $"{rms.Rms:0.0000} %" : "-",
                die.Difference is { } worst ? $"{worst.Worst:0.0000} %" : "-",
                die.Difference is null ? "-" : $"{die.Seconds:0.0} s"
            );
        Terminal.Write(table);
        foreach (DieAgreement die in dies.Where(die => die.Failure is not null))
            Console.WriteLine($"die {die.Die}: {die.Failure}");
        Console.WriteLine(Summary());
    }

    public string Json(string study) =>
        new JsonObject
        {
            ["study"] = study,
            ["tolerance_percent"] = tolerance,
            ["agrees"] = Agrees,
            ["rms_percent"] = Rms,
            ["worst_percent"] = Worst,
            ["dies"] = new JsonArray([
                .. dies.Select(die =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["die"] = die.Die,
                            ["temperature_c"] = Celsius(die),
                            ["rms_percent"] = die.Difference?.Rms,
                            ["worst_percent"] = die.Difference?.Worst,
                            ["ngspice_seconds"] = die.Seconds,
                            ["failure"] = die.Failure,
                        }
                ),
            ]),
        }.ToJsonString(Options);

    private double? Rms =>
        _differences.Length == 0
            ? null
            : Math.Sqrt(_differences.Average(difference => difference.Rms * difference.Rms));

    private double? Worst => _differences.Length == 0 ? null : _differences.Max(difference => difference.Worst);

    private string Summary()
    {
        int agreeing = _differences.Count(difference => difference.Worst <= tolerance);
        string found = Rms is null ? "" : $"; all: rms {Rms:0.0000} %, worst weight {Worst:0.0000} % of full scale";
        return $"{agreeing} of {dies.Count} dies within {tolerance:g4} %{found}";
    }

    private static double Celsius(DieAgreement die) => die.Kelvin - PhysicalConstants.ZeroCelsius;
}
