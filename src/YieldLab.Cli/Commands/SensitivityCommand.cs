using System.CommandLine;
using YieldLab.Cli.Output;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Studies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Sensitivity;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab sensitivity</c>: which cells and sources the metrics and the yield depend on.</summary>
internal static class SensitivityCommand
{
    private const int UsualDies = 512;
    private const int MostDies = 20_000;
    private const int LongestName = 20;

    public static Command Create()
    {
        var study = Shared.Study();
        var by = By();
        var group = Group();
        var metric = Shared.Metric("Metrics, separated by commas (default: those that have a specification)");
        var dies = Shared.Number<int?>(
            "--dies",
            "N",
            $"Number of dies, from die 0 on; each is trained some 40 times (default: {UsualDies})",
            text => Shared.Count(text, MostDies) is { } count && count >= GroupSobol.Fewest ? count : null,
            $"{GroupSobol.Fewest} to {MostDies}"
        );
        var confidence = Shared.Confidence();
        var threads = Shared.Threads("Number of threads (default: all cores); the results do not depend on it");
        var set = Shared.Set();
        var json = Shared.Json();
        var command = new Command(
            "sensitivity",
            "Say which cells and sources of variation the metrics and the yield depend on"
        )
        {
            study,
            by,
            group,
            metric,
            dies,
            confidence,
            threads,
            set,
            json,
        };
        command.SetAction(parsed =>
        {
            PreparedStudy prepared = PreparedStudy.Of(
                Shared.Read(parsed.GetRequiredValue(study), parsed.GetValue(set), null, null)
            );
            Shared.WarnOfSweep(prepared.File);
            var run = new SensitivityRun(
                prepared,
                Groups(prepared, parsed.GetValue(by), parsed.GetValue(group) ?? []),
                Shared.MetricsOrSpecified(prepared.Metrics, prepared.File.Study.Specs, parsed.GetValue(metric)),
                parsed.GetValue(dies) ?? UsualDies,
                parsed.GetValue(confidence) ?? Shared.UsualConfidence
            );
            return Run(run, parsed.GetValue(threads) ?? Environment.ProcessorCount, parsed.GetValue(json));
        });
        return command;
    }

    private static Option<VariationGrouping> By()
    {
        var by = new Option<VariationGrouping>("--by")
        {
            Description =
                "Groups: each kind of cell, each source, or thresholds and current factors of each cell apart",
            HelpName = "cell|source|stream",
            CustomParser = result =>
            {
                string text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
                foreach (VariationGrouping value in Enum.GetValues<VariationGrouping>())
                    if (text == $"{value}".ToLowerInvariant())
                        return value;
                result.AddError($"--by: '{text}' is not allowed; expected cell, source or stream");
                return default;
            },
        };
        return Shared.Completed(by, "cell", "source", "stream");
    }

    private static Option<string[]> Group()
    {
        var group = new Option<string[]>("--group")
        {
            Description = "Take groups together as one, such as loops=multiplier,gradient; may be repeated",
            HelpName = "NAME=a,b",
            Arity = ArgumentArity.OneOrMore,
        };
        group.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (Halves(token.Value) is not { Name.Length: > 0 and <= LongestName, Members.Count: > 0 })
                    result.AddError(
                        $"--group: '{token.Value}' is not allowed; expected such as loops=multiplier,gradient, with a name of at most {LongestName} characters"
                    );
        });
        return group;
    }

    private static (string Name, IReadOnlyList<string> Members) Halves(string text)
    {
        int equals = text.IndexOf('=');
        return equals < 0 ? ("", []) : (text[..equals].Trim(), Shared.Names([text[(equals + 1)..]]));
    }

    private static IReadOnlyList<VariationGroup> Groups(PreparedStudy study, VariationGrouping by, string[] merged) =>
        merged
            .Select(Halves)
            .Aggregate(
                VariationGroup.Of(study, by),
                (groups, group) => VariationGroup.Merge(groups, group.Name, group.Members)
            );

    private static int Run(SensitivityRun run, int threads, bool json)
    {
        using var interrupt = new Interrupt();

        SensitivityStudy found;
        try
        {
            using (json ? null : ProgressDisplay.Start(() => run.Progress))
                found = run.Run(threads, interrupt.Token);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("yieldlab: interrupted; nothing of a sensitivity study is stored");
            return Interrupt.ExitCode;
        }
        if (json)
            Console.WriteLine(SensitivityJson.Of(found));
        else
            SensitivityTables.Print(found);
        return 0;
    }
}
