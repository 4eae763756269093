using System.CommandLine;
using YieldLab.Cli.Output;
using YieldLab.Statistics.Margins;
using YieldLab.Studies;
using YieldLab.Studies.Margins;
using YieldLab.Studies.Settings;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab margin</c>: how far a setting can go until the yield misses a target.</summary>
internal static class MarginCommand
{
    private const int NoMargin = 3;
    private const int UsualDies = 10_000;
    private const int MostDies = 10_000_000;

    public static Command Create()
    {
        var study = Shared.Study();
        var vary = Text(
            "--vary",
            "KEY",
            "Key of the setting, such as design.cells.multiplier.width; keys separated by commas, or with * for a part, go together"
        );
        var from = Text("--from", "VALUE", "First value of the setting, such as \"1 um\"");
        var to = Text("--to", "VALUE", "Last value of the setting");
        var count = Shared.Number<int?>(
            "--count",
            "K",
            $"Number of values, both ends included (default: round steps, about {MarginAxis.UsualCount} values; of whole numbers all)",
            text => Shared.Count(text, StudySweep.MostPoints) is >= 2 and var number ? number : null,
            $"2 to {StudySweep.MostPoints}"
        );
        var scale = new Option<string>("--scale")
        {
            Description = "Spacing of the values: linear or log (default: linear)",
            DefaultValueFactory = _ => "linear",
        };
        scale.AcceptOnlyFromAmong("linear", "log");
        var target = Shared.Number<double?>(
            "--target",
            "SHARE",
            "Yield to be reached, such as 0.99 or 99 %",
            text => Shared.Share(text),
            "between 0 and 1, such as 0.99 or 99 %"
        );
        target.Required = true;
        var confidence = Shared.Confidence("Confidence of all that is said together (default: 95 %)");
        var spec = new Option<string[]>("--spec")
        {
            Description = "Specification instead of the study's, such as \"accuracy >= 0.9\"; may be repeated",
            HelpName = "SPEC",
            Arity = ArgumentArity.OneOrMore,
        };
        var against = new Option<string?>("--against")
        {
            Description = "A second setting: the margin at each of its values, such as training.l2=[0.001, 0.01]",
            HelpName = "key=VALUES",
        };
        var dies = Shared.Number<int?>(
            "--dies",
            "MOST",
            $"Most dies of one setting (default: {UsualDies})",
            text => Shared.Count(text, MostDies),
            $"1 to {MostDies}"
        );
        var threads = Shared.Threads("Number of threads (default: all cores); the results do not depend on it");
        var set = Shared.Set();
        var seed = Shared.Seed();
        var quiet = Shared.Quiet();
        var json = Shared.Json();
        var command = new Command("margin", "Find how far a setting can go until the yield misses a target")
        {
            study,
            vary,
            from,
            to,
            count,
            scale,
            target,
            confidence,
            spec,
            against,
            dies,
            threads,
            set,
            seed,
            quiet,
            json,
        };
        Shared.RefuseQuietJson(command, quiet, json);
        command.SetAction(parsed =>
        {
            var axis = new MarginAxis(
                parsed.GetRequiredValue(vary),
                parsed.GetRequiredValue(from),
                parsed.GetRequiredValue(to),
                parsed.GetValue(count),
                parsed.GetValue(scale) == "log"
            );
            MarginStudy read = MarginStudy.Read(
                parsed.GetRequiredValue(study),
                [.. Shared.Changes(parsed.GetValue(set), null, parsed.GetValue(seed)), .. Specs(parsed.GetValue(spec))],
                axis,
                parsed.GetValue(against)
            );
            if (!parsed.GetValue(quiet))
                Shared.WarnOfSweep(read.Base);
            var request = new MarginRequest(
                parsed.GetValue(target)!.Value,
                parsed.GetValue(confidence) ?? Shared.UsualConfidence,
                parsed.GetValue(dies) ?? UsualDies,
                parsed.GetValue(threads) ?? Environment.ProcessorCount
            );
            return Run(read, request, Shared.VerbosityOf(parsed, quiet, json));
        });
        return command;
    }

    private static Option<string> Text(string name, string placeholder, string description) =>
        new(name)
        {
            Description = description,
            HelpName = placeholder,
            Required = true,
        };

    private static IEnumerable<StudyChange> Specs(string[]? specs)
    {
        if (specs is null or [])
            return [];
        string list = string.Join(", ", specs.Select(spec => System.Text.Json.JsonSerializer.Serialize(spec)));
        return [new($"specs=[{list}]", $"--spec {string.Join(" --spec ", specs)}")];
    }

    private static int Run(MarginStudy study, MarginRequest request, Verbosity verbosity)
    {
        using var interrupt = new Interrupt();

        var results = new List<MarginResult>();
        for (int curve = 0; curve < study.Curves && !interrupt.Token.IsCancellationRequested; curve++)
        {
            int current = curve;
            results.Add(study.Search(curve, request, Tell, interrupt.Token));

            void Tell(SettingYield setting)
            {
                if (verbosity == Verbosity.Full)
                    Console.Error.WriteLine($"yieldlab: {MarginText.Progress(study, current, setting)}");
            }
        }
        Print(study, request, results, verbosity);
        if (!results.Any(result => result.Interrupted) && results.Count == study.Curves)
            return results.Any(result => result.Margin is not null) ? 0 : NoMargin;
        Console.Error.WriteLine(
            "yieldlab: interrupted; what was printed holds with its confidence, but the search was not done"
        );
        return Interrupt.ExitCode;
    }

    private static void Print(
        MarginStudy study,
        MarginRequest request,
        IReadOnlyList<MarginResult> results,
        Verbosity verbosity
    )
    {
        if (verbosity == Verbosity.Json)
            Console.WriteLine(MarginJson.Of(study, request, results));
        else if (verbosity == Verbosity.Full && study.Against is null)
            MarginTable.Print(study, request, results[0]);
        else if (verbosity == Verbosity.Full)
            IsoYieldTable.Print(study, request, results);
    }
}
