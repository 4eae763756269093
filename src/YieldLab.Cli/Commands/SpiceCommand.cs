using System.CommandLine;
using YieldLab.Circuits.Netlists;
using YieldLab.Studies;
using YieldLab.Studies.Dies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab die spice</c>: one die as a netlist.</summary>
internal static class SpiceCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("STUDY") { Description = "Study file (YAML), or a case file (.json)" };
        var die = Shared.Die();
        var examples = Shared.Examples();
        var output = new Option<string?>("--out")
        {
            Description = "File to write (default: standard output)",
            HelpName = "FILE.cir",
        };
        var set = Shared.Set();
        var seed = Shared.Seed();
        var command = new Command("spice", "Write one die as a netlist for ngspice")
        {
            source,
            die,
            examples,
            output,
            set,
            seed,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(source);
            var (title, drawn) = Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase)
                ? FromCase(path, parsed, [die, set, seed])
                : FromStudy(path, parsed.GetValue(die), parsed.GetValue(set), parsed.GetValue(seed));
            string netlist = SpiceNetlist.Of(
                title,
                drawn.Model,
                drawn.Errors,
                drawn.Training,
                drawn.FirstPresentations(parsed.GetValue(examples))
            );
            if (parsed.GetValue(output) is { } file)
                UserFile.WriteText(file, netlist, path);
            else
                Console.Write(netlist);
            return 0;
        });
        return command;
    }

    private static (string Title, DieCase Die) FromStudy(string path, long? die, string[]? set, long? seed)
    {
        if (die is null)
            throw new StudyException($"{path}: --die K says which die of the study");
        PreparedStudy study = PreparedStudy.Of(Shared.Read(path, set, null, seed));
        return (
            $"Die {die} of study {study.File.Study.Name}, seed {study.File.Study.Seed}",
            DieCase.Of(study, die.Value)
        );
    }

    private static (string Title, DieCase Die) FromCase(string path, ParseResult parsed, Option[] ofStudies)
    {
        foreach (Option option in ofStudies)
            if (parsed.GetResult(option) is not null)
                throw new StudyException($"{path}: a case file is one die; {option.Name} is for a study");
        return ($"The die of case file {Path.GetFileName(path)}", Shared.Case(path));
    }
}
