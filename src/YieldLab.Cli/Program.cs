using System.CommandLine;
using YieldLab.Cli.Commands;
using YieldLab.Studies;

namespace YieldLab.Cli;

/// <summary>Arguments in, exit code out: 0 success, 1 error, 2 yield below --fail-under or outputs of a notebook that differ,
/// 3 no single margin, 130 interrupted.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var root = new RootCommand(
            "YieldLab: of a thousand dies of an analog SGDr accelerator, how many learn well enough?"
        )
        {
            NewCommand.Create(),
            RunCommand.Create(),
            MergeCommand.Create(),
            ValidateCommand.Create(),
            CostCommand.Create(),
            VarianceCommand.Create(),
            QueryCommand.Create(),
            CompareCommand.Create(),
            WorstCommand.Create(),
            SensitivityCommand.Create(),
            SummaryCommand.Create(),
            ReportCommand.Create(),
            ContributionsCommand.Create(),
            ShapeCommand.Create(),
            MarginCommand.Create(),
            NotebookCommand.Create(),
            SubmitCommand.Create(),
            ProcessesCommand.Create(),
            SchemaCommand.Create(),
            DieCommand.Create(),
            CompletionCommand.Create(),
        };
        CompleteNoTruths(root);
        ParseResult parsed = root.Parse(args);
        if (NamesNoCommand(parsed))
        {
            root.Parse([.. args, "--help"]).Invoke(new InvocationConfiguration { Output = Console.Error });
            return 1;
        }
        // The help text that the library prints after an error would hide the error.
        if (parsed.Errors.Count > 0 && !args.Any(argument => argument.StartsWith("[suggest", StringComparison.Ordinal)))
        {
            // A misspelt command is reported twice; the error that names the word says more.
            var named = parsed.Errors.FirstOrDefault(error =>
                parsed.UnmatchedTokens.Any(word => error.Message.Contains($"'{word}'"))
            );
            return Fail($"{(named ?? parsed.Errors[0]).Message} (see yieldlab --help)");
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is StudyException or IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }
    }

    // yieldlab alone, or yieldlab die: whoever types that asks what there is.
    private static bool NamesNoCommand(ParseResult parsed) =>
        parsed.Errors.Count > 0
        && parsed.UnmatchedTokens.Count == 0
        && parsed.CommandResult.Command.Subcommands.Count > 0;

    // --overwrite True can be written, but nobody should be offered it.
    private static void CompleteNoTruths(Command command)
    {
        foreach (Option option in command.Options.Where(option => option.ValueType == typeof(bool)))
            option.CompletionSources.Clear();
        foreach (Command part in command.Subcommands)
            CompleteNoTruths(part);
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"yieldlab: {message.ReplaceLineEndings(" ")}");
        return 1;
    }
}
