using System.CommandLine;
using YieldLab.Statistics;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

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
            var sweep = StudySweep.Read(path, Shared.Changes(parsed.GetValue(set), null, null), []);
            var plan = StudyPlan.Of(sweep, Environment.ProcessorCount);
            foreach (string warning in plan.Warnings)
                Shared.Warn(path, warning);
            Console.WriteLine($"{path}: ok: {Size(plan)}");
            return 0;
        });
        return command;
    }

    // The first point stands for all: few sweeps change the data.
    private static string Size(StudyPlan plan)
    {
        PreparedStudy first = plan.Points[0].Study;
        return $"{first.Problem.Train.Count} training and {first.Problem.Test.Count} test examples, "
            + $"{first.Model.Shape.Outputs} x {first.Model.Shape.Inputs} weights, {Counted.Dies(plan.Study.Samples)}"
            + (plan.Sweep.Keys.Count == 0 ? "" : $", {plan.Points.Count} point{(plan.Points.Count == 1 ? "" : "s")}");
    }
}
