using System.CommandLine;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab validate</c>: checks a study with its data and its card, and runs nothing.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var study = Shared.Study();
        var set = Shared.Set();
        var command = new Command("validate", "Check a study, its data and its process card without running it")
        {
            study,
            set,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(study);
            PreparedStudy prepared = PreparedStudy.Of(Shared.Read(path, parsed.GetValue(set), null, null));
            Shared.Warn(prepared);
            Console.WriteLine(
                $"{path}: ok: {prepared.Problem.Train.Count} training and {prepared.Problem.Test.Count} test examples, "
                    + $"{prepared.Model.Shape.Outputs} x {prepared.Model.Shape.Inputs} weights, {prepared.File.Study.Samples} dies"
            );
            return 0;
        });
        return command;
    }
}
