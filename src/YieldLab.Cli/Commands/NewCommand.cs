using System.CommandLine;
using System.CommandLine.Completions;
using YieldLab.Studies.Clusters;
using YieldLab.Studies.Shipped;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab new</c>: an example study in a folder that has none.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "The example (default: list them)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        name.CompletionSources.Add(_ => ShippedStudy.All.Select(study => new CompletionItem(study.Name)));
        var folder = new Option<string>("--out")
        {
            Description = "Folder to write it to (default: the current one)",
            HelpName = "DIR",
            DefaultValueFactory = _ => ".",
        };
        var command = new Command("new", "Write an example study with its data, to start from") { name, folder };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(name) is { } wanted)
                Write(ShippedStudy.Named(wanted), parsed.GetRequiredValue(folder));
            else
                List();
            return 0;
        });
        return command;
    }

    private static void Write(ShippedStudy study, string folder)
    {
        study.WriteTo(folder);
        string file = folder == "." ? study.File : Path.Combine(folder, study.File);
        Console.WriteLine($"{file}: {study.Description}");
        Console.WriteLine($"yieldlab run {ShellText.Quote(file)} runs it");
    }

    private static void List()
    {
        int width = ShippedStudy.All.Max(study => study.Name.Length);
        foreach (ShippedStudy study in ShippedStudy.All)
            Console.WriteLine($"{study.Name.PadRight(width)}  {study.Description}");
        Console.WriteLine("yieldlab new NAME writes one of them with its data");
    }
}
