using System.CommandLine;
using YieldLab.Cli.Output;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab cost</c>: power and area of a design, beside the same rule in digital arithmetic.</summary>
internal static class CostCommand
{
    public static Command Create()
    {
        var study = Shared.Study();
        var set = Shared.Set();
        var json = new Option<bool>("--json") { Description = "Print the result as JSON" };
        var command = new Command("cost", "Power and area of a study's circuit, beside digital SGDr of 8 and 32 bits")
        {
            study,
            set,
            json,
        };
        command.SetAction(parsed =>
        {
            StudyCost cost = StudyCost.Of(
                Shared.Read(parsed.GetRequiredValue(study), parsed.GetValue(set), null, null)
            );
            if (parsed.GetValue(json))
                Console.WriteLine(CostJson.Of(cost));
            else
                CostTables.Print(cost);
            return 0;
        });
        return command;
    }
}
