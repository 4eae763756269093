using System.CommandLine;
using YieldLab.Cli.Output;
using YieldLab.Statistics.Estimation;
using YieldLab.Studies;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab variance</c>: how much of each metric's variance is silicon, order, noise.</summary>
internal static class VarianceCommand
{
    private const int UsualDies = 64;
    private const int UsualOrders = 8;
    private const int UsualNoises = 4;
    private const int MostDies = 100_000;

    public static Command Create()
    {
        var study = Shared.Study();
        var metric = Shared.Metric("Metrics, separated by commas (default: all)");
        var dies = Count(
            "--dies",
            "N",
            "Number of dies, from die 0 on",
            UsualDies,
            VarianceComponents.Fewest,
            MostDies
        );
        var orders = Count(
            "--orders",
            "M",
            "Number of orders of the examples, the study's own first",
            UsualOrders,
            VarianceComponents.Fewest,
            VarianceDesign.MostRepeats
        );
        var noises = Count(
            "--noises",
            "K",
            "Trainings of each die in each order, each with other noise, where the study has noise",
            UsualNoises,
            2,
            VarianceDesign.MostRepeats
        );
        var threads = Shared.Threads("Number of threads (default: all cores); the results do not depend on it");
        var set = Shared.Set();
        var json = new Option<bool>("--json") { Description = "Print the result as JSON" };
        var command = new Command(
            "variance",
            "Split the variance of a study's metrics into silicon, order of the examples and noise"
        )
        {
            study,
            metric,
            dies,
            orders,
            noises,
            threads,
            set,
            json,
        };
        command.SetAction(parsed =>
        {
            PreparedStudy prepared = PreparedStudy.Of(
                Shared.Read(parsed.GetRequiredValue(study), parsed.GetValue(set), null, null)
            );
            VarianceStudy variance = VarianceStudy.Of(
                prepared,
                Design(prepared, parsed.GetValue(dies), parsed.GetValue(orders), parsed.GetValue(noises)),
                Shared.Metrics(prepared.Metrics, Shared.Names(parsed.GetValue(metric))),
                parsed.GetValue(threads) ?? Environment.ProcessorCount
            );
            if (parsed.GetValue(json))
                Console.WriteLine(VarianceJson.Of(variance));
            else
                VarianceTable.Print(variance);
            return 0;
        });
        return command;
    }

    private static Option<int?> Count(string name, string letter, string description, int usual, int least, int most) =>
        Shared.Number<int?>(
            name,
            letter,
            $"{description} (default: {usual})",
            text => Shared.Count(text, most) is { } count && count >= least ? count : null,
            $"{least} to {most}"
        );

    private static VarianceDesign Design(PreparedStudy study, int? dies, int? orders, int? noises)
    {
        if (study.Noise is null && noises is not null)
            throw new StudyException(
                $"--noises {noises}: the study has no noise; expected such as --set \"noise={{shot: on}}\""
            );
        var design = new VarianceDesign(
            dies ?? UsualDies,
            orders ?? UsualOrders,
            study.Noise is null ? 1 : noises ?? UsualNoises
        );
        return design.Trainings <= VarianceDesign.MostTrainings
            ? design
            : throw new StudyException(
                $"{design.Dies} dies x {design.Orders} orders x {design.Noises} noises are {design.Trainings} trainings; expected at most {VarianceDesign.MostTrainings}"
            );
    }
}
