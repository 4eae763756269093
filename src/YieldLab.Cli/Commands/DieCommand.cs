using System.CommandLine;
using System.Text.Json.Nodes;
using YieldLab.Studies.Dies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab die</c>: one die, drawn or solved.</summary>
internal static class DieCommand
{
    public static Command Create() =>
        new("die", "One die: write it out, train it, or take it to a circuit simulator")
        {
            Sample(),
            Solve(),
            SpiceCommand.Create(),
            VerifyCommand.Create(),
        };

    private static Command Sample()
    {
        var study = Shared.Study();
        var set = Shared.Set();
        var seed = Shared.Seed();
        Option<long?> die = Shared.Die();
        die.Required = true;
        var output = new Option<string?>("--out")
        {
            Description = "File to write (default: standard output)",
            HelpName = "CASE.json",
        };
        var command = new Command("sample", "Write one die of a study as a case file")
        {
            study,
            die,
            output,
            set,
            seed,
        };
        command.SetAction(parsed =>
        {
            PreparedStudy prepared = PreparedStudy.Of(
                Shared.Read(parsed.GetRequiredValue(study), parsed.GetValue(set), null, parsed.GetValue(seed))
            );
            JsonObject json = CaseJson.Write(DieCase.Of(prepared, parsed.GetRequiredValue(die)!.Value));
            if (parsed.GetValue(output) is { } path)
            {
                UserFile.WriteText(path, json.ToJsonString() + "\n", prepared.File.Path);
                Console.Error.WriteLine($"die {parsed.GetValue(die)} of {prepared.File.Study.Name}: {path}");
            }
            else
            {
                Console.WriteLine(json.ToJsonString());
            }
            return 0;
        });
        return command;
    }

    private static Command Solve()
    {
        var input = new Argument<string>("CASE") { Description = "Case file (JSON), or - for standard input" };
        var command = new Command("solve", "Train the die of a case file and print the answer as JSON") { input };
        command.SetAction(parsed =>
        {
            DieCase die = Shared.Case(parsed.GetRequiredValue(input));
            Console.WriteLine(CaseJson.Write(DieSolver.Solve(die), die.Model.Shape).ToJsonString());
            return 0;
        });
        return command;
    }
}
