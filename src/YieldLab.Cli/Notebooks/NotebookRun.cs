namespace YieldLab.Cli.Notebooks;

/// <summary>A notebook that was executed from its first cell on.</summary>
/// <param name="Results">Of the code cells, in order, as far as it came.</param>
/// <param name="Error">What broke it off; null: all cells were executed.</param>
internal sealed record NotebookRun(IReadOnlyList<CellResult> Results, CellError? Error)
{
    // Tasks and threads that a cell starts have its recorder.
    private static readonly AsyncLocal<OutputRecorder?> OfCell = new();

    /// <summary>Executes every code cell in order. Relative paths are relative to the notebook's folder, as in Jupyter.</summary>
    public static NotebookRun Of(NotebookFile notebook)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(notebook.Path))!;
        string before = Environment.CurrentDirectory;
        var recorder = new OutputRecorder();
        NotebookCell? running = null;
        var results = new List<CellResult>();
        using var session = new ScriptSession(folder);
        using var end = ProgramEnd.Watch(notebook.Path, () => running!);
        using var console = CapturedConsole.Start(() => OfCell.Value ?? recorder);
        NotebookDisplay.Show = value => (OfCell.Value ?? recorder).Display(value);
        Environment.CurrentDirectory = folder;
        try
        {
            int count = 0;
            foreach (NotebookCell cell in notebook.Cells.Where(cell => cell.IsCode))
            {
                (running, recorder) = (cell, new());
                OfCell.Value = recorder;
                CellError? error = cell.Runs ? Execute(session, cell, ++count, recorder) : null;
                results.Add(new(cell, cell.Runs ? count : null, recorder.End()));
                if (error is not null)
                    return new(results, error);
            }
            return new(results, null);
        }
        finally
        {
            OfCell.Value = null;
            Environment.CurrentDirectory = before;
        }
    }

    private static CellError? Execute(ScriptSession session, NotebookCell cell, int count, OutputRecorder recorder)
    {
        var (value, error) = session.Run(cell).GetAwaiter().GetResult();
        if (error is null && value is not null)
            error = Show(cell, value, count, recorder);
        if (error is not null)
            recorder.Error(error);
        return error;
    }

    // A value may fail when it is asked what it looks like.
    private static CellError? Show(NotebookCell cell, object value, int count, OutputRecorder recorder)
    {
        try
        {
            recorder.Result(value, count);
            return null;
        }
        catch (Exception e)
        {
            return ScriptSession.Error(cell, e);
        }
    }
}
