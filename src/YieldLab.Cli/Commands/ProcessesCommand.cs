using System.CommandLine;
using YieldLab.Studies.Processes;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab processes</c>: the process cards that are built in.</summary>
internal static class ProcessesCommand
{
    public static Command Create()
    {
        var list = new Command("list", "List the built-in process cards");
        list.SetAction(_ =>
        {
            foreach (string name in ProcessLibrary.Names)
                Console.WriteLine($"{name, -18} {ProcessLibrary.Title(name)}");
            return 0;
        });
        var card = new Argument<string>("NAME") { Description = "Name of a built-in card, or path of a card file" };
        card.CompletionSources.Add([.. ProcessLibrary.Names]);
        var show = new Command("show", "Print a card's file: every value with its source") { card };
        show.SetAction(parsed =>
        {
            Console.Write(ProcessLibrary.TextOf(parsed.GetRequiredValue(card)));
            return 0;
        });
        return new Command("processes", "Process cards") { list, show };
    }
}
