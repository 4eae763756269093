using System.CommandLine;
using YieldLab.Cli.Notebooks;
using YieldLab.Studies;
using YieldLab.Studies.Clusters;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab notebook run</c>: executes the C# cells of a Jupyter notebook and stores what they give.</summary>
internal static class NotebookCommand
{
    private const int OutputsDiffer = 2;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Jupyter notebook (.ipynb) whose code is C#" };
        var target = new Option<string?>("--out")
        {
            Description = "File to write, instead of the notebook itself",
            HelpName = "FILE",
        };
        var check = new Option<bool>("--check")
        {
            Description = "Store nothing; exit with code 2 if the outputs are not those that are stored",
        };
        var run = new Command("run", "Execute every C# cell in order and store outputs and execution counts")
        {
            file,
            target,
            check,
        };
        run.Validators.Add(result =>
        {
            if (result.GetValue(check) && result.GetValue(target) is not null)
                result.AddError("--check stores nothing and --out says where to; expected one of them");
        });
        run.SetAction(parsed =>
        {
            NotebookFile notebook = NotebookFile.Read(parsed.GetRequiredValue(file));
            return parsed.GetValue(check) ? Check(notebook) : Store(notebook, parsed.GetValue(target) ?? notebook.Path);
        });
        return new Command("notebook", "Jupyter notebooks in C#") { run };
    }

    private static int Store(NotebookFile notebook, string target)
    {
        NotebookRun run = NotebookRun.Of(notebook);
        notebook.Store(run.Results, target);
        Refuse(notebook, run);
        Console.WriteLine($"{notebook.Path}: {Executed(run)} executed, outputs are in {target}");
        return 0;
    }

    private static int Check(NotebookFile notebook)
    {
        NotebookRun run = NotebookRun.Of(notebook);
        Refuse(notebook, run);
        if (run.Results.FirstOrDefault(result => !result.IsStored) is { } differs)
        {
            Console.Error.WriteLine(
                $"yieldlab: {notebook.Path}: cell {differs.Cell.Number}: {Difference(differs)}; yieldlab notebook run {ShellText.Quote(notebook.Path)} stores what it gives now"
            );
            return OutputsDiffer;
        }
        Console.WriteLine($"{notebook.Path}: {Executed(run)} executed, outputs are those that are stored");
        return 0;
    }

    private static string Difference(CellResult result) =>
        result.HasStoredOutputs
            ? $"it is executed as number {result.ExecutionCount}, and {result.Cell.ExecutionCount?.ToString() ?? "none"} is stored"
            : $"the outputs are not those that are stored: {OutputDifference.Of(result.Cell.Outputs, result.Outputs)}";

    private static string Executed(NotebookRun run) =>
        run.Results.Count(result => result.Cell.Runs) is 1
            ? "1 cell"
            : $"{run.Results.Count(result => result.Cell.Runs)} cells";

    private static void Refuse(NotebookFile notebook, NotebookRun run)
    {
        if (run.Error is { } error)
            throw new StudyException($"{notebook.Path}: {error.Place}: {Reason(error)}");
    }

    // What the runner itself refuses has no name that would help.
    private static string Reason(CellError error) =>
        error.Name is "language" or "kernel" or "reference" or nameof(StudyException)
            ? error.Message
            : $"{error.Name}: {error.Message}";
}
